import { join } from 'node:path';
import { Menu, type MenuItemConstructorOptions, nativeImage, nativeTheme, Tray } from 'electron';
import type { TrayShown } from '../../shared/contract/tray.ts';
import type { Popover } from '../windows/popover.ts';
import { clockfaceAt } from './clockface.ts';
import type { PreferenceMirror } from './preferences.ts';
import type { TrayFeed } from './tray-feed.ts';
import { type TrayItem, type TrayMenu, trayMenu, trayTip } from './tray-menu.ts';
import { type TrayAction, type TrayState, trayState } from './tray-model.ts';
import { actionNamed, shownGroups } from './tray-shown.ts';

export interface TrayIcon {
  /** Times in the menu grow old without anything happening. */
  refresh(): void;
  /** Does what the part of the menu with this name does now. */
  choose(id: string): void;
  /** What the menu says. */
  shown(): TrayShown | undefined;
}

export interface TrayParts {
  readonly iconsDir: string;
  readonly feed: TrayFeed;
  readonly preferences: PreferenceMirror;
  readonly popover: Popover;
  perform(action: TrayAction): void;
  /** The menu says something else than before. */
  changed(): void;
}

/** Where a click on the icon opens a small window; elsewhere the desktop opens the menu, or a click opens the app. */
const opensPopover = (): boolean => process.platform === 'darwin' || process.platform === 'win32';

/** Progress comes ten times a second; a menu that changes faster than it can be read cannot be used. */
const refreshEachMs = 1000;

export function showTray({ iconsDir, feed, preferences, popover, perform, changed }: TrayParts): TrayIcon {
  const tray = new Tray(iconOf(iconsDir, 'idle'));
  let shown: TrayShown | undefined;
  let told = '';
  let menu: TrayMenu = [];
  let native: Menu | undefined;
  let pending: NodeJS.Timeout | undefined;

  const refresh = (): void => {
    clearTimeout(pending);
    pending = undefined;
    const model = feed.model();
    const words = preferences.words();
    const state = trayState(model);
    menu = trayMenu(model, words, clockfaceAt(Date.now(), preferences.locale(), words));
    const tip = trayTip(model, words);
    const theme = nativeTheme.shouldUseDarkColors ? 'dark' : 'light';
    shown = { language: preferences.language(), theme, tip, state, groups: shownGroups(menu) };
    // Setting the same menu again would close it under the hand of who has it open.
    const now = JSON.stringify([shown, menu]);
    if (now === told) return;
    told = now;
    tray.setImage(iconOf(iconsDir, state));
    tray.setToolTip(tip);
    native = Menu.buildFromTemplate(template(menu, perform));
    // macOS would open it on every click.
    if (process.platform !== 'darwin') tray.setContextMenu(native);
    changed();
  };
  const refreshSoon = (): void => {
    pending ??= setTimeout(refresh, refreshEachMs);
  };

  feed.onChange(refreshSoon);
  preferences.onChange(refresh);
  nativeTheme.on('updated', refresh);
  // On Linux the desktop decides whether a click opens the menu or comes here.
  tray.on('click', () => {
    if (opensPopover()) popover.toggle(tray.getBounds());
    else perform({ do: 'open' });
  });
  tray.on('right-click', () => {
    if (process.platform === 'darwin') tray.popUpContextMenu(native);
  });
  refresh();
  return {
    refresh,
    choose(id) {
      const action = actionNamed(menu, id);
      if (action !== undefined) perform(action);
    },
    shown: () => shown,
  };
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
