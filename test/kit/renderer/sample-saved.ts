import type { CallOutput } from '../../../src/shared/contract/calls.ts';
import { tree } from './sample-mail.ts';
import { sources } from './sample-setup.ts';

/** What the storage of the tree remembers of the sources in it. */
export const savedSources = (areHere: boolean): CallOutput<'source.saved'> =>
  sources
    .map(({ id, name, settings, protectedUntilMs }) => {
      const folders = tree.filter(({ source }) => source === id);
      const items = folders.reduce((sum, folder) => sum + folder.items, 0);
      return { id, name, settings, items, bytes: items * 71_300, newestMs: protectedUntilMs, isHere: areHere };
    })
    .filter(({ items }) => items > 0);
