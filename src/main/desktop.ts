import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { app, dialog, protocol, session } from 'electron';
import { defaultProfile } from '../shared/domain/profile-place.ts';
import { type Failure, failureOf } from '../shared/domain/strata-error.ts';
import { languageOf, sayFailure } from '../shared/words/say.ts';
import { sendNotice } from './bridge/bridge.ts';
import { servePages } from './bridge/pages.ts';
import { openTrayBridge, sendTray } from './bridge/tray-bridge.ts';
import { startHeartbeat } from './clock/heartbeat.ts';
import { type EngineLink, leaveExpected, linkEngine } from './engine/engine-link.ts';
import { superviseEngine } from './engine/supervisor.ts';
import { keepFatalErrors } from './guard.ts';
import type { StartWords } from './start-words.ts';
import { fileFailure } from './system/file-failure.ts';
import { arrangeLeaving, type Leaving } from './system/leaving.ts';
import { setMenu } from './system/menu.ts';
import { showAlerts } from './system/notifications.ts';
import { mirrorPreferences, systemLocale } from './system/preferences.ts';
import { shellHandlers } from './system/shell-handlers.ts';
import { showTray } from './system/tray.ts';
import { feedTray } from './system/tray-feed.ts';
import type { TrayAction } from './system/tray-model.ts';
import { pauseEnd } from './system/pause-end.ts';
import { listAppFiles, serveApp } from './windows/app-scheme.ts';
import { guardEveryPage } from './windows/guards.ts';
import { createMainWindow, type MainWindow } from './windows/main-window.ts';
import { openMemoryFile } from './windows/memory-file.ts';
import { createPopover } from './windows/popover.ts';
import { openPreviews, type Previews } from './windows/preview-scheme.ts';
import { wall } from './windows/walls.ts';

/** The app with its window. Everything here happens before Electron is ready; the rest waits for it in {@link openWindows}. */
export function openDesktop(words: StartWords): void {
  const profileDir = resolve(words.profile ?? defaultProfile(process.platform, process.env, homedir()));
  const memoryDir = join(profileDir, 'window');
  try {
    mkdirSync(profileDir, { recursive: true, mode: 0o700 });
    mkdirSync(memoryDir, { recursive: true, mode: 0o700 });
  } catch (error) {
    return refuseToStart(failureOf(fileFailure(error, profileDir)));
  }
  keepFatalErrors(join(profileDir, 'logs', 'window.log'));
  // Chromium's own files; and as the lock of the single instance is there, too, it is one instance for each profile.
  app.setPath('userData', memoryDir);
  // The words travel as data: those of `second-instance` are reordered and mixed with Chromium's own.
  if (!app.requestSingleInstanceLock({ hidden: words.hidden })) return app.exit(0);

  // Windows shows notifications only of an app that has the name under which it was installed.
  if (process.platform === 'win32') app.setAppUserModelId('app.strata.desktop');
  // Root's tests start with --no-sandbox, which this would take away again and so leave no process that can start.
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
    { scheme: 'mail-preview', privileges: { standard: true, secure: true } },
  ]);
  const previews = openPreviews();
  guardEveryPage(previews);
  const walls: Promise<void>[] = [];
  app.on('session-created', (created) => walls.push(wall(created)));

  void app.whenReady().then(async () => {
    walls.push(wall(session.defaultSession));
    await Promise.all(walls.splice(0));
    openWindows(words, profileDir, memoryDir, previews);
  });
}

/** There is no place for a window's files, so there is no window that could say it. (Linux has no dialog yet either: standard error.) */
function refuseToStart(failure: Failure): void {
  dialog.showErrorBox('Strata', sayFailure(failure, languageOf(process.env['LANG'] ?? 'en')));
  app.exit(1);
}

/** The composition of the main process: the one place that knows every part of it. */
function openWindows(words: StartWords, profileDir: string, memoryDir: string, previews: Previews): void {
  const built = join(app.getAppPath(), 'out');
  const resources = join(app.getAppPath(), 'resources');
  const files = listAppFiles(join(built, 'renderer'));
  protocol.handle('app', (request) => serveApp(files, request));
  protocol.handle('mail-preview', (request) => previews.serve(request));

  const supervisor = superviseEngine(join(built, 'main', 'engine-host.js'), [profileDir, app.getVersion()]);
  const link = linkEngine(supervisor);
  const memory = openMemoryFile(join(memoryDir, 'memory.json'));
  const preferences = mirrorPreferences(link, memory);
  const feed = feedTray(supervisor, link);
  const window = createMainWindow({
    preload: join(built, 'preload', 'index.cjs'),
    icon: process.platform === 'linux' ? join(resources, 'app', '512x512.png') : undefined,
    locale: systemLocale(),
    developer: !app.isPackaged,
    memory,
    mayClose: () => leaving.mayClose(),
    goTo: (page, route) => sendNotice(page, 'shell.goTo', { route }),
  });
  const leaving = arrangeLeaving({ supervisor, feed, preferences, window, askClose: (runs) => pages.askClose(runs) });
  const pages = servePages(window, supervisor, previews, shellHandlers({ window, previews, preferences, leaving, link }));

  const popover = createPopover({ preload: join(built, 'preload', 'tray.cjs'), developer: !app.isPackaged });
  const sendShown = (): void => {
    const page = popover.page();
    // Nobody looks, and while the tray is made it has nothing to say yet.
    if (page === undefined) return;
    const shown = tray.shown();
    if (shown !== undefined) sendTray(page, shown);
  };
  const tray = showTray({
    iconsDir: join(resources, 'tray'),
    feed,
    preferences,
    popover,
    perform: (action) => perform(action, window, link, leaving),
    changed: sendShown,
  });
  openTrayBridge((page) => page === popover.page(), { ready: sendShown, choose: tray.choose, close: popover.close });
  const setWords = (): void =>
    setMenu(preferences.words(), { openSettings: () => window.show('/settings'), quit: leaving.quit }, !app.isPackaged);
  setWords();
  preferences.onChange(setWords);
  showAlerts(link, preferences, () => window.native()?.isFocused() ?? false, window.show);
  startHeartbeat(link, tray.refresh);

  app.on('second-instance', (_event, _argv, _directory, data) => {
    // Whoever can start a second instance is this very user; still, only the one thing that is expected is read.
    const isHidden = typeof data === 'object' && data !== null && 'hidden' in data && data.hidden === true;
    if (!isHidden) window.show();
  });
  app.on('activate', () => window.show());
  if (!words.hidden) window.show();
}

function perform(action: TrayAction, window: MainWindow, link: EngineLink, leaving: Leaving): void {
  switch (action.do) {
    case 'open':
      return window.show(action.route);
    case 'pause':
      void link.call('clock.pause', { untilMs: pauseEnd(action.until, new Date()) }).catch(leaveExpected);
      return;
    case 'back-up':
      for (const id of action.jobs) void link.call('job.run', { id }).catch(leaveExpected);
      return;
    case 'pause-run':
      return void link.call('run.pause', { id: action.run }).catch(leaveExpected);
    case 'resume-run':
      return void link.call('run.resume', { id: action.run }).catch(leaveExpected);
    case 'stop':
      return void link.call('run.stop', { id: action.run, how: 'after-item' }).catch(leaveExpected);
    case 'quit':
      return leaving.quit();
  }
}
