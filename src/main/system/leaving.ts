import { app, dialog, powerMonitor } from 'electron';
import type { Supervisor } from '../engine/supervisor.ts';
import type { MainWindow } from '../windows/main-window.ts';
import type { PreferenceMirror } from './preferences.ts';
import type { TrayFeed } from './tray-feed.ts';

/** How the app ends, and when closing its window ends it. */
export interface Leaving {
  /** A person closed the window. False: it stays, and a question was asked. */
  mayClose(): boolean;
  answerClose(keepRunning: boolean): void;
  /** A person wants to quit; asks when something runs. */
  quit(): void;
}

export interface LeavingParts {
  readonly supervisor: Supervisor;
  readonly feed: TrayFeed;
  readonly preferences: PreferenceMirror;
  readonly window: MainWindow;
  /** False: there is no page that could ask. */
  readonly askClose: (runs: number) => boolean;
}

export function arrangeLeaving(parts: LeavingParts): Leaving {
  let isLeaving = false;
  const runs = (): number => parts.feed.model().running.length;

  const leave = async (how: 'finish-item' | 'now'): Promise<void> => {
    if (isLeaving) return;
    isLeaving = true;
    parts.window.destroy();
    await parts.supervisor.close(how);
    app.exit(0);
  };

  const quit = async (): Promise<void> => {
    if (isLeaving) return;
    if (runs() === 0) return leave('finish-item');
    const choice = await askWhatToDo(parts);
    if (choice === 'cancel') return;
    if (choice !== 'finish') return leave(choice);
    parts.window.destroy();
    const leaveWhenDone = (): void => {
      if (runs() === 0) void leave('finish-item');
    };
    parts.feed.onChange(leaveWhenDone);
    leaveWhenDone();
  };

  let isSystemEnding = false;
  app.on('before-quit', (event) => {
    // macOS takes a prevented quit for a no to shutting down. The engine is killed then, and what was committed is safe.
    if (isSystemEnding) return;
    event.preventDefault();
    void quit();
  });
  // With a listener of ours the app stays when the window goes: it lives in the tray.
  app.on('window-all-closed', () => undefined);
  // The system or a service manager ends us and waits for seconds only. What was committed is safe.
  const leaveNow = (): void => void leave('now');
  process.on('SIGTERM', leaveNow);
  process.on('SIGINT', leaveNow);
  powerMonitor.on('shutdown', () => {
    isSystemEnding = true;
    leaveNow();
  });

  return {
    mayClose() {
      if (isLeaving || parts.preferences.closeToTray() === true) return true;
      if (parts.preferences.closeToTray() === null && parts.askClose(runs())) return false;
      // Nobody to ask: never stop a backup by closing a window.
      if (parts.preferences.closeToTray() === null && runs() > 0) return true;
      void quit();
      return false;
    },
    answerClose(keepRunning) {
      if (keepRunning) parts.window.destroy();
      else void quit();
    },
    quit: () => void quit(),
  };
}

async function askWhatToDo({ preferences, window }: LeavingParts): Promise<'finish' | 'finish-item' | 'now' | 'cancel'> {
  const words = preferences.words();
  const parent = window.native();
  const options: Electron.MessageBoxOptions = {
    type: 'question',
    message: words.quitQuestion,
    detail: words.quitDetail,
    buttons: [words.quitFinish, words.quitAfterItem, words.quitNow, words.cancel],
    defaultId: 0,
    cancelId: 3,
  };
  const { response } = await (parent ? dialog.showMessageBox(parent, options) : dialog.showMessageBox(options));
  return (['finish', 'finish-item', 'now'] as const)[response] ?? 'cancel';
}
