#!/usr/bin/env node
// Lists and extracts what a Strata storage holds, without Strata: this folder, Node 22.15 or newer, and `libsodium-wrappers-sumo`.
// It is written from docs/format alone and shares no line with the app, so that a storage can be opened for as long as somebody
// can run a script. It reads and never writes to the storage. README.md beside it says how to use it.
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import zlib from 'node:zlib';
import { attempt, Complaint, complain, damageCount } from './bytes.mjs';
import { readCommits } from './commits.mjs';
import { Contents } from './contents.mjs';
import { historyOf } from './history.mjs';
import { readHeader, unlock } from './keys.mjs';
import { safe, writeItem } from './writing.mjs';

/** @typedef {import('./contents.mjs').Manifest} Manifest */

const help = `Usage: node strata-extract.mjs COMMAND STORAGE [OPTIONS]

  moments STORAGE                     what can be gone back to
  list STORAGE [--at TIME]            every item: its id, size, path
  extract STORAGE OUT [--at TIME] [--path PART]   writes items, each checked, below the new folder OUT
  history STORAGE ITEM                all versions of an item, as JSON
  verify STORAGE                      reads everything and says what is damaged

  --password-file FILE   or   --recovery-key FILE   (or STRATA_PASSWORD)`;

/** @param {string | undefined} text */
function timeOf(text) {
  if (text === undefined) return Number.MAX_SAFE_INTEGER;
  const time = Date.parse(text);
  return Number.isNaN(time) ? complain(`"${text}" is no time, like 2026-03-01T10:00:00Z.`) : time;
}

/** @param {Contents} contents */
function moments(contents) {
  for (const { sequence, payload } of contents.commits) {
    if (payload.kind !== 'full' || contents.forgotten?.has(sequence)) continue;
    console.log(`${new Date(payload.atMs).toISOString()}  ${payload.job.name}`);
  }
}

/** @param {Contents} contents @param {number} atMs */
function list(contents, atMs) {
  const state = contents.at(atMs);
  for (const manifest of state.values()) {
    if (manifest.kind !== 'folder')
      console.log([manifest.item, manifest.sizeBytes, contents.pathOf(manifest, state).join('/')].join('\t'));
  }
}

/** @param {Contents} contents @param {string} out @param {number} atMs @param {string} part */
function extract(contents, out, atMs, part) {
  if (fs.existsSync(out)) complain('The folder to write to must not exist yet.');
  const state = contents.at(atMs);
  let written = 0;
  // In the order of the packs, so that each record is opened once.
  const wanted = [...state.values()]
    .filter(({ kind }) => kind !== 'folder')
    .map((manifest) => ({ manifest, segments: contents.pathOf(manifest, state) }));
  /** @param {Manifest} manifest */
  const order = ({ contents: [first] }) => {
    const place = contents.places.get(first?.chunks[0] ?? '');
    return place === undefined
      ? ''
      : `${place.pack}.${String(place.ordinal).padStart(6, '0')}.${String(place.at).padStart(9, '0')}`;
  };
  for (const { manifest, segments } of wanted.sort((a, b) => (order(a.manifest) < order(b.manifest) ? -1 : 1))) {
    if (!segments.join('/').includes(part)) continue;
    attempt(segments.join('/'), () => {
      writeItem(contents, manifest, path.join(out, ...segments.map(safe)));
      written += 1;
    });
  }
  console.error(`${written} items were written, each checked.`);
}

/** @param {Contents} contents */
function verify(contents) {
  let read = 0;
  for (const manifest of contents.manifests) {
    if (contents.hidden.has(`${manifest.item}.${manifest.version}`)) continue;
    for (const part of manifest.contents) {
      attempt(`${manifest.name}, version ${manifest.version}`, () => {
        for (const bytes of contents.content(part)) read += bytes.length;
      });
    }
  }
  console.log(
    `${contents.commits.length} commits, ${contents.manifests.length} versions, ${read} bytes of content, ${damageCount()} damaged.`,
  );
}

/** @param {{ 'password-file'?: string | undefined, 'recovery-key'?: string | undefined }} values */
function secretOf(values) {
  if (values['recovery-key'] !== undefined) return { words: fs.readFileSync(values['recovery-key'], 'utf8') };
  const file = values['password-file'];
  const password = file === undefined ? process.env['STRATA_PASSWORD'] : fs.readFileSync(file, 'utf8').replace(/\r?\n$/, '');
  return password === undefined ? complain('Give --password-file, --recovery-key, or STRATA_PASSWORD.') : { password };
}

function main() {
  const options = /** @type {const} */ ({
    'password-file': { type: 'string' },
    'recovery-key': { type: 'string' },
    at: { type: 'string' },
    path: { type: 'string' },
  });
  const { values, positionals } = parseArgs({ allowPositionals: true, options });
  const [command = '', storage = '', third = ''] = positionals;
  const wanted = { moments: 2, list: 2, verify: 2, extract: 3, history: 3 }[command];
  if (wanted === undefined || positionals.length !== wanted) {
    console.error(help);
    return 2;
  }
  if (typeof zlib.zstdDecompressSync !== 'function') complain('This needs Node 22.15 or newer.');
  const header = readHeader(storage);
  const keys = unlock(storage, header, secretOf(values));
  const contents = new Contents(storage, keys, readCommits(storage, keys, header.id));
  const atMs = timeOf(values.at);
  if (command === 'moments') moments(contents);
  if (command === 'list') list(contents, atMs);
  if (command === 'extract') extract(contents, path.resolve(third), atMs, values.path ?? '');
  if (command === 'history') console.log(JSON.stringify(historyOf(contents, third), null, 2));
  if (command === 'verify') verify(contents);
  return damageCount() > 0 ? 6 : 0;
}

try {
  process.exitCode = main();
} catch (error) {
  if (!(error instanceof Complaint)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
