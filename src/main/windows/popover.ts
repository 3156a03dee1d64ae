import { BrowserWindow, type Rectangle, screen, type WebContents } from 'electron';
import { appOrigin } from './app-scheme.ts';
import { pageWalls, paperNow } from './page-looks.ts';
import { popoverPlace } from './popover-place.ts';

/** The small window that a click on the tray opens. There is none, and no process of it, while nobody looks at it. */
export interface Popover {
  /** Opens it beside the icon; closes it where it is open. */
  toggle(icon: Rectangle): void;
  close(): void;
  page(): WebContents | undefined;
}

export interface PopoverOptions {
  readonly preload: string;
  readonly developer: boolean;
}

/** A click on the icon takes the focus away first, which closes the window: the click itself must not open it again. */
const sameClickMs = 250;

export function createPopover({ preload, developer }: PopoverOptions): Popover {
  let window: BrowserWindow | undefined;
  let closedAtMs = Number.NEGATIVE_INFINITY;

  const close = (): void => {
    if (window === undefined) return;
    closedAtMs = performance.now();
    window.destroy();
    window = undefined;
  };
  const open = (icon: Rectangle): void => {
    const { workArea } = screen.getDisplayMatching(icon);
    const opened = new BrowserWindow({
      ...popoverPlace(icon, workArea),
      ...{ frame: false, resizable: false, movable: false, minimizable: false, maximizable: false, fullscreenable: false },
      ...{ skipTaskbar: true, alwaysOnTop: true, show: false, title: 'Strata', backgroundColor: paperNow() },
      webPreferences: { ...pageWalls(developer), preload },
    });
    window = opened;
    opened.once('ready-to-show', () => opened.show());
    opened.on('blur', close);
    opened.on('closed', () => {
      if (window === opened) window = undefined;
    });
    // What cannot be shown is not missed: everything in it is in the menu, too.
    opened.webContents.on('render-process-gone', close);
    void opened.loadURL(`${appOrigin.protocol}//${appOrigin.host}/tray.html`);
  };

  return {
    toggle(icon) {
      if (window !== undefined) return close();
      if (performance.now() - closedAtMs > sameClickMs) open(icon);
    },
    close,
    page: () => window?.webContents,
  };
}
