import type { Step } from './step.ts';

const file = 'src/engine/maintenance/mirror.ts';

/** What keeps a mirror the same as its origin. */
export const mirrorSteps: readonly Step[] = [
  {
    name: 'a mirror goes on where it was broken off',
    file,
    text: 'origin.commits(lastMirrored(origin, mirror, only)?.sequence ?? 0)',
    without: 'origin.commits((lastMirrored(origin, mirror, only), 0))',
    trial: 'crash',
    workload: 'mirroring',
  },
  {
    name: 'an origin with another history is refused',
    file,
    text: 'if (last !== null && origin.idAt(last.sequence) !== last.id) {',
    without: 'if (last === undefined) {',
    trial: 'other origin',
  },
  {
    name: 'a storage of which this is no mirror is refused',
    file,
    text: "  if (isForeign()) throw new StrataError('mirror.not-empty', 'after-user-action', facts);\n",
    without: '',
    trial: 'other origin',
  },
  {
    name: 'an archive that was begun with another choice is refused',
    file,
    text: '  if (last !== null) refuseOtherChoice(mirror, last.only, only);\n',
    without: '',
    trial: 'other origin',
  },
  {
    name: 'an archive takes what was chosen, and nothing else',
    file: 'src/engine/maintenance/archive-part.ts',
    text: 'for (const manifest of manifests) if (this.#only === undefined || takesItem(this.#only, manifest)) yield manifest;',
    without: 'yield* manifests;',
    trial: 'crash',
    workload: 'archiving',
  },
];
