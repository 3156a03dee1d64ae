import { describe, expect, it } from 'vitest';
import type { SourceId } from '../../../shared/domain/ids.ts';
import type { Catalog, Selection } from '../catalog.ts';
import { CommitChain, filesSource, folderOf, item, madeId, nextOf } from '../testing/commits.ts';
import { file, folder, holding, root } from '../testing/files.ts';
import { openTestCatalog } from '../testing/open-test-catalog.ts';

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

  it('gives all in two passes, folders in the first, and loses nothing that vanished or changed sides between them', () => {
    const catalog = openTestCatalog();
    const chain = new CommitChain();
    const all = [root, docs, file('a', docs), file('b', docs), old, file('c', old), file('d', root)];
    catalog.apply(chain.next(all));
    const seen: string[] = [];
    const goesOn = (): void => {
      seen.push('–');
      // A cycle meets the account while only half of it is there.
      catalog.apply(chain.next([nextOf(file('a', docs), { change: 'deleted' }), nextOf(file('c', old), { change: 'deleted' })]));
    };
    const isFirst = ({ name }: { name: string }): boolean => name === 'b' || name === 'd';
    for (const { manifest, folders } of catalog.select(everything, null, { isFirst, goesOn }))
      seen.push([...folders.map(({ name }) => name), manifest.name].join('/'));
    expect(seen).toEqual(['d', 'docs', 'docs/b', 'docs/old', '–', 'docs/a', 'docs/old/c']);
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
