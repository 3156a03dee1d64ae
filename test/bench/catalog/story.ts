import type { ChunkLocation, CommitContents } from '../../../src/shared/domain/commit.ts';
import type { ItemId, PackId } from '../../../src/shared/domain/ids.ts';
import type { Manifest } from '../../../src/shared/domain/item.ts';
import {
  CommitChain,
  folderOf,
  madeHash,
  madeId,
  manifestOf,
  nextOf,
  rawContent,
} from '../../../src/engine/catalog/testing/commits.ts';

/** Half of them begin items. */
export const versions = Number(process.argv[2] ?? 200_000);
export const commitSize = 30_000;
export const folderCount = Math.max(20, Math.round(versions / 4000));

let state = Number(process.argv[3] ?? 42);
/** Mulberry32: small, fast, the same everywhere. */
function random(): number {
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
}
export const below = (limit: number): number => Math.floor(random() * limit);

export const syllables = [
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
export const anyWord = (): string => word(Math.floor(20_000 * random() ** 3));
const words = (count: number): string => Array.from({ length: count }, anyWord).join(' ');
const people = Array.from({ length: 3000 }, () => {
  const [first, last] = [anyWord(), anyWord()];
  return `${first} ${last} <${first}.${last}@${anyWord()}.example>`;
});
const person = (): string => people[Math.floor(people.length * random() ** 2)] ?? '';

export const startMs = Date.UTC(2024, 0, 1);
export const folders = Array.from({ length: folderCount }, (_, at) =>
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

export const chain = new CommitChain();
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
export function commits(): CommitContents[] {
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
