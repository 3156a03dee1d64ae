import fs from 'node:fs';
import path from 'node:path';

interface Origin {
  readonly folder: string;
  readonly megabytes: number;
}

/** Whatever of these the machine has, each up to its share: documents, headers, scripts and libraries as every Linux has them. */
const origins: readonly Origin[] = [
  { folder: path.resolve(import.meta.dirname, '../../../node_modules'), megabytes: 300 },
  { folder: '/usr/share/doc', megabytes: 130 },
  { folder: '/usr/include', megabytes: 100 },
  { folder: '/usr/lib/python3', megabytes: 60 },
  { folder: '/usr/lib/x86_64-linux-gnu', megabytes: 400 },
  { folder: '/usr/share/perl', megabytes: 60 },
];

/** Copies real files with their modes and times. The same machine in the same state gives the same files. */
export function copyRealFiles(into: string, part: number): void {
  for (const { folder, megabytes } of origins) {
    if (!fs.existsSync(folder)) continue;
    copyUpTo(megabytes * 1e6 * part, folder, path.join(into, path.basename(folder)));
  }
}

/** Answers how many bytes are left. */
function copyUpTo(bytes: number, from: string, into: string): number {
  fs.mkdirSync(into, { recursive: true });
  let left = bytes;
  for (const name of fs.readdirSync(from).sort()) {
    if (left <= 0) break;
    const source = path.join(from, name);
    const stat = fs.lstatSync(source);
    if (stat.isDirectory()) left = copyUpTo(left, source, path.join(into, name));
    else if (stat.isSymbolicLink()) fs.symlinkSync(fs.readlinkSync(source), path.join(into, name));
    else if (stat.isFile()) {
      copyFile(source, path.join(into, name), stat);
      left -= stat.size;
    }
  }
  const { mode, atime, mtime } = fs.statSync(from);
  fs.chmodSync(into, mode & 0o777);
  fs.utimesSync(into, atime, mtime);
  return left;
}

function copyFile(source: string, to: string, { mode, atime, mtime }: fs.Stats): void {
  fs.copyFileSync(source, to);
  fs.chmodSync(to, mode & 0o777);
  fs.utimesSync(to, atime, mtime);
}
