import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { modules, root } from './folders.ts';
import { findNpm } from './node.mjs';
import { record } from './process.ts';
import type { Step } from './step.ts';

interface Lock {
  readonly packages: Readonly<
    Record<string, { readonly version?: string; readonly optional?: boolean; readonly link?: boolean }>
  >;
}

export const dependencies: Step = {
  name: 'Dependencies',
  isDone: installedIsLocked,
  async run() {
    // Said here too, lest a setting of the person's own wins: better-sqlite3's script would start a native build
    // that makes nothing and fails without Python.
    await record('dependencies', [process.execPath, findNpm(), 'ci', '--ignore-scripts', '--no-audit', '--no-fund']);
    return `${Object.keys(readLock(join(modules, '.package-lock.json')).packages).length} packages`;
  },
};

/** npm notes what it installed when it has finished: compare that with what the lock asks for. */
function installedIsLocked(): boolean {
  const note = join(modules, '.package-lock.json');
  if (!existsSync(note)) return false;
  const installed = readLock(note).packages;
  return Object.entries(readLock(join(root, 'package-lock.json')).packages).every(
    // What is optional may be for another platform.
    ([path, entry]) =>
      path === '' || entry.link || installed[path]?.version === entry.version || (entry.optional && !installed[path]),
  );
}

const readLock = (path: string): Lock => JSON.parse(readFileSync(path, 'utf8')) as Lock;
