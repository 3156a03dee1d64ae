// How fast a catalog of many versions is: node test/bench/catalog.ts [versions, default 200000] [seed]
// Half of the versions begin items, the other half change their flags or metadata. 70 in 100 items are messages, the others files.
// Figures are kept in .cache/bench/catalog.json.
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import type { CommitActs, CommitContents, ItemVersions } from '../../src/shared/domain/commit.ts';
import type { HoldId, ItemId } from '../../src/shared/domain/ids.ts';
import { type Catalog, openCatalog } from '../../src/engine/catalog/index.ts';
import { madeHash, madeId, packOf, rawContent } from '../../src/engine/catalog/testing/commits.ts';
import { NodeFileSystem } from '../../src/engine/kernel/node-file-system.ts';
import { keepResults, p95, sized, timed, timedInTurns } from './catalog/figures.ts';
import {
  anyWord,
  below,
  chain,
  commits,
  commitSize,
  folderCount,
  folders,
  startMs,
  syllables,
  versions,
} from './catalog/story.ts';

const files = new NodeFileSystem();
const key = 'ab'.repeat(32);

function measureReading(catalog: Catalog): void {
  const folder = (at: number): ItemId => folders[1 + (at % (folderCount - 1))]?.item as ItemId;
  const middleMs = startMs + 40 * 86_400_000;
  const page = { mode: 'as-of', sort: 'time', descending: true, offset: 0, limit: 500 } as const;
  p95('page of 500, now', 50, (at) => catalog.page({ ...page, folder: folder(at), atMs: null }), 50);
  p95('page of 500, as of', 50, (at) => catalog.page({ ...page, folder: folder(at), atMs: middleMs + at }), 50);
  p95(
    'page of 500, as of, by name',
    50,
    (at) => catalog.page({ ...page, sort: 'name', folder: folder(at), atMs: middleMs + 100 + at }),
    50,
  );
  p95('page of 500, all versions', 50, (at) => catalog.page({ ...page, mode: 'all', folder: folder(at), atMs: null }));
  p95('page of 500, vanished', 50, (at) => catalog.page({ ...page, mode: 'vanished', folder: folder(at), atMs: null }));
  const find = { atMs: null, deleted: false, kind: null, limit: 500 };
  p95('find a word', 100, () => catalog.find({ ...find, text: `"${anyWord()}"` }), 100);
  p95('find two letters', 50, (at) => catalog.find({ ...find, text: (syllables[at % syllables.length] ?? '').slice(0, 2) }), 100);
  p95(
    'find two letters, as of',
    50,
    (at) => catalog.find({ ...find, atMs: middleMs, text: (syllables[at % syllables.length] ?? '').slice(0, 2) }),
    100,
  );
  p95('find from: and two words', 50, () => catalog.find({ ...find, text: `from:${anyWord()} ${anyWord()} ${anyWord()}` }));
  p95('find vanished', 20, () => catalog.find({ ...find, text: `is:vanished ${anyWord()}` }));
  p95('find a common word, nothing large enough', 10, () => catalog.find({ ...find, text: 're larger:1G' }));
  p95('find by properties only', 10, () => catalog.find({ ...find, text: 'has:attachment before:2022' }));
  p95('history of an item', 200, () => catalog.history(madeId<ItemId>(`item ${below(versions / 2)}`)), 10);
  timed('tree', () => catalog.tree(null));
  timed('tree, as of', () => catalog.tree(middleMs));
  timed('density of everything', () => catalog.density(null, (timeMs) => timeMs - (timeMs % 86_400_000)));
  p95('density of a folder', 20, (at) => catalog.density(folder(at), (timeMs) => timeMs - (timeMs % 86_400_000)));
  const known = timed('known items of all folders', () =>
    folders.reduce((sum, { item, source }) => sum + catalog.knownItems(source, item).size, 0),
  );
  console.log(`  (${known} items)`);
  timed('deleted items of a folder', () => catalog.deletedItems(folders[0]?.source ?? madeId('source'), folder(3), 'items'));
  p95('locate a chunk', 1000, () =>
    catalog.locate(rawContent(`content ${below(versions / 2)}`, 0).chunks[0] ?? madeHash('none')),
  );
  timed('all chunk ids', () => [...catalog.chunkIds()].length);
  const everything = { items: [], sources: [], recursive: true };
  timed('measure everything', () => catalog.measure(everything, null));
  timed('measure everything, as of', () => catalog.measure(everything, middleMs));
  timed('select everything', () => {
    let count = 0;
    for (const _ of catalog.select(everything, null)) count++;
    return count;
  });
  timed('growth by days', () => catalog.growth((timeMs) => timeMs - (timeMs % 86_400_000)), 1000);
  timed('items that need a chunk', () => catalog.affected(new Set(rawContent('content 77', 0).chunks)));
}

async function measureSizes(catalog: Catalog): Promise<void> {
  await timedInTurns('sizes of every folder and kind, with all versions', () => catalog.sizes());
  await timedInTurns('the same once more', () => catalog.sizes());
  const all = folders.map(({ item }) => item);
  for (const [what, some] of [
    ['a folder', all.slice(1, 2)],
    ['everything', all],
  ] as const) {
    await timedInTurns(`senders of ${what}`, async () => {
      const { length } = await catalog.senders(some, 'message');
      console.log(`  (${length} senders)`);
    });
  }
}

async function measureDifferences(catalog: Catalog): Promise<void> {
  const nowMs = catalog.newestCommitMs() ?? 0;
  const query = { toMs: nowMs, sources: [], kind: null, offset: 0, limit: 100 } as const;
  const dayMs = 86_400_000;
  for (const [what, fromMs] of [
    ['one day', nowMs - dayMs],
    ['thirty days', nowMs - 30 * dayMs],
    ['all', 0],
  ] as const) {
    await timedInTurns(`differences of ${what}`, async () => {
      const { total } = await catalog.differences({ ...query, fromMs });
      console.log(`  (${total} items)`);
    });
  }
}

/** One in a hundred items loses its first version. */
const refs: ItemVersions[] = Array.from({ length: versions / 200 }, (_, at) => ({
  item: madeId<ItemId>(`item ${at * 100}`),
  versions: [1],
}));

function measureRemoving(catalog: Catalog): void {
  const { source } = folders[0] ?? raise();
  const act = (what: string, kind: 'retention' | 'hold' | 'prune', acts: CommitActs): void => {
    const contents = chain.next([], { kind, acts, chunks: [] });
    timed(what, () => catalog.apply(contents));
  };
  const ended = timed('versions that ended, all of them', () => [...catalog.endedVersions(source)].length);
  console.log(`  (${ended} versions)`);
  timed('measure one in a hundred of them', () => catalog.measureVersions(refs));
  timed('describe the 100 largest of these', () => catalog.describeVersions(refs, 100));
  const folder = folders[1]?.item ?? raise();
  act('hold a folder', 'hold', {
    holds: [{ id: madeId<HoldId>('hold'), scope: { what: 'folder', item: folder }, reason: '', atMs: 1 }],
  });
  p95('is it held', 1000, () => catalog.isHeld(source, madeId<ItemId>(`item ${below(versions / 2)}`), 1));
  act('hide one in a hundred', 'retention', { hides: refs });
  const to = { pack: packOf(1), record: 0 };
  act('prune: stubs of these, and a pack out of use', 'prune', { movedManifests: [{ ...to, to }], removes: [packOf(1)] });
}

const raise = (): never => {
  throw new Error('no folder');
};

const directory = mkdtempSync(path.join(tmpdir(), 'strata-bench-'));
try {
  console.log(`${versions} versions, ${folderCount} folders, load ${loadavg()[0]?.toFixed(2)}, Node ${process.version}`);
  const made = commits();
  const place = path.join(directory, 'catalog.sqlite');
  const catalog = openCatalog({ path: place, key, files });
  timed(`apply the first of ${made.length} commits (${commitSize} manifests)`, () => catalog.apply(made[0] as CommitContents));
  timed('apply the others', () => {
    for (const commit of made.slice(1)) catalog.apply(commit);
  });
  measureReading(catalog);
  await measureSizes(catalog);
  await measureDifferences(catalog);
  timed('close', () => catalog.close());
  sized('filled commit by commit', statSync(place).size, versions);

  const again = path.join(directory, 'rebuilt.sqlite');
  const rebuilt = openCatalog({ path: again, key, files });
  timed('rebuild', () => {
    for (const _ of rebuilt.rebuild(made));
  });
  rebuilt.close();
  sized('made anew', statSync(again).size, versions);
  const opened = timed('open', () => openCatalog({ path: again, key, files }));
  measureRemoving(opened);
  opened.close();
  keepResults('.cache/bench/catalog.json', { versions, items: versions / 2, folders: folderCount });
} finally {
  rmSync(directory, { recursive: true });
}
