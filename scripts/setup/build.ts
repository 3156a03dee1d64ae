import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cache, root } from './folders.ts';
import { record, script } from './process.ts';
import type { Step } from './step.ts';

const note = join(cache, 'built.sha256');
/** As new as the look at the sources that found them built; holds the path of the Node that set up. Read by ./strata. */
const stamp = join(cache, 'ready');

export const build: Step = {
  name: 'Build',
  isDone() {
    const looked = new Date();
    const isBuilt = existsSync(join(root, 'out', 'main', 'cli.js')) && existsSync(note);
    if (!isBuilt || readFileSync(note, 'utf8') !== hashOfSources()) return false;
    writeStamp(looked);
    return true;
  },
  async run() {
    // Looked at before the build: a source that changes meanwhile makes the next start build again.
    const looked = new Date();
    const hash = hashOfSources();
    rmSync(note, { force: true });
    await record('build', script('electron-vite/bin/electron-vite.js', 'build', '--logLevel', 'warn'));
    mkdirSync(cache, { recursive: true });
    writeFileSync(note, hash);
    writeStamp(looked);
    return 'main, engine, command line, preload, renderer';
  },
};

function writeStamp(looked: Date): void {
  writeFileSync(stamp, `${process.execPath}\n`);
  utimesSync(stamp, looked, looked);
}

function hashOfSources(): string {
  const hash = createHash('sha256');
  const files = globSync(['src/**/*', 'electron.vite.config.ts', 'tsconfig*.json', 'package-lock.json', 'package.json'], {
    cwd: root,
    withFileTypes: true,
    exclude: (entry) => entry.name === 'testing' || /\.test\.tsx?$/.test(entry.name),
  })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  for (const file of files)
    hash
      .update(`${file.slice(root.length)}\0`)
      .update(readFileSync(file))
      .update('\0');
  return hash.digest('hex');
}
