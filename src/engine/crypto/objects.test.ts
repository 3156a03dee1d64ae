import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { seededRandom } from '../../../test/kit/seeded-random.ts';
import { acceptedFlips, acceptedTruncations, origin, refusal } from '../format/testing/hostile.ts';
import { packGrain, packTrailerBytes } from '../format/index.ts';
import { nativeSodium } from './native-sodium.ts';
import type { Sodium } from './sodium.ts';
import { StorageKeys } from './storage-keys.ts';
import { commitFile, packFile, type PlainRecord, readCommit, readPack, sealRecord, walkedRecords } from './testing/objects.ts';

const random = seededRandom(1);
const bytes = (length: number) => random.bytes(length);
const records: PlainRecord[] = [
  { type: 'chunk', plain: bytes(700) },
  { type: 'bundle', chunks: [bytes(10), bytes(300), bytes(1)] },
  { type: 'manifests', plain: bytes(500) },
  { type: 'chunk', plain: bytes(90) },
];
const previous = 'ab'.repeat(32) as never;

let sodium: Sodium;
let keys: StorageKeys;
let pack: Uint8Array;
let commit: Uint8Array;
beforeAll(async () => {
  sodium = await nativeSodium();
  keys = StorageKeys.create(sodium, random);
  pack = packFile(keys, random, records);
  commit = commitFile(keys, random, { sequence: 2, previous }, bytes(300));
});
const read = (file: Uint8Array) => readPack(keys, file, origin);

describe('a pack', () => {
  it('gives back its records, and is a multiple of 64 KiB', () => {
    expect(read(pack).map((record) => record.type)).toEqual(['chunk', 'bundle', 'manifests', 'chunk']);
    expect(read(pack)[0]?.plain).toEqual((records[0] as { plain: Uint8Array }).plain);
    expect(pack.length % packGrain).toBe(0);
  });

  it('is refused with any bit flipped at either end of it', () => {
    const table = pack.length - packTrailerBytes;
    // Not the first 48 bytes: the trailer has them, too, and is what is read here.
    const offsets = [...Array(packTrailerBytes).keys()].map((index) => table + index).concat([48, 60, 68, 100, 820, 839, 840]);
    expect(acceptedFlips(pack, read, offsets)).toEqual([]);
  });

  it('is refused with a bit flipped anywhere else', () => {
    const offsets = Array.from({ length: 100 }, () => 48 + random.below(pack.length - 48));
    expect(acceptedFlips(pack, read, offsets)).toEqual([]);
  });

  it('does not open a record with any single bit flipped', () => {
    const cipher = keys.beginPack(random);
    const record = sealRecord(cipher, 'chunk', 'ab'.repeat(32), bytes(256));
    const open = (file: Uint8Array) => cipher.opener.open('data', 0, file.subarray(0, 52), file.subarray(52));
    expect(open(record)).toHaveLength(256);
    expect(acceptedFlips(record, open)).toEqual([]);
    expect(acceptedTruncations(record, open)).toEqual([]);
  });

  it('is refused cut off anywhere', () => {
    expect(acceptedTruncations(pack.slice(0, 2000), read)).toEqual([]);
    for (let cut = 1; cut < 200; cut += 1) expect(refusal(() => read(pack.slice(0, -cut)))).toBeDefined();
  });

  it('is refused with two records swapped, one of them doubled, or one from another pack', () => {
    // Two packs with the same lengths, so that everything fits but the seals.
    const equal: PlainRecord[] = [
      { type: 'chunk', plain: bytes(100) },
      { type: 'chunk', plain: bytes(100) },
    ];
    const [one, two] = [packFile(keys, random, equal), packFile(keys, random, equal)];
    const length = 52 + 256 + 16;
    const first = one.slice(48, 48 + length);
    const second = one.slice(48 + length, 48 + 2 * length);
    const spliced = (at: number, record: Uint8Array) => {
      const file = one.slice();
      file.set(record, at);
      return file;
    };
    expect(refusal(() => read(one))).toBeUndefined();
    expect(refusal(() => read(spliced(48, second)))).toBe('storage.record-damaged');
    expect(refusal(() => read(spliced(48 + length, first)))).toBe('storage.record-damaged');
    expect(refusal(() => read(spliced(48, two.slice(48, 48 + length))))).toBe('storage.record-damaged');
  });

  it('cannot be read with the keys of another storage', () => {
    const others = StorageKeys.create(sodium, random);
    expect(refusal(() => readPack(others, pack, origin))).toBe('storage.record-damaged');
  });

  it('does not let a record pass for another type', () => {
    const cipher = keys.beginPack(random);
    const asChunk = sealRecord(cipher, 'chunk', 'ab'.repeat(32), bytes(300));
    for (const type of [2, 3, 4]) {
      const relabelled = asChunk.with(9, type);
      const purpose = type === 2 ? 'data' : 'meta';
      const open = () => cipher.opener.open(purpose, 0, relabelled.subarray(0, 52), relabelled.subarray(52));
      expect(refusal(open)).toBe('storage.record-damaged');
    }
  });
});

describe('a pack without its footer', () => {
  it('still gives every record', () => {
    const headless = pack.slice(0, -96);
    expect(walkedRecords(keys, headless, origin).map((record) => record.type)).toEqual([
      'chunk',
      'bundle',
      'manifests',
      'chunk',
      'footer',
    ]);
  });

  it('loses one record and no other to any damage within that record', () => {
    const whole = walkedRecords(keys, pack, origin);
    const firstLength = 52 + 768 + 16;
    fc.assert(
      fc.property(fc.nat(firstLength - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const hurt = pack.slice();
        hurt[48 + at] = (hurt[48 + at] as number) ^ flip;
        expect(walkedRecords(keys, hurt, origin)).toEqual(whole.slice(1));
      }),
      { numRuns: 300 },
    );
  });

  it('gives what is left behind a hole of any length', () => {
    const whole = walkedRecords(keys, pack, origin);
    fc.assert(
      fc.property(fc.nat(3000), fc.integer({ min: 1, max: 3000 }), (at, length) => {
        const hurt = pack.slice().fill(0, 48 + at, 48 + at + length);
        const left = walkedRecords(keys, hurt, origin);
        expect(whole).toEqual(expect.arrayContaining(left));
        expect(left.at(-1)?.type === 'footer' || at + length > 2000).toBe(true);
      }),
      { numRuns: 100 },
    );
  });
});

describe('a commit', () => {
  it('is refused with any single bit flipped', () => {
    expect(readCommit(keys, commit, origin)).toHaveLength(300);
    expect(acceptedFlips(commit, (file) => readCommit(keys, file, origin))).toEqual([]);
  });

  it('is refused with the keys of another storage, and so is STORAGE', () => {
    const others = StorageKeys.create(sodium, random);
    expect(refusal(() => readCommit(others, commit, origin))).toBe('storage.damaged');
    expect(others.isMac(1, commit, keys.mac(1, commit))).toBe(false);
    expect(keys.isMac(2, commit, keys.mac(1, commit))).toBe(false);
  });

  it('does not open as a record, nor a record as a commit', () => {
    const cipher = keys.beginPack(random);
    const record = sealRecord(cipher, 'manifests', 'ab'.repeat(32), bytes(300));
    const asCommit = { epoch: 1, salt: cipher.salt, head: record.subarray(0, 52), sealed: record.subarray(52) };
    expect(refusal(() => keys.openCommit(asCommit, { ...origin }))).toBe('storage.damaged');
  });
});
