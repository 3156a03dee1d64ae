import { describe, expect, it } from 'vitest';
import type { Manifest } from '../../../shared/domain/item.ts';
import { item, nextOf } from '../testing/commits.ts';
import { file, folder, holding, root, startMs } from '../testing/files.ts';

describe('known items', () => {
  it('that were deleted go on under their key, the latest first in line', () => {
    const first = file('note', root);
    const second = { ...file('other note', root), name: 'note', key: 'note' };
    const gone = (manifest: Manifest, afterMs: number): Manifest =>
      nextOf(manifest, { change: 'deleted', validFromMs: startMs + afterMs });
    const docs = folder('docs', root);
    const catalog = holding([root, docs, first], [gone(first, 10)], [second], [gone(second, 20), gone(docs, 30)]);
    expect(catalog.knownItems(root.source, root.item)).toEqual(new Map());
    expect(
      [...catalog.deletedItems(root.source, root.item, 'items')].map(([key, known]) => [key, known.item, known.version]),
    ).toEqual([['note', second.item, 1]]);
    expect([...catalog.deletedItems(root.source, root.item, 'folders').keys()]).toEqual(['docs']);
    expect([...catalog.deletedItems(root.source, null, 'folders').keys()]).toEqual([]);
    expect([...catalog.deletedItems(root.source, item('nobody'), 'items').keys()]).toEqual([]);
  });
});
