import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { findElectron } from './electron.ts';
import { cache, modules } from './folders.ts';
import { fetchPackage } from './node.mjs';
import { record } from './process.ts';
import type { Step } from './step.ts';

const addon = join(modules, 'better-sqlite3');
// C headers of Node-API alone: no node-gyp, no Python and no download of Node's own headers is needed.
const headers = 'node-api-headers@1.9.0';

/** better-sqlite3 built for Node-API 9, or undefined where its own binary is the right one. */
export function findSqliteBinding(): string | undefined {
  return findElectron()?.nodeApi === 9 ? binding() : undefined;
}

export const sqlite: Step = {
  name: 'SQLite',
  isDone: () => findElectron()?.nodeApi !== 9 || existsSync(binding()),
  async run() {
    const folder = join(binding(), '..');
    const work = `${folder}.new`;
    rmSync(work, { recursive: true, force: true });
    mkdirSync(work, { recursive: true });
    fetchPackage(headers, work);
    await compile(work);
    rmSync(folder, { recursive: true, force: true });
    renameSync(work, folder);
    return 'compiled for Node-API 9, which this Electron speaks';
  },
};

function binding(): string {
  const { version } = JSON.parse(readFileSync(join(addon, 'package.json'), 'utf8')) as { version: string };
  return join(cache, 'sqlite', `${version}-node-api-9-${process.platform}-${process.arch}`, 'better_sqlite3.node');
}

/** What better-sqlite3's binding.gyp and deps/sqlite3.gyp say, for one platform; the two halves on two cores. */
async function compile(work: string): Promise<void> {
  const both = ['-O2', '-DNDEBUG', '-fPIC', '-fvisibility=hidden', '-I', join(addon, 'deps', 'sqlite3')];
  await Promise.all([
    record('sqlite-c', [
      'gcc',
      '-std=c99',
      '-w',
      ...both,
      ...definesOfSqlite(),
      '-c',
      join(addon, 'deps/sqlite3/sqlite3.c'),
      '-o',
      join(work, 'sqlite3.o'),
    ]),
    record('sqlite-cpp', [
      'g++',
      '-std=c++20',
      ...both,
      '-DNAPI_DISABLE_CPP_EXCEPTIONS',
      '-DNODE_API_SWALLOW_UNTHROWABLE_EXCEPTIONS',
      ...['-I', join(work, 'node_modules', 'node-api-headers', 'include'), '-I', join(modules, 'node-addon-api')],
      ...['-include', join(import.meta.dirname, 'node-api-9.h')],
      ...['-c', join(addon, 'src/better_sqlite3.cpp'), '-o', join(work, 'better_sqlite3.o')],
    ]),
  ]);
  const objects = ['better_sqlite3.o', 'sqlite3.o'].map((name) => join(work, name));
  // Electron carries an SQLite of its own: bind to ours, and show nobody else its names.
  const linking = ['-shared', '-s', '-Wl,-Bsymbolic', '-Wl,--exclude-libs,ALL', '-ldl', '-lpthread', '-lm'];
  await record('sqlite-link', ['g++', ...objects, ...linking, '-o', join(work, 'better_sqlite3.node')]);
}

function definesOfSqlite(): readonly string[] {
  const text = readFileSync(join(addon, 'deps', 'defines.gypi'), 'utf8');
  return [...text.matchAll(/^\s+'([A-Z0-9_]+(?:=[^']*)?)',$/gm)].map(([, define]) => `-D${define}`);
}
