// Packs, their records and footers: docs/format/pack.md.
import fs from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';
import { derive, hex, startsWith, u32, unseal } from './bytes.mjs';

/** @typedef {{ type: number, ordinal: number, offset: number, length: number, plainLength: number, id: string,
 *   chunks: { id: string, length: number }[] }} Entry */
/** @typedef {import('./keys.mjs').Keys} Keys */

/** @param {Uint8Array} body */
export function openBody(body) {
  const [plainLength, storedLength] = [u32(body, 1), u32(body, 5)];
  const stored = body.subarray(9, 9 + storedLength);
  if (plainLength > 64 * 1024 * 1024 || stored.length !== storedLength) throw new Error('body');
  const plain = body[0] === 0 ? stored : zlib.zstdDecompressSync(stored, { maxOutputLength: plainLength + 1 });
  if (plain.length !== plainLength) throw new Error('length');
  return plain;
}

export class Packs {
  /** @param {string} storage @param {Keys} keys */
  constructor(storage, keys) {
    this.storage = storage;
    this.keys = keys;
    /** @type {Map<string, { salt: Uint8Array, data: Uint8Array, meta: Uint8Array, file: number }>} */
    this.open = new Map();
    /** The record that was opened last: items of a bundle are read one behind the other. */
    this.last = { key: '', plain: /** @type {Uint8Array} */ (new Uint8Array(0)) };
  }

  /** @param {string} pack */
  handle(pack) {
    const known = this.open.get(pack);
    if (known !== undefined) return known;
    const file = fs.openSync(path.join(this.storage, 'packs', pack.slice(0, 2), `${pack}.pack`), 'r');
    const size = fs.fstatSync(file).size;
    // The header lies at both ends; the one whose keys open the footer is right.
    const [front, end] = [read(file, 0, 48), read(file, size - 96, 48)];
    for (const header of [front, end]) {
      if (!startsWith(header, 'STRPCK') || !this.keys.masters.has(u32(header, 12))) continue;
      const salt = header.slice(16, 48);
      const data = derive(this.keys.of(u32(header, 12), 'data-enc'), 'pack-data', salt);
      const meta = derive(this.keys.of(u32(header, 12), 'meta-enc'), 'pack-meta', salt);
      const opened = { salt, data, meta, file };
      if (header === front && hex(front) !== hex(end) && !this.opensFooter(opened, size)) continue;
      if (this.open.size > 200) this.close();
      this.open.set(pack, opened);
      return opened;
    }
    fs.closeSync(file);
    throw new Error(`pack ${pack}: no header`);
  }

  /** @param {{ salt: Uint8Array, data: Uint8Array, meta: Uint8Array, file: number }} opened @param {number} size */
  opensFooter(opened, size) {
    try {
      const trailer = read(opened.file, size - 96, 96);
      this.openRecord(opened, read(opened.file, u32(trailer, 48), u32(trailer, 52)));
      return true;
    } catch {
      return false; // the other header, then
    }
  }

  /** @param {{ salt: Uint8Array, data: Uint8Array, meta: Uint8Array }} opened @param {Uint8Array} record */
  openRecord({ salt, data, meta }, record) {
    const head = record.subarray(0, 52);
    if (!startsWith(head, 'STRREC') || 36 + u32(head, 16) + 16 !== record.length) throw new Error('record header');
    const ordinal = head.slice(12, 16);
    const nonce = Buffer.concat([ordinal, Buffer.alloc(20)]);
    const key = (head[9] ?? 0) <= 2 ? data : meta;
    return openBody(unseal(key, nonce, Buffer.concat([head, salt, ordinal]), record.subarray(52)));
  }

  /** @param {string} pack @param {{ ordinal: number, offset: number, length: number }} place */
  plain(pack, { ordinal, offset, length }) {
    const key = `${pack}.${ordinal}`;
    if (this.last.key !== key) {
      const opened = this.handle(pack);
      this.last = { key, plain: this.openRecord(opened, read(opened.file, offset, length)) };
    }
    return this.last.plain;
  }

  /** What the footer says, or where it is damaged, what the records themselves say. @param {string} pack @returns {Entry[]} */
  entries(pack) {
    const opened = this.handle(pack);
    const size = fs.fstatSync(opened.file).size;
    try {
      const trailer = read(opened.file, size - 96, 96);
      return parseFooter(this.openRecord(opened, read(opened.file, u32(trailer, 48), u32(trailer, 52))));
    } catch {
      return [...this.walk(opened, read(opened.file, 0, size))];
    }
  }

  /** @param {{ salt: Uint8Array, data: Uint8Array, meta: Uint8Array }} opened @param {Uint8Array} bytes @returns {Generator<Entry>} */
  *walk(opened, bytes) {
    const magic = Buffer.from('89535452524543' + '0a', 'hex');
    const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (let offset = whole.indexOf(magic); offset >= 0; offset = whole.indexOf(magic, offset + 1)) {
      const length = 36 + u32(bytes, offset + 16) + 16;
      const type = bytes[offset + 9] ?? 0;
      if (type < 1 || type > 3 || offset + length > bytes.length) continue;
      try {
        const plain = this.openRecord(opened, bytes.subarray(offset, offset + length));
        const chunks = type === 2 ? bundleTable(plain) : [];
        yield {
          type,
          ordinal: u32(bytes, offset + 12),
          offset,
          length,
          plainLength: plain.length,
          id: hex(bytes.subarray(offset + 20, offset + 52)),
          chunks,
        };
      } catch {
        // A damaged record, or no record at all: what needs it is told when it is asked for.
      }
    }
  }

  close() {
    for (const { file } of this.open.values()) fs.closeSync(file);
    this.open.clear();
  }
}

/** @param {number} file @param {number} offset @param {number} length */
export function read(file, offset, length) {
  const bytes = new Uint8Array(length);
  if (fs.readSync(file, bytes, 0, length, offset) !== length) throw new Error('cut off');
  return bytes;
}

/** @param {Uint8Array} plain @returns {Entry[]} */
export function parseFooter(plain) {
  const entries = [];
  let at = 4;
  let offset = 48;
  for (let ordinal = 0; ordinal < u32(plain, 0); ordinal += 1) {
    const [type, length, plainLength, parts] = [plain[at] ?? 0, u32(plain, at + 1), u32(plain, at + 5), u32(plain, at + 41)];
    const id = hex(plain.subarray(at + 9, at + 41));
    at += 45;
    const chunks = [];
    for (let part = 0; type === 2 && part < parts; part += 1, at += 36) {
      chunks.push({ id: hex(plain.subarray(at, at + 32)), length: u32(plain, at + 32) });
    }
    entries.push({ type, ordinal, offset, length, plainLength, id, chunks });
    offset += length;
  }
  return entries;
}

/** @param {Uint8Array} plain */
export function bundleTable(plain) {
  const count = u32(plain, plain.length - 4);
  const start = plain.length - 4 - count * 36;
  return Array.from({ length: count }, (_, at) => ({
    id: hex(plain.subarray(start + at * 36, start + at * 36 + 32)),
    length: u32(plain, start + at * 36 + 32),
  }));
}
