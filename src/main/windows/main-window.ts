import { BrowserWindow, type BrowserWindowConstructorOptions, screen, type WebContents } from 'electron';
import { appAddress } from './app-scheme.ts';
import type { MemoryFile } from './memory-file.ts';
import { pageWalls, paperNow } from './page-looks.ts';
import { displaysKey, findPlace, rememberPlace, smallest } from './window-place.ts';

export interface MainWindow {
  /** Opens it, or brings it to the front; goes to a screen if one is named. */
  show(route?: string): void;
  /** The page that is open now. */
  page(): WebContents | undefined;
  /** The native window, as the parent of dialogs. */
  native(): BrowserWindow | undefined;
  /** Takes the page away with its memory. Whether the app goes on is somebody else's decision. */
  destroy(): void;
}

export interface MainWindowOptions {
  readonly preload: string;
  readonly icon: string | undefined;
  readonly locale: string;
  readonly developer: boolean;
  readonly memory: MemoryFile;
  /** A person closed it. False: it stays open for now. */
  mayClose(): boolean;
  /** Told to a page that is open; one that is just loading gets the route with its address. */
  goTo(page: WebContents, route: string): void;
}

export function createMainWindow(options: MainWindowOptions): MainWindow {
  let window: BrowserWindow | undefined;

  const open = (route: string | undefined): void => {
    const key = displaysKey(screen.getAllDisplays().map((display) => display.bounds));
    const workAreas = [screen.getPrimaryDisplay(), ...screen.getAllDisplays()].map((display) => display.workArea);
    const place = findPlace(options.memory.read(), key, workAreas);
    const opened = new BrowserWindow({ ...place.bounds, ...looks(options), webPreferences: preferences(options) });
    window = opened;
    if (place.maximised) opened.maximize();
    opened.once('ready-to-show', () => opened.show());
    opened.on('close', (event) => {
      rememberAs(opened, options.memory);
      if (!options.mayClose()) event.preventDefault();
    });
    opened.on('closed', () => {
      if (window === opened) window = undefined;
    });
    // The page's own router reads the route behind the hash.
    void opened.loadURL(route === undefined ? appAddress : `${appAddress}#${route}`);
  };

  return {
    show(route) {
      if (!window) return open(route);
      if (window.isMinimized()) window.restore();
      window.show();
      window.focus();
      if (route !== undefined) options.goTo(window.webContents, route);
    },
    page: () => window?.webContents,
    native: () => window,
    destroy() {
      window?.destroy();
      window = undefined;
    },
  };
}

function looks({ icon }: MainWindowOptions): BrowserWindowConstructorOptions {
  return {
    minWidth: smallest.width,
    minHeight: smallest.height,
    show: false,
    title: 'Strata',
    autoHideMenuBar: true,
    backgroundColor: paperNow(),
    ...(icon === undefined ? {} : { icon }),
  };
}

const preferences = ({ preload, locale, developer }: MainWindowOptions): Electron.WebPreferences => ({
  ...pageWalls(developer),
  preload,
  additionalArguments: [`--strata-locale=${locale}`],
});

function rememberAs(window: BrowserWindow, memory: MemoryFile): void {
  const key = displaysKey(screen.getAllDisplays().map((display) => display.bounds));
  const { x, y, width, height } = window.getNormalBounds();
  const place = { bounds: { x, y, width, height }, maximised: window.isMaximized() };
  memory.change((before) => rememberPlace(before, key, place));
}
