// Numbers, hashes and files, as the format's conventions have them: docs/format/README.md.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';

/** What ends the program with one sentence. */
export class Complaint extends Error {}
/** @param {string} why @returns {never} */
export const complain = (why) => {
  throw new Complaint(why);
};

let damages = 0;
/** How much was found damaged so far. */
export const damageCount = () => damages;

/** @param {string} text */
export const warn = (text) => {
  damages += 1;
  console.error(`Warning: ${text}`);
};

/** What fails is told, and the rest goes on. @param {string} what @param {() => void} action */
export function attempt(what, action) {
  try {
    action();
  } catch (error) {
    warn(`${what}: ${error instanceof Error ? error.message : error}`);
  }
}

export const sodium = await import('libsodium-wrappers')
  .catch(() => import('libsodium-wrappers-sumo'))
  .then((module) => module.default);
await sodium.ready;

/** @param {Uint8Array} bytes */
export const view = (bytes) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
/** @param {Uint8Array} bytes @param {number} at */
export const u32 = (bytes, at) => view(bytes).getUint32(at, true);
/** @param {Uint8Array} bytes @param {number} at */
export const u16 = (bytes, at) => view(bytes).getUint16(at, true);
/** @param {Uint8Array} bytes */
export const hex = (bytes) => Buffer.from(bytes).toString('hex');
/** @param {Uint8Array} bytes */
export const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');
/** @param {Uint8Array} key @param {Uint8Array} message @returns {Uint8Array} */
export const keyed = (key, message) => sodium.crypto_generichash(32, message, key);
/** @param {Uint8Array} parent @param {string} label @param {Uint8Array} [context] */
export const derive = (parent, label, context = new Uint8Array(0)) =>
  keyed(parent, Buffer.concat([Uint8Array.of(label.length), Buffer.from(label, 'ascii'), context]));
/** @param {Uint8Array} key @param {Uint8Array} nonce @param {Uint8Array} associated @param {Uint8Array} sealed @returns {Uint8Array} */
export const unseal = (key, nonce, associated, sealed) =>
  sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(null, sealed, associated, nonce, key);
/** @param {Uint8Array} bytes @param {string} name */
export const startsWith = (bytes, name) =>
  bytes.length > 8 && bytes[0] === 0x89 && bytes[7] === 0x0a && Buffer.from(bytes.subarray(1, 7)).toString('ascii') === name;
/** @param {Uint8Array} file @param {string} magic */
export const isWhole = (file, magic) =>
  startsWith(file, magic) && zlib.crc32(file.subarray(0, -4)) === u32(file, file.length - 4);

/** @param {string} folder @param {string} name @returns {Uint8Array | undefined} */
export function readMaybe(folder, name) {
  try {
    return fs.readFileSync(path.join(folder, name));
  } catch {
    return undefined; // its copy may be there; what is missing in the end is told by name
  }
}

/** @param {string} folder @param {string} name @returns {string[]} */
export const namesIn = (folder, name) =>
  fs.existsSync(path.join(folder, name)) ? fs.readdirSync(path.join(folder, name)).sort() : [];
