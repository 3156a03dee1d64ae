import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { password, Strata } from '../kit/command-line/strata.ts';
import { seededRandom } from '../kit/seeded-random.ts';

const tool = path.resolve(import.meta.dirname, '../../tools/extract/strata-extract.mjs');

let home: string;
let storage: string;
let strata: Strata;
let firstMoment: string;
const at = (...names: string[]): string => path.join(home, ...names);

/** The reader, as somebody runs it who has lost everything but the disk and the secret. */
function extract(words: readonly string[], secret: readonly string[] = ['--password-file', at('password')]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [tool, ...words, ...secret], { encoding: 'utf8' });
  return { status, out: stdout, err: stderr };
}

function message(number: number): string {
  return `From: ines@nord.example\r\nSubject: Quay ${number}\r\nDate: Mon, 02 Mar 2026 10:00:00 +0000\r\n\r\nline ${number}\r\n`;
}

/** Files by their bytes, wherever they lie: a reader may name them in its own way. */
const bytesBelow = (folder: string): string[] =>
  fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => fs.readFileSync(path.join(entry.parentPath, entry.name)).toString('base64'))
    .sort();

beforeAll(async () => {
  home = fs.mkdtempSync(path.join(os.tmpdir(), 'strata-extract-'));
  storage = at('storage');
  strata = new Strata(at('profile'));
  fs.writeFileSync(at('password'), `${password}\n`);
  fs.mkdirSync(at('docs', 'deep'), { recursive: true });
  fs.writeFileSync(at('docs', 'plan.txt'), 'first plan');
  fs.writeFileSync(at('docs', 'deep', 'large.bin'), seededRandom(3).bytes(9_000_000));
  fs.writeFileSync(at('docs', 'empty'), '');
  for (const folder of ['cur', 'new', 'tmp']) fs.mkdirSync(at('mail', folder), { recursive: true });
  for (let number = 0; number < 30; number += 1) fs.writeFileSync(at('mail', 'cur', `${number}.quay:2,S`), message(number));

  await strata.ok('storage', 'create', storage, '--name', 'Disk', '--recovery-key', at('key.txt'));
  await strata.ok('source', 'add', 'files', 'Docs', '--path', at('docs'));
  await strata.ok('source', 'add', 'maildir', 'Mail', '--path', at('mail'));
  await strata.ok('job', 'create', 'All', '--source', 'Docs', 'Mail', '--storage', 'Disk', '--mode', 'manual');
  await strata.ok('job', 'run', 'All', '--wait');
  firstMoment = extract(['moments', storage]).out.split(' ')[0] ?? '';
  fs.writeFileSync(at('docs', 'plan.txt'), 'second plan');
  fs.rmSync(at('docs', 'empty'));
  fs.rmSync(at('mail', 'cur', '7.quay:2,S'));
  await strata.ok('job', 'run', 'All', '--wait');
});

afterAll(() => fs.rmSync(home, { recursive: true, force: true }));

describe('the standalone reader', () => {
  it('gives every file and message of any moment, byte for byte, with the password alone', () => {
    const now = extract(['extract', storage, at('now')]);
    expect(now.status, now.err).toBe(0);
    const messages = Array.from({ length: 30 }, (_, number) => number).filter((number) => number !== 7);
    const expected = [
      ...messages.map((number) => Buffer.from(message(number))),
      Buffer.from('second plan'),
      fs.readFileSync(at('docs', 'deep', 'large.bin')),
    ];
    expect(bytesBelow(at('now'))).toEqual(expected.map((bytes) => bytes.toString('base64')).sort());

    const before = extract(['extract', storage, at('before'), '--at', firstMoment]);
    expect(before.status, before.err).toBe(0);
    expect(bytesBelow(at('before'))).toHaveLength(33);
    expect(bytesBelow(at('before'))).toContain(Buffer.from('first plan').toString('base64'));
  });

  it('opens with the 24 words as well, and with nothing else', () => {
    const key = ['--recovery-key', at('key.txt')];
    expect(extract(['list', storage], key).out).toContain('plan.txt');
    fs.writeFileSync(at('wrong'), 'not the password\n');
    const wrong = extract(['list', storage], ['--password-file', at('wrong')]);
    expect(wrong).toMatchObject({ status: 1, out: '', err: 'No slot opens with this password.\n' });
  });

  it('tells the history of an item as the app does', async () => {
    const [id] = (
      extract(['list', storage])
        .out.split('\n')
        .find((line) => line.endsWith('plan.txt')) ?? ''
    ).split('\t');
    const { out } = await strata.ok('history', 'Disk', id ?? '', '--json');
    expect(JSON.parse(extract(['history', storage, id ?? '']).out)).toEqual(JSON.parse(out));
  });

  it('writes everything that is whole and names what is not, where bytes were flipped', () => {
    const broken = at('broken');
    fs.cpSync(storage, broken, { recursive: true });
    const packs = fs
      .readdirSync(path.join(broken, 'packs'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile());
    const [largest] = packs
      .map((entry) => path.join(entry.parentPath, entry.name))
      .sort((a, b) => fs.statSync(b).size - fs.statSync(a).size);
    const file = fs.openSync(largest ?? '', 'r+');
    fs.writeSync(file, Buffer.from('damaged'), 0, 7, Math.floor(fs.statSync(largest ?? '').size / 2));
    fs.closeSync(file);
    const verdict = extract(['verify', broken]);
    expect(verdict.status).toBe(6);
    const { status, err } = extract(['extract', broken, at('saved')]);
    expect(status).toBe(6);
    expect(err).toContain('large.bin');
    expect(bytesBelow(at('saved'))).toContain(Buffer.from('second plan').toString('base64'));
    expect(fs.readdirSync(at('saved'), { recursive: true }).filter((name) => String(name).includes('large.bin'))).toEqual([]);
  });

  it('reads nothing of a storage that needs a newer one, and says which', () => {
    const newer = at('newer');
    fs.cpSync(storage, newer, { recursive: true });
    for (const name of ['STORAGE', 'STORAGE.1', 'STORAGE.2']) {
      const file = fs.readFileSync(path.join(newer, name));
      file.writeUInt32LE(1, 32);
      file.write('7.5.0\0', 12, 'ascii');
      file.writeUInt32LE(crc(file.subarray(0, -4)), file.length - 4);
      fs.writeFileSync(path.join(newer, name), file);
    }
    expect(extract(['list', newer]).err).toBe('This storage needs the reader of Strata 7.5.0 or newer.\n');
  });
});

function crc(bytes: Uint8Array): number {
  let value = 0xffffffff;
  for (const byte of bytes) {
    value ^= byte;
    for (let bit = 0; bit < 8; bit += 1) value = (value >>> 1) ^ (value & 1 ? 0xedb88320 : 0);
  }
  return (value ^ 0xffffffff) >>> 0;
}
