// Header, key slots and recovery key: docs/format/{header,key-slots,recovery-key}.md.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { complain, derive, hex, isWhole, keyed, namesIn, readMaybe, sodium, u16, u32, unseal } from './bytes.mjs';

export class Keys {
  /** @param {Map<number, Uint8Array>} masters */
  constructor(masters) {
    this.masters = masters;
    this.newest = Math.max(...masters.keys());
  }

  /** @param {number} epoch @param {string} label */
  of(epoch, label) {
    return derive(this.masters.get(epoch) ?? complain(`There is no key for epoch ${epoch}.`), label);
  }

  /** Ids are keyed by the epoch in which they were made, which nothing else tells. @param {string} id @param {Uint8Array} bytes */
  isId(id, bytes) {
    return this.#isKeyed(id, createHash('sha256').update(bytes).digest());
  }

  /** @param {string} digest @param {string[]} chunks Their ids. */
  isDigest(digest, chunks) {
    if (chunks.length === 0) return this.isId(digest, new Uint8Array(0));
    return chunks.length === 1 ? digest === chunks[0] : this.#isKeyed(digest, Buffer.from(chunks.join(''), 'hex'));
  }

  /** @param {string} id @param {Uint8Array} message */
  #isKeyed(id, message) {
    return [...this.masters.keys()].some((epoch) => hex(keyed(this.of(epoch, 'chunk-id'), message)) === id);
  }
}

/** @param {string} storage */
export function readHeader(storage) {
  for (const name of ['STORAGE', 'STORAGE.1', 'STORAGE.2']) {
    const file = readMaybe(storage, name);
    if (file === undefined || !isWhole(file, 'STRATA')) continue;
    const needs = Buffer.from(file.subarray(12, 32)).toString('ascii').replace(/\0+$/, '');
    if (u16(file, 8) > 1 || u32(file, 32) !== 0) complain(`This storage needs the reader of Strata ${needs} or newer.`);
    return {
      file,
      id: Buffer.from(file.subarray(44, 64)).toString('ascii'),
      name: Buffer.from(file.subarray(90, 90 + u16(file, 88))).toString(),
    };
  }
  return complain('There is no storage here: no STORAGE file is whole.');
}

/** @param {string} words @returns {Uint8Array} */
export function recoveryKey(words) {
  const list = fs.readFileSync(wordList(), 'ascii').split('\n').filter(Boolean);
  const typed = words.toLowerCase().match(/[a-z]+/g) ?? [];
  const numbers = typed.map((word) => list.findIndex((known) => known === word || (word.length >= 4 && known.startsWith(word))));
  const wrong = numbers.indexOf(-1);
  if (wrong >= 0) complain(`Word ${wrong + 1} of the recovery key is not in the list.`);
  if (numbers.length !== 24) complain(`A recovery key has 24 words; these are ${numbers.length}.`);
  const bits = numbers.map((number) => number.toString(2).padStart(11, '0')).join('');
  const bytes = Uint8Array.from({ length: 33 }, (_, at) => Number.parseInt(bits.slice(at * 8, at * 8 + 8), 2));
  if (createHash('sha256').update(bytes.subarray(0, 32)).digest()[0] !== bytes[32])
    complain('The recovery key has a mistake: its checksum is wrong.');
  return bytes.subarray(0, 32);
}

/** Beside this file in a release, in the description of the format in a clone. */
export function wordList() {
  const near = [new URL('recovery-words.txt', import.meta.url), new URL('../../docs/format/recovery-words.txt', import.meta.url)];
  return (
    near.find((url) => fs.existsSync(url)) ?? complain('The list of words, recovery-words.txt, is missing beside this file.')
  );
}

/** @param {string} storage @param {{ file: Uint8Array, id: string }} header @param {{ password?: string, words?: string }} secret */
export function unlock(storage, header, secret) {
  const kind = secret.words === undefined ? 1 : 2;
  const names = new Set([...namesIn(storage, 'keys'), ...namesIn(storage, 'copies/keys')]);
  const key = secret.words === undefined ? undefined : recoveryKey(secret.words);
  /** Of several that open, the one with the most master keys counts. @type {Keys | undefined} */
  let best;
  for (const name of names) {
    for (const slot of [readMaybe(storage, `keys/${name}`), readMaybe(storage, `copies/keys/${name}`)]) {
      if (slot === undefined || !isWhole(slot, 'STRKEY') || slot[10] !== kind) continue;
      const masters = openSlot(slot, key ?? passwordKey(slot, secret.password ?? ''));
      if (masters === undefined) continue;
      const keys = new Keys(masters);
      if (hex(keyed(keys.of(1, 'commit-mac'), header.file.subarray(0, -36))) !== hex(header.file.subarray(-36, -4))) continue;
      if (best === undefined || keys.masters.size > best.masters.size) best = keys;
    }
  }
  return best ?? complain(kind === 1 ? 'No slot opens with this password.' : 'No slot opens with this recovery key.');
}

/** @param {Uint8Array} slot @param {string} password */
export function passwordKey(slot, password) {
  const [memory, passes] = [u32(slot, 12), u32(slot, 16)];
  // A hostile storage must not make us wait for ever, or eat all memory.
  if (memory < 65_536 || memory > 2_097_152 || passes < 2 || passes > 20)
    complain('A slot asks for a cost that Strata never writes.');
  const argon = sodium.crypto_pwhash_ALG_ARGON2ID13;
  return sodium.crypto_pwhash(32, password.normalize('NFKC'), slot.subarray(52, 68), passes, memory * 1024, argon);
}

/** @param {Uint8Array} slot @param {Uint8Array} secret @returns {Map<number, Uint8Array> | undefined} */
export function openSlot(slot, secret) {
  const key = slot[10] === 1 ? derive(secret, 'slot-password') : derive(secret, 'slot-recovery', slot.subarray(52, 68));
  try {
    const plain = unseal(key, slot.subarray(68, 92), slot.subarray(0, 100), slot.subarray(100, 100 + u32(slot, 96)));
    const count = u32(slot, 92);
    return new Map(Array.from({ length: count }, (_, at) => [u32(plain, at * 36), plain.slice(at * 36 + 4, at * 36 + 36)]));
  } catch {
    return undefined; // another secret's slot
  }
}
