import { describe, expect, it } from 'vitest';
import type { SourceId } from '../../../shared/domain/ids.ts';
import type { Catalog } from '../catalog.ts';
import { item, madeId, nextOf } from '../testing/commits.ts';
import { file, folder, holding, root, startMs } from '../testing/files.ts';

describe('a name', () => {
  const docs = folder('docs', root);
  const slashes = folder('home/anna', root);
  const catalog = (): Catalog =>
    holding(
      [root, docs, slashes, file('a.txt', docs), file('m', docs, { summary: { title: 'Offer 1/2' } }), file('b.txt', slashes)],
      [nextOf(file('a.txt', docs), { change: 'deleted' })],
    );

  it.each([
    ['source', 'root'],
    ['source/', 'root'],
    ['source/docs', 'folder docs'],
    ['source/docs/', 'folder docs'],
    ['source/home/anna/b.txt', 'file b.txt'],
    ['source/home/anna', 'folder home/anna'],
    ['source/docs/m', 'file m'],
    ['source/docs/Offer 1/2', 'file m'],
    ['source/docs/a.txt', 'file a.txt'],
    [`${madeId<SourceId>('source')}/docs`, 'folder docs'],
    [item('folder docs'), 'folder docs'],
    [item('folder docs').slice(0, 9), 'folder docs'],
  ])('%s', (text, name) => expect(catalog().resolve(text, null)).toEqual([item(name)]));

  it.each(['source/nothing', 'nobody/docs', 'docs', 'source/docs/Offer', '', '/'])('%j means nothing', (text) =>
    expect(catalog().resolve(text, null)).toEqual([]),
  );

  it('is looked for at the moment', () => {
    expect(catalog().resolve('source/docs/a.txt', startMs)).toEqual([item('file a.txt')]);
    expect(catalog().resolve('source/docs/a.txt', startMs - 1)).toEqual([]);
  });

  it('may be ambiguous', () => {
    const twins = holding([root, file('one', root, { name: 'twin' }), file('two', root, { name: 'twin' })]);
    expect(twins.resolve('source/twin', null)).toHaveLength(2);
    const letters = holding([root, ...Array.from({ length: 40 }, (_, at) => file(`${at}`, root))]);
    expect(letters.resolve(item('root').slice(0, 1), null).length).toBeGreaterThan(1);
  });
});
