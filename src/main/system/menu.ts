import { Menu, type MenuItemConstructorOptions } from 'electron';
import type { ShellWords } from '../../shared/words/shell.en.ts';

export interface MenuActions {
  readonly openSettings: () => void;
  readonly quit: () => void;
}

/**
 * The application's menu: the whole of it on macOS; elsewhere it is hidden and gives its shortcuts.
 * Every label is ours, as Electron's own are English only.
 */
export function setMenu(words: ShellWords, actions: MenuActions, developer: boolean): void {
  const settings: MenuItemConstructorOptions = { label: words.settings, accelerator: 'CmdOrCtrl+,', click: actions.openSettings };
  const quit: MenuItemConstructorOptions = { label: words.quit, accelerator: 'CmdOrCtrl+Q', click: actions.quit };
  const separator: MenuItemConstructorOptions = { type: 'separator' };
  const macOS: MenuItemConstructorOptions = {
    label: 'Strata',
    submenu: [
      { role: 'about', label: words.about },
      separator,
      settings,
      separator,
      { role: 'hide', label: words.hide },
      { role: 'hideOthers', label: words.hideOthers },
      { role: 'unhide', label: words.unhide },
      separator,
      quit,
    ],
  };
  const file: MenuItemConstructorOptions = {
    label: words.menuFile,
    submenu: [settings, separator, { role: 'close', label: words.closeWindow }, quit],
  };
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([process.platform === 'darwin' ? macOS : file, edit(words), view(words, developer), windows(words)]),
  );
}

const edit = (words: ShellWords): MenuItemConstructorOptions => ({
  label: words.menuEdit,
  submenu: [
    { role: 'undo', label: words.undo },
    { role: 'redo', label: words.redo },
    { type: 'separator' },
    { role: 'cut', label: words.cut },
    { role: 'copy', label: words.copy },
    { role: 'paste', label: words.paste },
    { role: 'selectAll', label: words.selectAll },
  ],
});

const view = (words: ShellWords, developer: boolean): MenuItemConstructorOptions => ({
  label: words.menuView,
  submenu: [
    { role: 'zoomIn', label: words.zoomIn },
    { role: 'zoomOut', label: words.zoomOut },
    { role: 'resetZoom', label: words.zoomReset },
    { role: 'togglefullscreen', label: words.fullScreen },
    ...(developer
      ? ([
          { type: 'separator' },
          { role: 'reload', label: words.reload },
          { role: 'toggleDevTools', label: words.developerTools },
        ] as const)
      : []),
  ],
});

const windows = (words: ShellWords): MenuItemConstructorOptions => ({
  label: words.menuWindow,
  submenu: [
    { role: 'minimize', label: words.minimise },
    { role: 'close', label: words.closeWindow },
  ],
});
