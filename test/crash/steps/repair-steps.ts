import type { Step } from './step.ts';

const repair = 'src/engine/storage/repair';
const workload = 'repair';

/** What keeps a repair from making things worse. */
export const repairSteps: readonly Step[] = [
  {
    name: 'a bad reading of a damaged pack is tried once more',
    file: `${repair}/copies.ts`,
    text: 'const tries = 2;',
    without: 'const tries = 1;',
    trial: 'disk errors',
    workload,
  },
  {
    name: 'vital files are copied aside before a repair mends them',
    file: 'src/engine/storage/admission.ts',
    text: '    if (damaged > 0) copyAside(chain.head()?.sequence ?? 0, deps.clock.nowMs(), target, ballast);\n',
    without: '',
    trial: 'crash',
    workload,
  },
  {
    name: 'what a repair wrote is read back before its commit',
    file: `${repair}/repairing.ts`,
    text: '      await readBack(written.packs, this.#parts);\n',
    without: '',
    trial: 'rotten write',
    workload,
  },
  {
    name: 'a damaged pack is out of use before it is put away',
    file: `${repair}/repairing.ts`,
    text: '      ...(removes.length > 0 && { removes }),\n',
    without: '',
    trial: 'crash',
    workload,
  },
  {
    name: 'manifests that were saved are named where they lie now',
    file: `${repair}/repairing.ts`,
    text: '      ...(moved.length > 0 && { movedManifests: moved }),\n',
    without: '',
    trial: 'crash',
    workload,
  },
  {
    name: 'what is nowhere any more is known to be lost',
    file: `${repair}/repairing.ts`,
    text: '(chunks.length > 0 ? { losesChunks: chunks } : {})',
    without: '(chunks.length > 0 ? {} : {})',
    trial: 'crash',
    workload,
  },
];
