import { describe, expect, it } from 'vitest';
import type { Manifest } from '../../../shared/domain/item.ts';
import type { Catalog } from '../catalog.ts';
import type { PageQuery } from '../shown.ts';
import { CommitChain, item, nextOf, rawContent } from '../testing/commits.ts';
import { file, holding, root, startMs } from '../testing/files.ts';
import { openTestCatalog } from '../testing/open-test-catalog.ts';

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
