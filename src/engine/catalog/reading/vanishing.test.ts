import { describe, expect, it } from 'vitest';
import type { Manifest } from '../../../shared/domain/item.ts';
import { CommitChain, madeId, nextOf } from '../testing/commits.ts';
import { file, folder, root } from '../testing/files.ts';
import { openTestCatalog } from '../testing/open-test-catalog.ts';

const docs = folder('docs', root);
const deep = folder('deep', docs);
const early = file('early', deep);
const late = file('late', deep);
const kept = file('kept', docs);
const back = file('back', docs);
const gone = (manifest: Manifest, validFromMs: number): Manifest =>
  nextOf(manifest, { change: 'deleted', contents: [], validFromMs });

function world() {
  const catalog = openTestCatalog();
  const chain = new CommitChain();
  catalog.apply(chain.next([root, docs, deep, early, late, kept, back]));
  const backGone = gone(back, 2000);
  catalog.apply(chain.next([gone(early, 1000), gone(late, 2000), gone(deep, 2001), backGone]));
  catalog.apply(chain.next([nextOf(backGone, { change: 'restored', contents: back.contents, validFromMs: 3000 })]));
  return catalog;
}
const everything = { items: [], sources: [], recursive: true };
const named = (
  period: { fromMs: number; toMs: number },
  selection: Parameters<ReturnType<typeof world>['vanished']>[0] = everything,
) =>
  [...world().vanished(selection, period)].map(({ manifest, folders }) => [
    ...folders.map(({ name }) => name),
    manifest.name,
    manifest.change,
  ]);

describe('what vanished in a period', () => {
  it('is what was deleted in it, both ends included, and is still gone, as it was before, in folders that are gone as well', () => {
    expect(named({ fromMs: 1000, toMs: 2000 })).toEqual([
      ['docs', 'deep', 'early', 'created'],
      ['docs', 'deep', 'late', 'created'],
    ]);
    expect(named({ fromMs: 1001, toMs: 9999 })).toEqual([['docs', 'deep', 'late', 'created']]);
    expect(named({ fromMs: 0, toMs: 999 })).toEqual([]);
  });

  it('is of what was selected: items, folders with what lay below them, sources', () => {
    const period = { fromMs: 0, toMs: 9999 };
    const of = (selection: object): number => named(period, { ...everything, ...selection }).length;
    expect(of({ items: [late.item] })).toBe(1);
    expect(of({ items: [docs.item] })).toBe(2);
    expect(of({ items: [docs.item], recursive: false })).toBe(0);
    expect(of({ items: [deep.item], recursive: false })).toBe(2);
    expect(of({ sources: [root.source] })).toBe(2);
    expect(of({ sources: [madeId('other')] })).toBe(0);
  });
});
