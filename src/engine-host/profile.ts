import { chmodSync, existsSync, mkdirSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { usualPace, withFileFailure } from '../engine/index.ts';
import { alertWords } from './alert-handlers.ts';
import { noKeychain, systemKeychain } from './keychain.ts';
import type { LogFile } from './log-file.ts';
import { openServedEngine, type ServedEngine } from './served-engine.ts';

/** Creates the profile's folder if need be, and takes it from everybody else if they could enter. */
export function prepareProfile(profileDir: string): void {
  withFileFailure(profileDir, () => {
    mkdirSync(profileDir, { recursive: true, mode: 0o700 });
    const { mode } = statSync(profileDir);
    if (process.platform !== 'win32' && (mode & 0o077) !== 0) chmodSync(profileDir, 0o700);
  });
}

/**
 * Opens the engine with what this process has to offer. The caller has the profile's seat. The app's engine works beside somebody who
 * does something else; a command has somebody waiting for it, and who wants it to stand back says `nice`.
 */
export function openProfile(
  profileDir: string,
  appVersion: string,
  log: LogFile,
  host: 'app' | 'command',
): Promise<ServedEngine> {
  const sqliteBinding = process.env['STRATA_SQLITE_BINDING'];
  const packerWorker = findWorker('packer-worker');
  const readerWorker = findWorker('reader-worker');
  const catalogWorker = findWorker('catalog-worker');
  const textWorker = findWorker('text-worker');
  return openServedEngine({
    profileDir,
    appVersion,
    log,
    standsBack: host === 'app',
    alertWords,
    keychain: process.env['STRATA_KEYCHAIN'] === 'off' ? noKeychain : systemKeychain(),
    ...(host === 'app' ? { captures: usualPace } : {}),
    ...(sqliteBinding ? { sqliteBinding } : {}),
    ...(packerWorker ? { packerWorker } : {}),
    ...(readerWorker ? { readerWorker } : {}),
    ...(catalogWorker ? { catalogWorker } : {}),
    ...(textWorker ? { textWorker } : {}),
  });
}

/** Built, a worker lies beside the entry, which a bundler may have split into chunks of a folder below; from source, in the engine. */
function findWorker(name: string): URL | undefined {
  const places = [`./${name}.js`, `../${name}.js`, `../engine/${name}.ts`];
  return places.map((place) => new URL(place, import.meta.url)).find((url) => existsSync(fileURLToPath(url)));
}
