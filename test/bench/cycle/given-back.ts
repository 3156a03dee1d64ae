import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import type { Corpus } from './corpora.ts';

/**
 * Throws unless everything came back: of files the place, bytes, mode and time to the nanosecond; of messages, whose names and
 * folders a restore to `.eml` files chooses itself, bytes and time.
 */
export function requireGivenBack(corpus: Corpus, restored: string): void {
  // Programs put the whole path of the source below the target, or nothing of it.
  const nested = path.join(restored, corpus.folder);
  const root = fs.existsSync(nested) ? nested : restored;
  const describe = corpus.kind === 'files' || root === nested ? describeFile : describeMessage;
  const expected = describeAll(corpus.folder, describe);
  const found = describeAll(root, describe);
  const wrong = expected.findIndex((line, index) => line !== found[index]);
  if (wrong < 0 && expected.length === found.length) return;
  throw new Error(
    `given back wrong: ${expected.length} expected, ${found.length} found; first ${expected[wrong]}, ${found[wrong]}`,
  );
}

type Describe = (root: string, file: string, stat: fs.BigIntStats) => string;

function describeAll(root: string, describe: Describe): string[] {
  return fs
    .readdirSync(root, { recursive: true, withFileTypes: true })
    .map((entry) => path.join(entry.parentPath, entry.name))
    .flatMap((file) => {
      const stat = fs.lstatSync(file, { bigint: true });
      return stat.isFile() || (stat.isSymbolicLink() && describe === describeFile) ? [describe(root, file, stat)] : [];
    })
    .sort();
}

function describeFile(root: string, file: string, stat: fs.BigIntStats): string {
  const what = stat.isSymbolicLink() ? fs.readlinkSync(file) : `${stat.mode} ${stat.mtimeNs} ${hashOf(file)}`;
  return `${path.relative(root, file)} ${what}`;
}

const describeMessage: Describe = (_, file, stat) => `${hashOf(file)} ${stat.mtimeMs / 1000n}`;

const hashOf = (file: string): string => createHash('sha256').update(fs.readFileSync(file)).digest('hex');
