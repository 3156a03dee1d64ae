import fs from 'node:fs';
import path from 'node:path';

/** Everything of a tree that a restore has to bring back, as one line a file, for comparing. */
export function describeTree(root: string): string[] {
  const lines: string[] = [];
  const visit = (relative: string): void => {
    const full = path.join(root, relative);
    const stat = fs.lstatSync(full, { bigint: true });
    const what = stat.isSymbolicLink() ? `-> ${fs.readlinkSync(full)}` : stat.isFile() ? hash(fs.readFileSync(full)) : '';
    lines.push(`${relative} ${stat.mode.toString(8)} ${stat.uid}:${stat.gid} ${stat.mtimeNs} ${what}`);
    if (stat.isDirectory()) for (const name of fs.readdirSync(full)) visit(path.join(relative, name));
  };
  for (const name of fs.readdirSync(root)) visit(name);
  return lines.sort();
}

/** FNV-1a twice with the length: two different files of a test agree with a chance that does not matter. */
function hash(bytes: Uint8Array): string {
  let one = 0x811c9dc5;
  let two = 0x1000193;
  for (const byte of bytes) {
    one = Math.imul(one ^ byte, 0x01000193);
    two = Math.imul(two ^ byte, 0x85ebca6b) + 1;
  }
  return `${bytes.length}:${(one >>> 0).toString(16)}:${(two >>> 0).toString(16)}`;
}

/** Files below the directories that hold one of the texts, as UTF-8 or UTF-16. */
export function filesThatHold(texts: readonly string[], directories: readonly string[]): string[] {
  const needles = texts.flatMap((text) => [Buffer.from(text), Buffer.from(text, 'utf16le')]);
  const found: string[] = [];
  for (const directory of directories) {
    for (const entry of fs.readdirSync(directory, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const file = path.join(entry.parentPath, entry.name);
      const bytes = fs.readFileSync(file);
      if (needles.some((needle) => bytes.includes(needle))) found.push(file);
    }
  }
  return found;
}
