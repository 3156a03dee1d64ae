import type { CallOutput } from '../../../src/shared/contract/calls.ts';
import { tree } from './sample-mail.ts';
import { at, ids } from './sample-base.ts';
import { sources } from './sample-setup.ts';

const ofWindows = { paths: ['C:\\Users\\Anna\\Documents'] };

/** What the storage of the tree remembers of the sources in it. `areHere`: on the computer that saved them, and not on another one. */
export const savedSources = (areHere: boolean): CallOutput<'source.saved'> =>
  sources
    .map(({ id, name, settings: own, protectedUntilMs }) => {
      const settings = own.kind === 'files' && !areHere ? { ...own, ...ofWindows } : own;
      const folders = tree.filter(({ source }) => source === id);
      const items = folders.reduce((sum, folder) => sum + folder.items, 0);
      return { id, name, settings, items, bytes: items * 71_300, newestMs: protectedUntilMs, isHere: areHere };
    })
    .filter(({ items }) => items > 0);

const minute = 60_000;

/** Of one source all was measured, of the others only how far its moments are apart. */
export const recoveryOf = (source: string): CallOutput<'source.recovery'> => [
  {
    ...{ storage: ids.nas, storageName: 'NAS' },
    point: { sinceMs: at(29, 8), moments: 172, usualMs: 240 * minute, longestMs: 1985 * minute },
    time: source === ids.anna ? { wholeMs: 37 * minute, atMs: at(3, 4) } : null,
  },
  {
    ...{ storage: ids.office, storageName: 'Office server' },
    point: { sinceMs: at(1, 12), moments: 1, usualMs: null, longestMs: 1740 * minute },
    time: null,
  },
];
