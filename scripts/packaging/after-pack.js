// Called by electron-builder when a product's folder is complete but for its fuses.
import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** @param {{ appOutDir: string, electronPlatformName: string }} context */
export default function afterPack({ appOutDir, electronPlatformName }) {
  // Electron's own default app would start in our place if our archive were taken away.
  if (electronPlatformName !== 'darwin') rmSync(join(appOutDir, 'resources', 'default_app.asar'), { force: true });

  // Only where development runs on an older Electron: the database must speak its Node-API. Never set in a release.
  const binding = process.env['STRATA_SQLITE_BINDING'];
  if (binding === undefined) return;
  const prebuilds = join(appOutDir, 'resources', 'app.asar.unpacked', 'node_modules', 'better-sqlite3', 'prebuilds');
  copyFileSync(binding, join(prebuilds, `${process.platform}-${process.arch}.node`));
}
