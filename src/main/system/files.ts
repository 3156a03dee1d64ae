import { rename, stat, unlink, writeFile } from 'node:fs/promises';
import { isAbsolute } from 'node:path';
import { type BrowserWindow, dialog, shell } from 'electron';
import { fileFailure } from './file-failure.ts';
import { pageAddress } from './page-address.ts';
import { safeFileName } from './safe-file-name.ts';

/** Asks with the system's dialog. Null: the person changed their mind. */
export async function pickDirectory(
  parent: BrowserWindow | undefined,
  title: string,
  start: string | null,
): Promise<string | null> {
  const options: Electron.OpenDialogOptions = {
    title,
    properties: ['openDirectory', 'createDirectory'],
    ...(start === null ? {} : { defaultPath: start }),
  };
  const { canceled, filePaths } = await (parent ? dialog.showOpenDialog(parent, options) : dialog.showOpenDialog(options));
  return canceled ? null : (filePaths[0] ?? null);
}

/** False: the person changed their mind. The file is theirs alone (0600): it may be a recovery sheet or a mail. */
export async function save(
  parent: BrowserWindow | undefined,
  title: string,
  fileName: string,
  content: string | Uint8Array,
): Promise<boolean> {
  const options: Electron.SaveDialogOptions = {
    title,
    defaultPath: safeFileName(fileName),
    properties: ['showOverwriteConfirmation'],
  };
  const { canceled, filePath } = await (parent ? dialog.showSaveDialog(parent, options) : dialog.showSaveDialog(options));
  if (canceled || !filePath) return false;
  const aside = `${filePath}.part`;
  try {
    await writeFile(aside, content, { mode: 0o600 });
    await rename(aside, filePath); // what was there before stays whole until the new one is
  } catch (error) {
    await unlink(aside).catch(() => undefined); // it may never have been made
    throw fileFailure(error, filePath);
  }
  return true;
}

/** In the person's own browser. False: there is none; the window shows the address. */
export async function openPage(text: string): Promise<boolean> {
  const address = pageAddress(text);
  if (address === undefined) return false;
  try {
    await shell.openExternal(address);
    return true;
  } catch {
    return false; // said by what comes back
  }
}

/**
 * Shows a folder in the file manager, selected in the one above it. It is never opened itself: to open a folder whose name ends in
 * `.app` is to start it on macOS, and a restored folder may be named by anybody.
 */
export async function showDirectory(path: string): Promise<boolean> {
  // Looking at a network path tells its server who is logged in here.
  if (!isAbsolute(path) || path.startsWith('\\\\') || path.startsWith('//')) return false;
  try {
    if (!(await stat(path)).isDirectory()) return false;
  } catch {
    return false; // gone since: the page says so
  }
  shell.showItemInFolder(path);
  return true;
}
