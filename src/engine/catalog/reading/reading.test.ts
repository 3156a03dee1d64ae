import { describe, expect, it } from 'vitest';
import type { PackId, SourceId } from '../../../shared/domain/ids.ts';
import type { Manifest } from '../../../shared/domain/item.ts';
import type { Catalog, PageQuery, Selection } from '../catalog.ts';
import {
  CommitChain,
  filesSource,
  folderOf,
  item,
  madeHash,
  madeId,
  manifestOf,
  nextOf,
  rawContent,
} from '../testing/commits.ts';
import { openTestCatalog } from '../testing/open-test-catalog.ts';

const startMs = Date.UTC(2025, 0, 1);
const root = folderOf({ item: item('root'), folder: null, name: '', validFromMs: startMs });
const folder = (name: string, parent: Manifest): Manifest =>
  folderOf({ item: item(`folder ${name}`), folder: parent.item, name, validFromMs: startMs });
const file = (name: string, parent: Manifest, fields: Partial<Manifest> = {}): Manifest =>
  manifestOf({
    item: item(`file ${name}`),
    folder: parent.item,
    name,
    validFromMs: startMs,
    contents: [rawContent(name, name.length)],
    ...fields,
  });

function holding(...batches: Manifest[][]): Catalog {
  const catalog = openTestCatalog();
  const chain = new CommitChain();
  for (const batch of batches) catalog.apply(chain.next(batch));
  return catalog;
}

describe('a page', () => {
  const titles = ['beta', 'Über', 'alpha', 'Zebra', 'uber alles', 'élan', 'eland'];
  const query: PageQuery = {
    folder: root.item,
    atMs: null,
    mode: 'as-of',
    sort: 'name',
    descending: false,
    offset: 0,
    limit: 100,
  };
  const files = titles.map((title, at) =>
    file(`${at}`, root, {
      summary: {
        title,
        ...(at % 2 === 0 ? { from: `Sender ${9 - at}` } : {}),
        ...(at === 3 ? {} : { timeMs: startMs - at * 1000 }),
      },
      contents: [rawContent(title, (at * 37) % 11)],
    }),
  );
  const titlesOf = (catalog: Catalog, fields: Partial<PageQuery>): string[] =>
    catalog.page({ ...query, ...fields }).rows.map(({ title }) => title);

  it('is sorted as people sort, in both directions', () => {
    const catalog = holding([root, ...files]);
    expect(titlesOf(catalog, {})).toEqual(['alpha', 'beta', 'élan', 'eland', 'Über', 'uber alles', 'Zebra']);
    expect(titlesOf(catalog, { descending: true })).toEqual(['Zebra', 'uber alles', 'Über', 'eland', 'élan', 'beta', 'alpha']);
    expect(titlesOf(catalog, { sort: 'time', descending: true })).toEqual([
      'beta',
      'Über',
      'alpha',
      'uber alles',
      'élan',
      'eland',
      'Zebra',
    ]);
    expect(titlesOf(catalog, { sort: 'size' })).toEqual(['beta', 'Zebra', 'eland', 'Über', 'uber alles', 'alpha', 'élan']);
    expect(titlesOf(catalog, { sort: 'from' })).toEqual(['Über', 'Zebra', 'élan', 'eland', 'uber alles', 'alpha', 'beta']);
  });

  it('fits together with the others of its view', () => {
    const catalog = holding([root, ...files]);
    const all = titlesOf(catalog, { descending: true });
    const paged = [0, 3, 6, 9].flatMap((offset) => titlesOf(catalog, { descending: true, offset, limit: 3 }));
    expect(paged).toEqual(all);
    expect(catalog.page({ ...query, offset: 100 })).toEqual({ total: 7, rows: [] });
  });

  it('shows what was applied since the last one', () => {
    const catalog = openTestCatalog();
    const chain = new CommitChain();
    catalog.apply(chain.next([root, ...files]));
    expect(catalog.page(query).total).toBe(7);
    catalog.apply(chain.next([file('new', root), nextOf(files[0] as Manifest, { change: 'deleted' })]));
    expect(titlesOf(catalog, {})).toEqual(['alpha', 'élan', 'eland', 'new', 'Über', 'uber alles', 'Zebra']);
  });

  it('says of what was there that it vanished later, and reads flags', () => {
    const flagged = file('flagged', root, { metadata: { flags: ['\\Seen', '$Work'], uid: 5 } });
    const gone = nextOf(flagged, { change: 'deleted' });
    const back = nextOf(gone, { change: 'restored', contents: flagged.contents });
    const before = { ...query, atMs: startMs };
    const vanished = holding([root, flagged], [gone]);
    expect(vanished.page(before).rows).toMatchObject([
      { flags: ['\\Seen', '$Work'], deleted: false, vanishedAtMs: gone.validFromMs, versions: 2 },
    ]);
    const returned = holding([root, flagged], [gone], [back]);
    expect(returned.page(before).rows).toMatchObject([{ vanishedAtMs: null, versions: 3 }]);
    expect(returned.row(flagged.item, null, gone.validFromMs)).toMatchObject({ version: 1, deleted: true, vanishedAtMs: null });
    expect(returned.row(flagged.item, 2, null)).toMatchObject({ version: 1, deleted: false });
    expect(returned.row(flagged.item, null, startMs - 1)).toBeUndefined();
    expect(returned.row(flagged.item, 9, null)).toBeUndefined();
  });

  it('of a folder that nobody knows is empty', () => {
    expect(holding([root]).page({ ...query, folder: item('nobody') })).toEqual({ total: 0, rows: [] });
  });
});

describe('selecting', () => {
  const docs = folder('docs', root);
  const old = folder('old', docs);
  const everything: Selection = { items: [], sources: [], recursive: true };
  const names = (catalog: Catalog, fields: Partial<Selection>): string[] =>
    [...catalog.select({ ...everything, ...fields }, null)].map(({ manifest, folders }) =>
      [...folders.map(({ name }) => name), manifest.name].join('/'),
    );

  it('takes each item once, however often it was named', () => {
    const catalog = holding([root, docs, old, file('a', docs), file('b', old), file('c', root)]);
    expect(names(catalog, { items: [item('file a'), docs.item, item('file a'), item('file c')] })).toEqual([
      'c',
      'docs',
      'docs/a',
      'docs/old',
      'docs/old/b',
    ]);
    expect(names(catalog, { items: [item('file b')] })).toEqual(['docs/old/b']);
    expect(names(catalog, { items: [root.item] })).toEqual(['c', 'docs', 'docs/a', 'docs/old', 'docs/old/b']);
    expect(names(catalog, { items: [root.item], recursive: false })).toEqual(['c']);
    expect(names(catalog, { items: [item('nobody')] })).toEqual([]);
  });

  it('takes whole sources, and adds single items of others', () => {
    const other = madeId<SourceId>('other');
    const otherRoot = folderOf({ item: item('other root'), folder: null, name: '', source: other });
    const sources = [filesSource(root.source, 'one'), filesSource(other, 'two')];
    const catalog = openTestCatalog();
    const ofOther = [file('x', otherRoot, { source: other }), file('y', otherRoot, { source: other })];
    catalog.apply(new CommitChain().next([root, file('c', root), otherRoot, ...ofOther], { sources }));
    expect(names(catalog, { sources: [other] })).toEqual(['x', 'y']);
    expect(names(catalog, { sources: [root.source], items: [item('file y')] })).toEqual(['c', 'y']);
    expect(catalog.measure({ ...everything, sources: [root.source], items: [item('file y')] }, null)).toEqual({
      items: 2,
      bytes: 2,
    });
    expect(names(catalog, { sources: [madeId<SourceId>('nobody')] })).toEqual([]);
  });

  it('gives what was selected, whatever is applied before the end', () => {
    const catalog = openTestCatalog();
    const chain = new CommitChain();
    catalog.apply(chain.next([root, file('a', root), file('b', root)]));
    const seen: string[] = [];
    for (const { manifest } of catalog.select(everything, null)) {
      seen.push(`${manifest.name}.${manifest.version}`);
      if (seen.length === 1) catalog.apply(chain.next([file('c', root), nextOf(file('b', root), { change: 'deleted' })]));
    }
    expect(seen).toEqual(['a.1', 'b.1']);
  });

  it('loses no item whose folder was not told to be there', () => {
    const catalog = holding([root, docs, file('a', docs)], [nextOf(docs, { change: 'deleted' })]);
    expect(names(catalog, {})).toEqual(['docs/a']);
  });

  it('ends at folders that are each other’s parents', () => {
    const [a, b] = [folder('a', root), folder('b', root)];
    const catalog = holding([root, { ...a, folder: b.item }, { ...b, folder: a.item }, file('x', a)]);
    expect(names(catalog, {}).sort()).toEqual(['a/b', 'b/a', 'b/a/x']);
    expect(catalog.tree(null)).toHaveLength(3);
    expect(catalog.knownFolders(root.source)).toHaveLength(3);
  });
});

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

describe('what a commit said', () => {
  it('is found by its run, the last of it, and in order', () => {
    const catalog = openTestCatalog();
    const chain = new CommitChain();
    const contents = [
      chain.next([root], { kind: 'checkpoint' }),
      chain.next([file('a', root)]),
      chain.next([], { run: madeId('other') }),
    ];
    for (const each of contents) catalog.apply(each);
    expect(catalog.commits()).toEqual(contents.map(({ commit }) => commit));
    expect(catalog.commitOfRun(root.run)).toEqual(contents[1]?.commit);
    expect(catalog.commitOfRun(madeId('nobody'))).toBeUndefined();
  });

  it('tells the newest moments, and until when each source is protected', () => {
    const catalog = openTestCatalog();
    const chain = new CommitChain();
    expect([catalog.newestCommit(), catalog.moments(5), catalog.protectedUntil().size]).toEqual([undefined, [], 0]);
    const { source } = root;
    const contents = [
      chain.next([root], { completeSources: [source], atMs: 10 }),
      chain.next([], { completeSources: [source], atMs: 20 }),
      chain.next([], { atMs: 30 }),
      chain.next([], { kind: 'checkpoint', atMs: 40 }),
    ];
    for (const each of contents) catalog.apply(each);
    expect(catalog.newestCommit()?.atMs).toBe(40);
    expect(catalog.moments(2).map(({ atMs }) => atMs)).toEqual([30, 20]);
    expect(catalog.protectedUntil()).toEqual(new Map([[source, 20]]));
  });

  it('describes a source as it was called last', () => {
    const catalog = openTestCatalog();
    const chain = new CommitChain();
    catalog.apply(chain.next([root], { sources: [filesSource(root.source, 'old name')] }));
    catalog.apply(chain.next([], { sources: [filesSource(root.source, 'new name')] }));
    expect(catalog.sources()).toEqual([filesSource(root.source, 'new name')]);
  });
});

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
});

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
