import { describe, expect, it } from 'vitest';
import { CommitChain, filesSource, madeId, nextOf, rawContent } from '../testing/commits.ts';
import { file, folder, holding, root, startMs } from '../testing/files.ts';
import { openTestCatalog } from '../testing/open-test-catalog.ts';

const docs = folder('docs', root);
const renamed = nextOf(docs, { change: 'moved', name: 'papers', key: 'papers' });
const a1 = file('a', docs);
const a2 = nextOf(a1, { change: 'content', contents: [rawContent('a2', 70)] });
const a3 = nextOf(a2, { change: 'metadata', metadataRevision: 'x' });
const b1 = file('b', docs, { contents: [rawContent('b', 900)] });
const gone = nextOf(b1, { change: 'deleted' });
const still = file('still', root);
const all = [root, docs, a1, b1, still, renamed, a2, a3, gone];

describe('versions that ended', () => {
  it('are listed by item, with what comes after each, and since when the item is gone', () => {
    const ended = [...holding(all).endedVersions(root.source)];
    const common = { folder: docs.item, kind: 'file', change: 'created', goneSinceMs: null };
    expect(ended).toEqual([
      {
        ...common,
        item: docs.item,
        kind: 'folder',
        folder: root.item,
        version: 1,
        validFromMs: startMs,
        validToMs: renamed.validFromMs,
        sizeBytes: 0,
        newer: 1,
      },
      { ...common, item: a1.item, version: 1, validFromMs: startMs, validToMs: a2.validFromMs, sizeBytes: 1, newer: 2 },
      {
        ...common,
        item: a1.item,
        version: 2,
        change: 'content',
        validFromMs: a2.validFromMs,
        validToMs: a3.validFromMs,
        sizeBytes: 70,
        newer: 1,
      },
      {
        ...common,
        item: b1.item,
        version: 1,
        validFromMs: startMs,
        validToMs: gone.validFromMs,
        sizeBytes: 900,
        newer: 0,
        goneSinceMs: gone.validFromMs,
      },
      {
        ...common,
        item: b1.item,
        version: 2,
        change: 'deleted',
        validFromMs: gone.validFromMs,
        validToMs: null,
        sizeBytes: 0,
        newer: 0,
        goneSinceMs: gone.validFromMs,
      },
    ]);
    expect([...holding(all).endedVersions(madeId('nobody'))]).toEqual([]);
  });

  it('are not listed when they are hidden, and then do not count as newer', () => {
    const chain = new CommitChain();
    const catalog = openTestCatalog();
    catalog.apply(chain.next(all));
    catalog.apply(chain.next([], { kind: 'retention', acts: { hides: [{ item: a1.item, versions: [2] }] } }));
    const ended = [...catalog.endedVersions(root.source)].filter(({ item }) => item === a1.item);
    expect(ended.map(({ version, newer }) => [version, newer])).toEqual([[1, 1]]);
  });

  it('are read in batches of items, none twice and none left out', () => {
    const many = Array.from({ length: 5200 }, (_, at) => file(`many ${at}`, root));
    const catalog = holding(
      [root, ...many],
      many.map((each) => nextOf(each, { change: 'deleted' })),
    );
    const ended = [...catalog.endedVersions(root.source)].map(({ item, version }) => `${item}.${version}`);
    expect(ended).toEqual(many.flatMap(({ item }) => [`${item}.1`, `${item}.2`]));
  });
});

describe('a list of versions', () => {
  const refs = [
    { item: a1.item, versions: [1, 2, 9] },
    { item: b1.item, versions: [1, 2] },
    { item: docs.item, versions: [1] },
    { item: madeId<typeof a1.item>('nobody'), versions: [1] },
  ];

  it('is measured', () => {
    expect(holding(all).measureVersions(refs)).toEqual({ versions: 5, bytes: 971 });
    expect(holding(all).measureVersions([])).toEqual({ versions: 0, bytes: 0 });
  });

  it('is described, the largest first, each where it was then', () => {
    const rows = holding(all).describeVersions(refs, 3);
    expect(rows.map(({ name, version, sizeBytes }) => [name, version, sizeBytes])).toEqual([
      ['b', 1, 900],
      ['a', 2, 70],
      ['a', 1, 1],
    ]);
    expect(rows[1]).toMatchObject({ folderPath: 'papers', versions: 3, kind: 'file', source: root.source, isDeletion: false });
    expect(rows[2]).toMatchObject({ folderPath: 'docs', validFromMs: startMs, validToMs: a2.validFromMs });
    expect(
      holding(all)
        .describeVersions(refs, 9)
        .filter(({ isDeletion }) => isDeletion),
    ).toHaveLength(1);
  });
});

describe('what takes room', () => {
  const day = 86_400_000;
  const dayOf = (timeMs: number): number => timeMs - (timeMs % day);
  const later = nextOf(a1, { change: 'content', validFromMs: startMs + 2 * day, contents: [rawContent('later', 70)] });

  it('is told day by day: packs in all, and what came, by source and kind', () => {
    const catalog = holding([root, docs, a1, b1], [later]);
    const { source } = root;
    expect(catalog.growth(dayOf)).toEqual([
      { dayMs: startMs, packBytes: 1000, added: [{ source, kind: 'file', bytes: 901 }] },
      { dayMs: startMs + 2 * day, packBytes: 2000, added: [{ source, kind: 'file', bytes: 70 }] },
    ]);
  });

  it('follows a source that no commit lists any more', () => {
    const chain = new CommitChain();
    const catalog = openTestCatalog();
    const [mail, disk] = [filesSource(madeId('mail'), 'mail'), filesSource(madeId('disk'), 'disk')];
    catalog.apply(chain.next([], { sources: [mail, disk], atMs: 10 }));
    catalog.apply(chain.next([], { sources: [disk], atMs: 20 }));
    expect(catalog.lastListed()).toEqual(
      new Map([
        [mail.id, 10],
        [disk.id, 20],
      ]),
    );
  });
});

describe('versions that are there now', () => {
  it('are all that have not ended, wherever they lie, but for deletions and for what is hidden', () => {
    const stray = file('stray', folder('nowhere', root));
    const chain = new CommitChain();
    const catalog = openTestCatalog();
    catalog.apply(chain.next([...all, stray]));
    catalog.apply(chain.next([], { kind: 'retention', acts: { hides: [{ item: still.item, versions: [1] }] } }));
    const present = [...catalog.presentVersions(root.source)].map(({ item, version, sizeBytes }) => [item, version, sizeBytes]);
    expect(present).toEqual([
      [root.item, 1, 0],
      [docs.item, 2, 0],
      [a1.item, 3, 70],
      [stray.item, 1, stray.sizeBytes],
    ]);
    expect([...catalog.presentVersions(madeId('nobody'))]).toEqual([]);
  });
});
