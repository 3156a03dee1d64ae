import { join } from 'node:path';
import { Menu, type MenuItemConstructorOptions, nativeImage, nativeTheme, Tray } from 'electron';
import { clockfaceAt } from './clockface.ts';
import type { PreferenceMirror } from './preferences.ts';
import type { TrayFeed } from './tray-feed.ts';
import { type TrayItem, type TrayMenu, trayMenu, trayTip } from './tray-menu.ts';
import { type TrayAction, type TrayState, trayState } from './tray-model.ts';

export interface TrayIcon {
  /** Times in the menu grow old without anything happening. */
  refresh(): void;
}

/** Progress comes ten times a second; a menu that changes faster than it can be read cannot be used. */
const refreshEachMs = 1000;

export function showTray(
  iconsDir: string,
  feed: TrayFeed,
  preferences: PreferenceMirror,
  perform: (action: TrayAction) => void,
): TrayIcon {
  const tray = new Tray(iconOf(iconsDir, 'idle'));
  let shown = '';
  let pending: NodeJS.Timeout | undefined;

  const refresh = (): void => {
    clearTimeout(pending);
    pending = undefined;
    const model = feed.model();
    const words = preferences.words();
    const state = trayState(model);
    const menu = trayMenu(model, words, clockfaceAt(Date.now(), preferences.locale(), words));
    const tip = trayTip(model, words);
    // Setting the same menu again would close it under the hand of who has it open.
    const now = JSON.stringify([state, nativeTheme.shouldUseDarkColors, menu, tip]);
    if (now === shown) return;
    shown = now;
    tray.setImage(iconOf(iconsDir, state));
    tray.setToolTip(tip);
    tray.setContextMenu(Menu.buildFromTemplate(template(menu, perform)));
  };
  const refreshSoon = (): void => {
    pending ??= setTimeout(refresh, refreshEachMs);
  };

  feed.onChange(refreshSoon);
  preferences.onChange(refresh);
  nativeTheme.on('updated', refresh);
  // On Linux the desktop decides whether a click opens the menu or comes here.
  tray.on('click', () => {
    if (process.platform !== 'darwin') perform({ do: 'open' });
  });
  refresh();
  return { refresh };
}

function template(menu: TrayMenu, perform: (action: TrayAction) => void): MenuItemConstructorOptions[] {
  return menu.map((item) => (item === null ? { type: 'separator' } : entry(item, perform)));
}

function entry({ id, label, action, submenu }: TrayItem, perform: (action: TrayAction) => void): MenuItemConstructorOptions {
  // A single `&` in a job's name would underline the next letter instead of being shown.
  const shown = { id, label: label.replaceAll('&', '&&') };
  if (submenu) return { ...shown, submenu: template(submenu, perform) };
  return action ? { ...shown, click: () => perform(action) } : { ...shown, enabled: false };
}

function iconOf(iconsDir: string, state: TrayState): Electron.NativeImage {
  const name = state === 'working' ? 'working-1' : state;
  const image = nativeImage.createFromPath(join(iconsDir, isPanelDark() ? 'white' : 'black', `${name}.png`));
  image.setTemplateImage(process.platform === 'darwin'); // there the system colours it
  return image;
}

/** The bar of GNOME and its kin is dark in every theme; elsewhere it follows the theme. */
function isPanelDark(): boolean {
  if (process.platform === 'darwin') return false;
  const desktop = process.env['XDG_CURRENT_DESKTOP'] ?? '';
  return /GNOME|Unity|Pantheon/.test(desktop) || nativeTheme.shouldUseDarkColors;
}
