import type { WebContents } from 'electron';
import type { ShellHandlers } from '../bridge/bridge.ts';
import type { EngineLink } from '../engine/engine-link.ts';
import type { MainWindow } from '../windows/main-window.ts';
import type { Previews } from '../windows/preview-scheme.ts';
import { openPage, pickDirectory, save, showDirectory } from './files.ts';
import type { Leaving } from './leaving.ts';
import type { PreferenceMirror } from './preferences.ts';

export interface ShellParts {
  readonly window: MainWindow;
  readonly previews: Previews;
  readonly preferences: PreferenceMirror;
  readonly leaving: Leaving;
  readonly link: EngineLink;
}

/** What the window may ask of the desktop, one entry per call of the contract. */
export function shellHandlers({ window, previews, preferences, leaving, link }: ShellParts): ShellHandlers {
  return {
    'shell.pickDirectory': async ({ title, start }) => ({ path: await pickDirectory(window.native(), title, start) }),
    'shell.saveText': async ({ title, fileName, text }) => ({ saved: await save(window.native(), title, fileName, text) }),
    'shell.saveBytes': async ({ title, fileName, bytes }) => ({ saved: await save(window.native(), title, fileName, bytes) }),
    'shell.print': async (_input, page) => print(page),
    'shell.showDirectory': async ({ path }) => ({ shown: await showDirectory(path) }),
    'shell.openPage': async ({ address }) => ({ opened: await openPage(address) }),
    'shell.previewDocument': async ({ html }, page) => {
      if (html !== null) return { url: previews.put(page.id, html) };
      previews.drop(page.id);
      return { url: null };
    },
    'shell.setTheme': async ({ theme }) => {
      preferences.setTheme(theme);
      return {};
    },
    'shell.answerClose': async ({ keepRunning, remember }) => {
      if (remember) await link.call('app.setPreferences', { closeToTray: keepRunning });
      leaving.answerClose(keepRunning);
      return {};
    },
    'shell.quit': async () => {
      leaving.quit();
      return {};
    },
  };
}

/** Resolves when the system's dialog is closed, printed or not: it has said itself what went wrong. */
const print = (page: WebContents): Promise<Record<string, never>> => new Promise((resolve) => page.print({}, () => resolve({})));
