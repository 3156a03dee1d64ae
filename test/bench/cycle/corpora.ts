import fs from 'node:fs';
import path from 'node:path';
import { seededRandom } from '../../kit/seeded-random.ts';
import { MadeMail, messageCount } from './made-mail.ts';
import { copyRealFiles } from './real-files.ts';

export interface Corpus {
  readonly name: string;
  readonly what: string;
  readonly folder: string;
  readonly kind: 'files' | 'maildir';
  readonly files: number;
  readonly bytes: number;
  /** Changes one item in a hundred. */
  change(round: number): void;
}

const seed = 20_260_101;

/** @param part Less than 1: a smaller corpus, to try the measuring itself. */
export function realFiles(folder: string, part: number): Corpus {
  copyRealFiles(folder, part);
  const files = filesBelow(folder);
  return {
    name: 'A',
    what: 'real files of this machine (packages, documents, headers, libraries)',
    folder,
    kind: 'files',
    ...sizeOf(files),
    change: (round) => changeFiles(files, round),
  };
}

export function madeMail(folder: string, part: number): Corpus {
  const mail = new MadeMail(seed);
  const messages = Math.round(messageCount * part);
  mail.deliver(folder, messages);
  return {
    name: 'B',
    what: 'generated MIME messages in a Maildir',
    folder,
    kind: 'maildir',
    ...sizeOf(filesBelow(folder)),
    // Messages never change: new ones come.
    change: () => mail.deliver(folder, Math.ceil(messages / 100)),
  };
}

/** A line at the end of some, other bytes in the middle of the others. */
function changeFiles(files: readonly string[], round: number): void {
  const chance = seededRandom(seed + round);
  for (let left = Math.ceil(files.length / 100); left > 0; left -= 1) {
    const file = files[chance.below(files.length)] ?? '';
    const bytes = fs.readFileSync(file);
    const line = Buffer.from(`${Buffer.from(chance.bytes(30)).toString('hex')}\n`);
    const at = chance.below(2) === 0 ? bytes.length : chance.below(bytes.length + 1);
    const mode = fs.statSync(file).mode & 0o777;
    fs.chmodSync(file, mode | 0o200);
    fs.writeFileSync(file, Buffer.concat([bytes.subarray(0, at), line, bytes.subarray(at)]));
    fs.chmodSync(file, mode);
  }
}

function filesBelow(folder: string): string[] {
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
}

const sizeOf = (files: readonly string[]): { readonly files: number; readonly bytes: number } => ({
  files: files.length,
  bytes: files.reduce((sum, file) => sum + fs.statSync(file).size, 0),
});
