import { describe, expect, it } from 'vitest';
import type { PackId } from '../../../shared/domain/ids.ts';
import { madeHash, nextOf, rawContent } from '../testing/commits.ts';
import { file, folder, holding, root } from '../testing/files.ts';

describe('damage', () => {
  it('names the items of which any version needs a chunk', () => {
    const docs = folder('docs', root);
    const small = file('small', docs);
    const large = file('large', root, { contents: [rawContent('large', 900, 3)] });
    const parts = file('parts', root, {
      contents: [
        { ...rawContent('p1', 5), part: 'one' },
        { ...rawContent('p2', 6, 2), part: 'two' },
      ],
    });
    const changed = nextOf(small, { change: 'content', contents: [rawContent('other', 7)] });
    const catalog = holding([root, docs, small, large, parts], [changed, nextOf(large, { change: 'deleted' })]);
    const affected = (...chunks: (string | undefined)[]): string[] => catalog.affected(new Set(chunks as never[]));
    expect(affected(small.contents[0]?.chunks[0])).toEqual(['source/docs/small']);
    expect(affected(large.contents[0]?.chunks[1])).toEqual(['source/large']);
    expect(affected(parts.contents[0]?.chunks[0])).toEqual(['source/parts']);
    expect(affected(parts.contents[1]?.chunks[1], changed.contents[0]?.chunks[0])).toEqual(['source/docs/small', 'source/parts']);
    expect(affected()).toEqual([]);
    const [first, second] = catalog.commits().map(({ packs }) => new Set(packs.map(({ id }) => id)));
    expect(catalog.affected(new Set(), first)).toEqual(['source/docs/small', 'source/large', 'source/parts']);
    expect(catalog.affected(new Set(), second)).toEqual(['source/docs/small']);
    expect(catalog.affected(new Set(), new Set([madeHash<PackId>('nobody’s')]))).toEqual([]);
    expect(affected(rawContent('nobody', 1).chunks[0])).toEqual([]);
    expect(catalog.version(parts.item, null)).toEqual(parts);
  });

  it('names items in folders that are absolute paths without a slash too many, and leaves slashes in names alone', () => {
    const top = folder('/srv/data', root);
    const inTop = file('plan', top);
    const named = file('//office/plan', folder('docs', top));
    const catalog = holding([root, top, folder('docs', top), inTop, named]);
    const chunks = [inTop, named].flatMap(({ contents }) => contents.flatMap((content) => content.chunks));
    expect(catalog.affected(new Set(chunks))).toEqual(['source/srv/data/plan', 'source/srv/data/docs///office/plan']);
  });
});
