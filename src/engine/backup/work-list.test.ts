import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../test/kit/seeded-random.ts';
import type { ItemId } from '../../shared/domain/ids.ts';
import type { FolderWork, ItemWork } from './work.ts';
import { WorkList } from './work-list.ts';

const chance = seededRandom(7);

function item(number: number): ItemWork {
  const known = number % 3 === 0 ? { item: `item ${number}`, version: 2, identity: undefined, digest: undefined } : undefined;
  return {
    sighting: {
      key: `k${number}`,
      // What is no text in UTF-8 is kept in names as halves of characters.
      name: `name ${number} \ud83d \udcff "\\`,
      kind: 'file',
      contentRevision: `c${number}`,
      metadataRevision: 'm',
      ...(number % 2 === 0 && { identity: `i${number}` }),
      sizeBytes: 2 ** 40 + number,
    },
    known: known as unknown as ItemWork['known'],
    need: number % 4 === 0 ? 'metadata' : 'content',
  };
}

const folders = [0, 3, 1, 40, 0, 7, 100].map(
  (count, at): FolderWork => ({
    folder: { item: `folder ${at}` as ItemId } as FolderWork['folder'],
    items: Array.from({ length: count }, () => item(chance.below(1000))),
    cursor: at % 2 === 0 ? { at } : undefined,
  }),
);

const filled = (most: number): WorkList => {
  const list = new WorkList(most);
  for (const folder of folders) list.add(folder);
  return list;
};

describe.each([0, 3, 10, 1_000_000])('a list of work that holds %i items as objects', (most) => {
  it('gives back folder by folder what was added, as often as it is asked', () => {
    const list = filled(most);
    expect([...list]).toEqual(folders);
    expect([...list]).toEqual(folders);
  });

  it('gives each away once, and has room for others then', () => {
    const list = filled(most);
    expect(folders.map((_, index) => list.take(index))).toEqual(folders);
    expect([...list].flatMap(({ items }) => items)).toEqual([]);
    const [, few] = folders;
    list.add(few as FolderWork);
    const again = list.take(folders.length);
    expect(again).toEqual(few);
    expect(again?.items === few?.items).toBe(most >= 3);
    expect(list.take(folders.length + 1)).toBeUndefined();
  });

  it('counts what is to be read', () => {
    const list = filled(most);
    const items = folders.flatMap((folder) => folder.items);
    const bytes = items.filter(({ need }) => need === 'content').reduce((sum, { sighting }) => sum + sighting.sizeBytes, 0);
    expect([list.itemsToRead, list.bytesToRead]).toEqual([items.length, bytes]);
  });

  it('takes changes of its items, and counts anew', () => {
    const list = filled(most);
    const all = list.itemsToRead;
    list.change((one) => ({ ...one, need: 'metadata' }));
    expect([list.itemsToRead, list.bytesToRead]).toEqual([all, 0]);
    expect(new Set([...list].flatMap(({ items }) => items.map(({ need }) => need)))).toEqual(new Set(['metadata']));
  });
});
