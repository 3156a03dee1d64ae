// Items as files, under names that are harmless everywhere.
import fs from 'node:fs';
import path from 'node:path';
import { sha256 } from './bytes.mjs';

/** @typedef {import('./contents.mjs').Contents} Contents */
/** @typedef {import('./contents.mjs').Manifest} Manifest */

/** One name of a path, made harmless for every system. @param {string} name */
export function safe(name) {
  const plain = name
    .normalize('NFC')
    .replaceAll(/[\u0000-\u001f\u007f<>:"/\\|?*\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '_')
    .replace(/[. ]+$/, '');
  const reserved = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i.test(plain);
  const short = Buffer.byteLength(plain) > 200 ? `${plain.slice(0, 60)}~${sha256(Buffer.from(plain)).slice(0, 8)}` : plain;
  return short === '' || reserved || /^\.+$/.test(short) ? `_${short}` : short;
}

/** @param {Contents} contents @param {Manifest} manifest @param {string} wish */
export function writeItem(contents, manifest, wish) {
  const name = manifest.kind === 'message' ? `${wish}.eml` : wish;
  fs.mkdirSync(path.dirname(name), { recursive: true });
  const [part] = manifest.contents;
  if (part === undefined)
    return fs.writeFileSync(`${freeName(name)}.json`, JSON.stringify(manifest.metadata, null, 2), { flag: 'wx' });
  const goal = freeName(name);
  const file = fs.openSync(`${goal}.part`, 'wx', 0o600);
  try {
    for (const bytes of contents.content(part)) fs.writeSync(file, bytes);
  } catch (error) {
    fs.rmSync(`${goal}.part`);
    throw error;
  } finally {
    fs.closeSync(file);
  }
  const { timeMs } = manifest.summary;
  if (timeMs !== undefined) fs.utimesSync(`${goal}.part`, timeMs / 1000, timeMs / 1000);
  fs.renameSync(`${goal}.part`, goal);
}

/** Two items may have one name, or names that one system takes for one. @param {string} name */
export function freeName(name) {
  const { dir, name: stem, ext } = path.parse(name);
  let free = name;
  for (let number = 2; fs.existsSync(free) || fs.existsSync(`${free}.json`); number += 1)
    free = path.join(dir, `${stem} (${number})${ext}`);
  return free;
}
