import { beforeAll, describe, expect, it, vi } from 'vitest';
import { seededRandom } from '../../../test/kit/seeded-random.ts';
import { exportSecret, keysFromSecret } from './device-secret.ts';
import { nativeSodium } from './native-sodium.ts';
import type { Sodium } from './sodium.ts';
import { StorageKeys } from './storage-keys.ts';

/** Passes everything on and remembers which (key, nonce) pairs sealed something. */
function watched(sodium: Sodium): {
  readonly sodium: Sodium;
  readonly pairs: Set<string>;
  readonly keys: Set<string>;
  sealed: number;
} {
  const seen = { pairs: new Set<string>(), keys: new Set<string>(), sealed: 0 };
  const seal: Sodium['seal'] = (into, plain, associated, nonce, key) => {
    const keyText = Buffer.from(key).toString('latin1');
    seen.keys.add(keyText);
    seen.pairs.add(keyText + Buffer.from(nonce).toString('latin1'));
    seen.sealed += 1;
    sodium.seal(into, plain, associated, nonce, key);
  };
  return Object.assign(seen, { sodium: { ...sodium, seal } });
}

const body = new Uint8Array(8);
const into = new Uint8Array(24);
const header = new Uint8Array(52);

let sodium: Sodium;
beforeAll(async () => {
  sodium = await nativeSodium();
});

describe('nonces', () => {
  it('never repeat under one key, over storages, epochs, packs, commits, and records of both kinds', () => {
    const random = seededRandom(1);
    const watch = watched(sodium);
    for (let storage = 0; storage < 10; storage += 1) {
      const masters = [1, 2].map((epoch) => ({ epoch, key: random.bytes(32) }));
      for (const keys of [
        new StorageKeys(
          watch.sodium,
          masters.slice(0, 1).map((m) => ({ ...m, key: m.key.slice() })),
        ),
        new StorageKeys(watch.sodium, masters),
      ]) {
        for (let pack = 0; pack < 20; pack += 1) {
          const cipher = keys.beginPack(random);
          for (let record = 0; record < 100; record += 1) cipher.seal(record % 3 === 0 ? 'meta' : 'data', header, body, into);
          keys.beginCommit(random).seal(header, body);
        }
      }
    }
    expect(watch.sealed).toBe(10 * 2 * 20 * 101);
    expect(watch.pairs.size).toBe(watch.sealed);
    // Data key, meta key and commit key of every pack and commit: no two alike.
    expect(watch.keys.size).toBe(10 * 2 * 20 * 3);
  });

  it('do not repeat when sealing fails half-way', () => {
    const keys = StorageKeys.create(sodium, seededRandom(2));
    const cipher = keys.beginPack(seededRandom(3));
    expect(() => cipher.seal('data', header, body, into.subarray(1))).toThrow();
    expect(cipher.ordinal).toBe(1);
  });

  it('cannot be chosen: a cipher offers no way to set its number or its salt', () => {
    const keys = StorageKeys.create(sodium, seededRandom(2));
    const cipher = keys.beginPack(seededRandom(3));
    expect(() => Object.assign(cipher, { ordinal: 0 })).toThrow(TypeError);
    expect(cipher.seal.length).toBe(4); // purpose, header, body, into
  });

  it('end with the pack: after wiping nothing is sealed', () => {
    const cipher = StorageKeys.create(sodium, seededRandom(2)).beginPack(seededRandom(3));
    cipher.wipe();
    expect(() => cipher.seal('data', header, body, into)).toThrow(RangeError);
  });

  it('end with the commit: it is sealed once', () => {
    const sealer = StorageKeys.create(sodium, seededRandom(2)).beginCommit(seededRandom(3));
    sealer.seal(header, body);
    expect(() => sealer.seal(header, body)).toThrow('once');
  });

  it('are not risked on a generator that repeats itself', () => {
    const keys = StorageKeys.create(sodium, seededRandom(2));
    keys.beginPack(seededRandom(3));
    expect(() => keys.beginPack(seededRandom(3))).toThrow('repeats');
    expect(() => keys.beginCommit(seededRandom(3))).toThrow('repeats');
    expect(() => keys.beginPack({ bytes: () => new Uint8Array(16) })).toThrow('repeats');
  });
});

describe('the keys of a storage', () => {
  it('give ids that mean something only there', () => {
    const [one, two] = [StorageKeys.create(sodium, seededRandom(1)), StorageKeys.create(sodium, seededRandom(2))];
    const bytes = Buffer.from('the same file');
    expect(one.chunkId(bytes)).toMatch(/^[0-9a-f]{64}$/);
    expect(one.chunkId(bytes)).not.toBe(two.chunkId(bytes));
    expect(one.recordId(bytes)).not.toBe(one.chunkId(bytes));
  });

  it('give a content a digest that its chunks and their order have, and a lone chunk its id', () => {
    const keys = StorageKeys.create(sodium, seededRandom(1));
    const [in_, pieces] = [keys.chunkId(Buffer.from('in ')), keys.chunkId(Buffer.from('pieces'))];
    expect(keys.contentDigest([in_])).toBe(in_);
    expect(keys.contentDigest([])).toBe(keys.chunkId(new Uint8Array(0)));
    const digests = [
      [in_, pieces],
      [pieces, in_],
      [in_, in_, pieces],
      [in_, in_],
    ].map((chunks) => keys.contentDigest(chunks));
    expect(new Set([...digests, in_, pieces]).size).toBe(6);
    // What a chunk's id is made of has 32 bytes, so no chunk of any bytes has the digest of several.
    expect(keys.chunkId(Buffer.from(`${in_}${pieces}`, 'hex'))).not.toBe(digests[0]);
    expect(keys.epochOf(in_, Buffer.from('in '))).toBe(keys.epoch);
  });

  it('of two epochs read both, write the newer, and cut as in the first', () => {
    const [a, b] = [seededRandom(1).bytes(32), seededRandom(2).bytes(32)];
    const first = new StorageKeys(sodium, [{ epoch: 1, key: a.slice() }]);
    const both = new StorageKeys(sodium, [
      { epoch: 2, key: b.slice() },
      { epoch: 1, key: a.slice() },
    ]);
    expect(both.epoch).toBe(2);
    expect(both.gear()).toEqual(first.gear());
    expect(both.catalogKey()).not.toBe(first.catalogKey());
    expect(both.chunkId(body, 1)).toBe(first.chunkId(body));
    const old = first.beginPack(seededRandom(3));
    old.seal('data', header, body, into);
    expect(both.packOpener(1, old.salt, {}).open('data', 0, header, into)).toEqual(body);
    expect(() => first.packOpener(2, old.salt, {})).toThrow(expect.objectContaining({ code: 'storage.record-damaged' }));
  });

  it('are gone after wiping', () => {
    const keys = StorageKeys.create(sodium, seededRandom(1));
    const [master] = keys.masters();
    keys.wipe();
    // Guarded memory is given back, so that nothing can be sealed with zeros by mistake.
    expect(master?.key.length).toBe(0);
    expect(() => keys.chunkId(body)).toThrow('wiped');
    expect(() => keys.beginPack(seededRandom(2))).toThrow('wiped');
  });

  it('do not show in logs', () => {
    const keys = StorageKeys.create(sodium, seededRandom(1));
    const secret = Buffer.from(keys.masters()[0]?.key ?? []).toString('hex');
    const spoken = vi.fn<(text: string) => void>();
    spoken(JSON.stringify(keys));
    spoken(String(keys));
    for (const [text] of spoken.mock.calls) expect(text).not.toContain(secret.slice(0, 8));
    expect(Object.keys(keys)).toEqual(['epoch']);
  });

  it('come back from the secret that a keychain keeps', () => {
    const keys = StorageKeys.create(sodium, seededRandom(1));
    const again = keysFromSecret(sodium, exportSecret(keys), 'Vault');
    expect(again.chunkId(body)).toBe(keys.chunkId(body));
    expect(again.catalogKey()).toBe(keys.catalogKey());
    for (const text of [
      '',
      'strata1:',
      'password',
      exportSecret(keys).slice(0, -3),
      `${exportSecret(keys)}AAAA`,
      exportSecret(keys).replace('1', '2'),
    ]) {
      expect(() => keysFromSecret(sodium, text, 'Vault')).toThrow(expect.objectContaining({ code: 'storage.needs-password' }));
    }
  });

  it('can be made and dropped by the thousand, which guarded memory for every pack would not survive', () => {
    const keys = StorageKeys.create(sodium, seededRandom(1));
    const random = seededRandom(2);
    const kept = Array.from({ length: 30_000 }, () => keys.beginPack(random));
    expect(kept.length).toBe(30_000);
  });
});
