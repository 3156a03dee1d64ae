// `npm run dist`: the products for this machine, in dist/. `npm run dist -- --dir` makes the unpacked app alone.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { thirdPartyNotices } from '../packaging/notices.ts';
import { findElectron } from '../setup/electron.ts';
import { electronFromRegistry } from '../setup/electron-from-registry.ts';
import { cache } from '../setup/folders.ts';
import { script, show } from '../setup/process.ts';
import { setUp } from '../setup/set-up.ts';

export async function run(words: readonly string[]): Promise<number> {
  await setUp(['electron', 'build']);
  const runtime = findElectron();
  const isFallback = runtime?.folder === electronFromRegistry.folder;
  if (isFallback && !words.includes('--dir')) {
    console.error(
      `Electron ${runtime.version} from the registry is past its support and is never shipped: only --dir can be made of it.`,
    );
    return 1;
  }
  mkdirSync(cache, { recursive: true });
  writeFileSync(join(cache, 'third-party-notices.txt'), thirdPartyNotices());
  // A release names no Electron here: electron-builder takes that of node_modules, for each processor.
  const electron = isFallback ? [`-c.electronDist=${runtime.folder}`, `-c.electronVersion=${runtime.version}`] : [];
  return show(script('electron-builder/cli.js', '--publish', 'never', ...electron, ...words));
}
