import { nativeTheme, type WebPreferences } from 'electron';

/** The background until a page paints: the theme's paper, so that nothing flashes. */
const paper = { light: '#F7F5F0', dark: '#17191A' } as const;

export const paperNow = (): string => (nativeTheme.shouldUseDarkColors ? paper.dark : paper.light);

/** Most of these are Electron's defaults today. They are said anyway: a default that changes must not open a door. */
export const pageWalls = (developer: boolean): WebPreferences => ({
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  webviewTag: false,
  plugins: false,
  navigateOnDragDrop: false,
  spellcheck: false, // may download dictionaries
  devTools: developer,
});
