// How fast a catalog of many versions is: node test/bench/catalog.ts [versions, default 200000] [seed]
// Half of the versions begin items, the other half change their flags or metadata. 70 in 100 items are messages, the others files.
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import type { ChunkLocation, CommitContents } from '../../src/shared/domain/commit.ts';
import type { ItemId, PackId } from '../../src/shared/domain/ids.ts';
import type { Manifest } from '../../src/shared/domain/item.ts';
import { type Catalog, openCatalog } from '../../src/engine/catalog/index.ts';
import {
  CommitChain,
  folderOf,
  madeHash,
  madeId,
  manifestOf,
  nextOf,
  rawContent,
} from '../../src/engine/catalog/testing/commits.ts';
import { NodeFileSystem } from '../../src/engine/kernel/node-file-system.ts';

const versions = Number(process.argv[2] ?? 200_000);
const commitSize = 30_000;
const folderCount = Math.max(20, Math.round(versions / 4000));
const files = new NodeFileSystem();
const key = 'ab'.repeat(32);

let state = Number(process.argv[3] ?? 42);
/** Mulberry32: small, fast, the same everywhere. */
function random(): number {
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
}
const below = (limit: number): number => Math.floor(random() * limit);

const syllables = [
  'of',
  'fer',
  'ber',
  'lin',
  'ta',
  'ko',
  're',
  'mi',
  'ser',
  'vi',
  'ne',
  'do',
  'pla',
  'gru',
  'sen',
  'ig',
  'ho',
  'wal',
];
const word = (rank: number): string => {
  let text = '';
  for (let rest = rank + 40; rest > 0; rest = Math.floor(rest / syllables.length)) text += syllables[rest % syllables.length];
  return text;
};
/** Some words are common, most are rare, as in real subjects. */
const anyWord = (): string => word(Math.floor(20_000 * random() ** 3));
const words = (count: number): string => Array.from({ length: count }, anyWord).join(' ');
const people = Array.from({ length: 3000 }, () => {
  const [first, last] = [anyWord(), anyWord()];
  return `${first} ${last} <${first}.${last}@${anyWord()}.example>`;
});
const person = (): string => people[Math.floor(people.length * random() ** 2)] ?? '';

const startMs = Date.UTC(2024, 0, 1);
const folders = Array.from({ length: folderCount }, (_, at) =>
  folderOf({
    item: madeId<ItemId>(`folder ${at}`),
    folder: at === 0 ? null : madeId<ItemId>(`folder ${Math.floor((at - 1) / 10)}`),
    name: at === 0 ? '' : words(2),
    validFromMs: startMs,
  }),
);

function message(at: number, folder: ItemId): Manifest {
  const timeMs = startMs - below(5 * 365 * 86_400_000);
  return manifestOf({
    item: madeId<ItemId>(`item ${at}`),
    folder,
    name: `${at}`,
    key: `1650000000:${at}`,
    kind: 'message',
    validFromMs: startMs + at,
    contentRevision: `1650000000:${at}:7100`,
    metadataRevision: '\\Seen',
    metadata: {
      emailId: null,
      flags: ['\\Seen'],
      internalDate: new Date(timeMs).toISOString(),
      keywords: [],
      size: 7100,
      uid: at,
      uidValidity: 1650000000,
    },
    summary: { title: words(6), from: person(), to: person(), timeMs, hasAttachment: random() < 0.2 },
    contents: [rawContent(`content ${at}`, 2000 + below(10_000))],
  });
}

function file(at: number, folder: ItemId): Manifest {
  const timeMs = startMs - below(5 * 365 * 86_400_000);
  const name = `${anyWord()}-${at}.txt`;
  return manifestOf({
    item: madeId<ItemId>(`item ${at}`),
    folder,
    name,
    identity: `64769:${at}`,
    validFromMs: startMs + at,
    contentRevision: `7100-${timeMs}000000-${at}`,
    metadataRevision: `${timeMs}000000-33188`,
    metadata: {
      birthNs: `${timeMs}000000`,
      gid: 1000,
      group: 'anna',
      mode: 420,
      modifyNs: `${timeMs}000000`,
      owner: 'anna',
      type: 'file',
      uid: 1000,
    },
    summary: { title: name, timeMs },
    contents: [rawContent(`content ${at}`, 2000 + below(10_000))],
  });
}

function changed(previous: Manifest): Manifest {
  const validFromMs = startMs + 40 * 86_400_000 + previous.validFromMs - startMs;
  if (random() < 0.05) return nextOf(previous, { change: 'deleted', validFromMs });
  const metadata = { ...previous.metadata, flags: ['\\Answered', '\\Seen'] };
  return nextOf(previous, { change: 'metadata', validFromMs, metadata, metadataRevision: '\\Answered \\Seen' });
}

const chain = new CommitChain();
function* chunksOf(manifests: readonly Manifest[], pack: PackId): Iterable<ChunkLocation> {
  let at = 0;
  for (const manifest of manifests)
    for (const id of manifest.version === 1 ? (manifest.contents[0]?.chunks ?? []) : []) {
      const record = Math.floor(at / 300);
      yield {
        id,
        pack,
        record,
        recordOffset: record * 1_000_000,
        recordLength: 900_000,
        offset: (at++ % 300) * 7000,
        length: 7000,
      };
    }
}

/** The same commits each time it is called. */
function commits(): CommitContents[] {
  const items = Array.from({ length: versions / 2 }, (_, at) => {
    const folder = madeId<ItemId>(`folder ${Math.floor((folderCount - 1) * (at / (versions / 2))) + 1}`);
    return at % 10 < 7 ? message(at, folder) : file(at, folder);
  });
  const all = [...folders, ...items, ...items.map(changed)];
  const made: CommitContents[] = [];
  for (let at = 0; at < all.length; at += commitSize) {
    const manifests = all.slice(at, at + commitSize);
    made.push(chain.next(manifests, { chunks: [...chunksOf(manifests, madeHash<PackId>(`pack ${made.length + 1}`))] }));
  }
  return made;
}

const results: Record<string, number> = {};
function timed<T>(what: string, action: () => T): T {
  const start = performance.now();
  const result = action();
  results[what] = Math.round((performance.now() - start) * 100) / 100;
  console.log(`${what.padEnd(58)} ${results[what]} ms`);
  return result;
}

/** 95 in 100 are at most this long. */
function p95(what: string, times: number, action: (at: number) => unknown): void {
  const took = Array.from({ length: times }, (_, at) => {
    const start = performance.now();
    action(at);
    return performance.now() - start;
  }).sort((a, b) => a - b);
  results[what] = Math.round((took[Math.floor(times * 0.95)] ?? 0) * 100) / 100;
  console.log(`${`${what}, median and p95`.padEnd(58)} ${(took[times >> 1] ?? 0).toFixed(2)}  ${results[what]} ms`);
}

function measureReading(catalog: Catalog): void {
  const folder = (at: number): ItemId => folders[1 + (at % (folderCount - 1))]?.item as ItemId;
  const middleMs = startMs + 40 * 86_400_000;
  const page = { mode: 'as-of', sort: 'time', descending: true, offset: 0, limit: 500 } as const;
  p95('page of 500, now', 50, (at) => catalog.page({ ...page, folder: folder(at), atMs: null }));
  p95('page of 500, as of', 50, (at) => catalog.page({ ...page, folder: folder(at), atMs: middleMs + at }));
  p95('page of 500, as of, by name', 50, (at) =>
    catalog.page({ ...page, sort: 'name', folder: folder(at), atMs: middleMs + 100 + at }),
  );
  p95('page of 500, all versions', 50, (at) => catalog.page({ ...page, mode: 'all', folder: folder(at), atMs: null }));
  p95('page of 500, vanished', 50, (at) => catalog.page({ ...page, mode: 'vanished', folder: folder(at), atMs: null }));
  const find = { atMs: null, deleted: false, kind: null, limit: 500 };
  p95('find a word', 100, () => catalog.find({ ...find, text: `"${anyWord()}"` }));
  p95('find two letters', 50, (at) => catalog.find({ ...find, text: (syllables[at % syllables.length] ?? '').slice(0, 2) }));
  p95('find two letters, as of', 50, (at) =>
    catalog.find({ ...find, atMs: middleMs, text: (syllables[at % syllables.length] ?? '').slice(0, 2) }),
  );
  p95('find from: and two words', 50, () => catalog.find({ ...find, text: `from:${anyWord()} ${anyWord()} ${anyWord()}` }));
  p95('find vanished', 20, () => catalog.find({ ...find, text: `is:vanished ${anyWord()}` }));
  p95('find a common word, nothing large enough', 10, () => catalog.find({ ...find, text: 're larger:1G' }));
  p95('find by properties only', 10, () => catalog.find({ ...find, text: 'has:attachment before:2022' }));
  p95('history of an item', 200, () => catalog.history(madeId<ItemId>(`item ${below(versions / 2)}`)));
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
  timed('items that need a chunk', () => catalog.affected(new Set(rawContent('content 77', 0).chunks)));
}

const directory = mkdtempSync(path.join(tmpdir(), 'strata-bench-'));
try {
  console.log(
    `${versions} versions, ${folderCount} folders, ${cpus().length} CPUs, load ${loadavg()[0]?.toFixed(2)}, Node ${process.version}`,
  );
  const made = commits();
  const place = path.join(directory, 'catalog.sqlite');
  const catalog = openCatalog({ path: place, key, files });
  timed(`apply the first of ${made.length} commits (${commitSize} manifests)`, () => catalog.apply(made[0] as CommitContents));
  timed('apply the others', () => {
    for (const commit of made.slice(1)) catalog.apply(commit);
  });
  measureReading(catalog);
  timed('close', () => catalog.close());
  const bytes = statSync(place).size;
  console.log(`size ${(bytes / 1e6).toFixed(1)} MB, ${(bytes / versions).toFixed(0)} bytes a version`);

  const again = path.join(directory, 'rebuilt.sqlite');
  const rebuilt = openCatalog({ path: again, key, files });
  timed('rebuild', () => {
    for (const _ of rebuilt.rebuild(made));
  });
  rebuilt.close();
  console.log(
    `size ${(statSync(again).size / 1e6).toFixed(1)} MB, ${(statSync(again).size / versions).toFixed(0)} bytes a version`,
  );
  timed('open', () => openCatalog({ path: again, key, files })).close();
} finally {
  rmSync(directory, { recursive: true });
}
