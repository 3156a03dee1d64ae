import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../../test/kit/seeded-random.ts';
import { CommitChain, nextOf, packOf, rawContent } from '../testing/commits.ts';
import { file, folder, holding, root } from '../testing/files.ts';
import { openTestCatalog } from '../testing/open-test-catalog.ts';

describe('a sample', () => {
  const docs = folder('docs', root);
  const sized = (name: string, sizeBytes: number) => file(name, docs, { sizeBytes, contents: [rawContent(name, sizeBytes)] });

  it('is of versions with a content, each once, and in time of all of them', () => {
    const [a, b, c] = [sized('a', 10), sized('b', 10), sized('c', 10)];
    const gone = sized('gone', 10);
    const catalog = holding([root, docs, a, b, c, gone], [nextOf(gone, { change: 'deleted', contents: [] })]);
    const random = seededRandom(3);
    const seen = new Set<string>();
    for (let time = 0; time < 60; time += 1) {
      const drawn = catalog.sample(3, 100, random);
      expect(new Set(drawn.map(({ name, version }) => `${name} ${version}`)).size).toBe(3);
      for (const { name, kind, change } of drawn) {
        expect(kind).not.toBe('folder');
        expect(change).not.toBe('deleted');
        seen.add(name);
      }
    }
    expect([...seen].sort()).toEqual(['a', 'b', 'c', 'gone']);
  });

  it('leaves out what is too large, and is smaller where there is less', () => {
    const catalog = holding([root, docs, sized('small', 10), sized('large', 1000)]);
    expect(catalog.sample(3, 100, seededRandom(1)).map(({ name }) => name)).toEqual(['small']);
    expect(openTestCatalog().sample(3, 100, seededRandom(1))).toEqual([]);
  });
});

describe('candidates', () => {
  it('are all versions that are seen and have a content, each once, as they are valid', () => {
    const docs = folder('docs', root);
    const [kept, changed, gone] = ['kept', 'changed', 'gone'].map((name) =>
      file(name, docs, { sizeBytes: 10, contents: [rawContent(name, 10)] }),
    ) as [ReturnType<typeof file>, ReturnType<typeof file>, ReturnType<typeof file>];
    const empty = file('link', docs, { contents: [] });
    const next = nextOf(changed, { change: 'content', contents: [rawContent('anew', 20)], sizeBytes: 20 });
    const catalog = holding([root, docs, kept, changed, gone, empty], [next, nextOf(gone, { change: 'deleted', contents: [] })]);
    const all = [...catalog.candidates()].flat();
    expect(all.map(({ row, sizeBytes, validToMs }) => [catalog.drawn(row).name, sizeBytes, validToMs])).toEqual([
      ['kept', 10, null],
      ['changed', 10, next.validFromMs],
      ['gone', 10, expect.any(Number)],
      ['changed', 20, null],
    ]);
    expect(all.every(({ source }) => source === root.source)).toBe(true);
    expect([...openTestCatalog().candidates()].flat()).toEqual([]);
  });
});

describe('packs', () => {
  it('are those in use, in the order in which they came', () => {
    const catalog = openTestCatalog();
    const chain = new CommitChain();
    const first = chain.next([root]);
    const second = chain.next([docsOf('docs')]);
    catalog.apply(first);
    catalog.apply(second);
    expect(catalog.packs().map(({ id }) => id)).toEqual([packOf(1), packOf(2)]);
    expect(catalog.packs()).toEqual([...first.commit.packs, ...second.commit.packs]);
    catalog.apply(chain.next([], { acts: { removes: [packOf(1)] } }));
    expect(catalog.packs().map(({ id }) => id)).not.toContain(packOf(1));
  });
});

const docsOf = (name: string) => folder(name, root);
