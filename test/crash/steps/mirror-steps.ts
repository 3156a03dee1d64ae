import type { Step } from './step.ts';

const file = 'src/engine/maintenance/mirror.ts';

/** What keeps a mirror the same as its origin. */
export const mirrorSteps: readonly Step[] = [
  {
    name: 'a mirror goes on where it was broken off',
    file,
    text: 'origin.commits(lastMirrored(origin, mirror)?.sequence ?? 0)',
    without: 'origin.commits((lastMirrored(origin, mirror), 0))',
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
];
