import type { Step } from './step.ts';

const disk = 'src/engine/sources/disk';
const beside = 'restore beside what is there';

/** What keeps a restore from destroying what is there, and from leaving something half. */
export const restoringSteps: readonly Step[] = [
  {
    name: 'a restored file is synced before it replaces another',
    file: `${disk}/destination-file.ts`,
    text: "    if (how === 'replace') await handle.syncInBackground();\n",
    without: '',
    trial: 'crash',
    workload: 'restore that replaces',
  },
  {
    name: 'a thread syncs a restored file before it replaces another',
    file: `${disk}/destination-receiver.ts`,
    text: "      if (how === 'replace') handle.sync();\n",
    without: '',
    trial: 'handed over',
  },
  {
    name: 'a restored file of other bytes is told of',
    file: `${disk}/destination-session.ts`,
    text: "      return hasItsProperties ? 'other-bytes' : 'same-name';",
    without: "      return 'same-name';",
    trial: 'crash',
    workload: beside,
  },
  {
    name: 'a file that is there is compared byte by byte',
    file: 'src/engine/sources/destination-sameness.ts',
    text: '      if (!there.equals(chunk)) return false;\n',
    without: '',
    trial: 'crash',
    workload: beside,
  },
  {
    name: 'what a restore left that broke off goes with the next one',
    file: `${disk}/destination-session.ts`,
    text: '      if (directory !== undefined) takeBack(directory.at(unfinishedName(manifest)), this.#files);\n',
    without: '',
    trial: 'crash',
    workload: beside,
  },
  {
    name: 'what is there is left alone unless it was to be replaced',
    file: 'src/engine/restore/conflicts.ts',
    text: "    return false;\n  }\n  if (item.manifest.kind === 'folder' ||",
    without: "    return true;\n  }\n  if (item.manifest.kind === 'folder' ||",
    trial: 'crash',
    workload: beside,
  },
];
