import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { nativeSodium } from './native-sodium.ts';
import { cryptoKind, openSodium, selfTest, startCrypto } from './index.ts';
import type { Sodium } from './sodium.ts';
import { computeVectors, runVectors, type Vectors } from './testing/vectors.ts';
import { wasmSodium } from './wasm-sodium.ts';

const folder = new URL('../../../test/golden/vectors/', import.meta.url);
const golden: Vectors = Object.fromEntries(
  readdirSync(folder).map((file) => [
    file.replace('.json', ''),
    JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as unknown,
  ]),
);

describe.each<[Sodium['kind'], () => Promise<Sodium>]>([
  ['native', nativeSodium],
  ['wasm', wasmSodium],
])('libsodium, %s', (kind, open) => {
  it('gives the golden bytes', { timeout: 60_000 }, async () => {
    const sodium = await open();
    expect(sodium.kind).toBe(kind);
    expect(await runVectors(sodium, golden)).toBe(11);
  });

  it('passes its self-test', { timeout: 30_000 }, async () => {
    await selfTest(await open(), 'full');
  });

  it('fails its self-test when one bit of an answer is wrong', { timeout: 30_000 }, async () => {
    const sodium = await open();
    const broken: Sodium[] = [
      { ...sodium, keyedHash: (into, message, key) => (sodium.keyedHash(into, message, key), flip(into)) },
      { ...sodium, seal: (into, ...rest) => (sodium.seal(into, ...rest), flip(into)) },
      { ...sodium, open: (into, ...rest) => (sodium.open(into, ...rest), true) },
      { ...sodium, argon2id: async (into, ...rest) => (await sodium.argon2id(into, ...rest), flip(into)) },
    ];
    for (const each of broken) await expect(selfTest(each, 'full')).rejects.toThrow('wrong answer');
  });

  it('hashes in pieces what it hashes at once, and seals in place', async () => {
    const sodium = await open();
    const key = new Uint8Array(32).fill(1);
    const bytes = Uint8Array.from({ length: 1000 }, (_, index) => index & 0xff);
    const [whole, pieces] = [new Uint8Array(32), new Uint8Array(32)];
    sodium.keyedHash(whole, bytes, key);
    const hasher = sodium.keyedHasher(key, 32);
    for (let at = 0; at < 1000; at += 37) hasher.update(bytes.subarray(at, at + 37));
    hasher.digest(pieces);
    expect(pieces).toEqual(whole);

    const nonce = new Uint8Array(24);
    const apart = new Uint8Array(1016);
    sodium.seal(apart, bytes, key, nonce, key);
    const place = new Uint8Array(1016);
    place.set(bytes);
    sodium.seal(place, place.subarray(0, 1000), key, nonce, key);
    expect(place).toEqual(apart);
    expect(sodium.open(place.subarray(0, 1000), place, key, nonce, key)).toBe(true);
    expect(place.subarray(0, 1000)).toEqual(bytes);
  });
});

describe('the vectors', () => {
  it('differ as soon as anything does', { timeout: 60_000 }, async () => {
    const sodium = await nativeSodium();
    const otherKeys: Sodium = {
      ...sodium,
      keyedHash: (into, message, key) => (sodium.keyedHash(into, message, key), flip(into)),
    };
    await expect(runVectors(otherKeys, golden)).rejects.toThrow('differ');
    await expect(runVectors(sodium, { ...golden, more: [] })).rejects.toThrow('more');
    expect(Object.keys(await computeVectors(sodium)).sort()).toEqual(Object.keys(golden).sort());
  });
});

describe('the description of the format', () => {
  const hasPython = spawnSync('python3', ['--version']).status === 0;

  it.runIf(hasPython)('is enough to open the vectors without a line of this program', { timeout: 60_000 }, () => {
    const script = fileURLToPath(new URL('../../../docs/format/second_opinion.py', import.meta.url));
    expect(spawnSync('python3', [script], { encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' });
  });
});

describe('choosing a libsodium', () => {
  it('takes the native one where it loads, and says so', async () => {
    await startCrypto();
    expect(cryptoKind()).toBe('native');
    expect(await openSodium()).toBe(await openSodium());
  });
});

function flip(bytes: Uint8Array): void {
  bytes[0] = (bytes[0] as number) ^ 1;
}
