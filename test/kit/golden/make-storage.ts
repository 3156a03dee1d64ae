// Makes a golden storage of this version, once for each released format:
//   node test/kit/golden/make-storage.ts NAME
// writes test/golden/storages/NAME: the storage, its secrets, and what must come back. It refuses to touch one that is there: golden
// storages are added to, never edited.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { password, Strata } from '../command-line/strata.ts';
import type { GoldenFacts } from './facts.ts';

const [name = ''] = process.argv.slice(2);
const goal = path.resolve(import.meta.dirname, '../../golden/storages', name);
if (!/^[0-9a-z-]+$/.test(name) || fs.existsSync(goal)) throw new Error('a new name: small letters, digits, dashes');

const home = fs.mkdtempSync(path.join(os.tmpdir(), 'strata-golden-'));
const at = (...parts: string[]): string => path.join(home, ...parts);
const strata = new Strata(at('profile'));
const moments: GoldenFacts['moments'][number][] = [];

const write = (file: string, text: string | Uint8Array): void => {
  fs.mkdirSync(path.dirname(at(file)), { recursive: true });
  fs.writeFileSync(at(file), text);
  fs.utimesSync(at(file), 1_700_000_000, 1_700_000_000);
};
const letter = (number: number, line = ''): string =>
  `From: ines@nord.example\r\nSubject: Quay ${number}\r\nDate: Mon, 02 Mar 2026 10:00:00 +0000\r\n\r\nline ${number}${line}\r\n`;
/** Bytes that do not compress and never change: their hash is what counts. */
const noise = (seed: number, length: number): Uint8Array => {
  const parts: Buffer[] = [];
  for (let block = 0; block * 32 < length; block += 1) parts.push(createHash('sha256').update(`${seed}.${block}`).digest());
  return Buffer.concat(parts).subarray(0, length);
};

/** One cycle, and what is at the sources now. */
async function remember(): Promise<void> {
  await strata.ok('job', 'run', 'All', '--wait');
  const [last] = (await strata.ok('moments', 'Disk', '--json')).json<{ at: string }[]>();
  const files: Record<string, string> = {};
  for (const entry of fs.readdirSync(at('data'), { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = path.join(entry.parentPath, entry.name);
    files[path.relative(at('data'), file)] = createHash('sha256').update(fs.readFileSync(file)).digest('hex');
  }
  moments.push({ at: last?.at ?? '', files });
  await new Promise((resolve) => setTimeout(resolve, 1100)); // moments are told apart by the second
}

write('data/docs/plan.txt', 'the first plan');
write('data/docs/deep/large.bin', noise(1, 700_000));
write('data/docs/deep/twin.bin', noise(1, 700_000));
write('data/docs/empty', '');
write('data/docs/umlaut äöü.txt', 'ÄÖÜ');
for (const folder of ['cur', 'new', 'tmp']) fs.mkdirSync(at('data/mail', folder), { recursive: true });
for (let number = 0; number < 12; number += 1) write(`data/mail/cur/${number}.quay:2,S`, letter(number));

await strata.ok('storage', 'create', at('storage'), '--name', 'Disk', '--recovery-key', at('key.txt'));
await strata.ok('source', 'add', 'files', 'Docs', '--path', at('data/docs'));
await strata.ok('source', 'add', 'maildir', 'Mail', '--path', at('data/mail'));
await strata.ok('job', 'create', 'All', '--source', 'Docs', 'Mail', '--storage', 'Disk', '--mode', 'manual');
await remember();
write('data/docs/plan.txt', 'the second plan');
write('data/docs/new.txt', 'new');
fs.rmSync(at('data/docs/empty'));
fs.rmSync(at('data/mail/cur/7.quay:2,S'));
await remember();
await strata.ok('hold', 'add', 'Disk', '--source', 'Mail', '--reason', 'golden');
write('data/docs/plan.txt', 'the third plan');
fs.rmSync(at('data/docs/new.txt'));
await remember();
// The second moment goes, with the second plan and the new file; prune writes records of manifests anew.
const second = (await strata.ok('moments', 'Disk', '--json')).json<{ run: string }[]>()[1]?.run ?? '';
await strata.ok('storage', 'forget', 'Disk', second, '--yes');
await strata.ok('job', 'edit', 'All', '--keep', 'last=2');
await strata.ok('storage', 'purge', 'Disk', '--yes');
write('data/mail/cur/99.quay:2,', letter(99));
await remember();

// By the rules of the job only the newest two are left, and what the second moment alone had is gone, on purpose.
const left = (await strata.ok('moments', 'Disk', '--json')).json<{ at: string }[]>().map((moment) => moment.at);

const facts: GoldenFacts = {
  made: new Date().toISOString(),
  password,
  recoveryKey: fs.readFileSync(at('key.txt'), 'utf8').trim(),
  data: at('data'),
  moments: moments.filter((moment) => left.includes(moment.at)),
};
fs.mkdirSync(goal, { recursive: true });
fs.cpSync(at('storage'), path.join(goal, 'storage'), { recursive: true });
fs.rmSync(path.join(goal, 'storage', 'ballast'), { force: true });
fs.writeFileSync(path.join(goal, 'facts.json'), `${JSON.stringify(facts, null, 2)}\n`);
fs.rmSync(home, { recursive: true });
console.log(`${goal}: ${moments.length} moments`);
