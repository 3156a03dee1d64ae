import { app, type WebContents } from 'electron';
import { brokerPorts } from '../engine/port-broker.ts';
import type { Supervisor } from '../engine/supervisor.ts';
import type { MainWindow } from '../windows/main-window.ts';
import type { Previews } from '../windows/preview-scheme.ts';
import { openBridge, type ShellHandlers, sendNotice, sendPort } from './bridge.ts';

/** What the window's page is told, from its first word until it is gone. */
export interface Pages {
  /** False: there is no page that could ask. */
  askClose(runs: number): boolean;
}

/** A page that dies twice within this time would die again: its window goes, and the next one is a fresh start. */
const reloadOnceInMs = 30_000;

export function servePages(window: MainWindow, supervisor: Supervisor, previews: Previews, handlers: ShellHandlers): Pages {
  const broker = brokerPorts(supervisor, sendPort);
  const listening = new WeakSet<WebContents>();
  let reloadedAtMs = Number.NEGATIVE_INFINITY;

  const isAway = (page: WebContents): void => {
    listening.delete(page);
    broker.pageIsAway(page);
    previews.drop(page.id);
  };

  openBridge(
    (page) => page === window.page(),
    handlers,
    (page) => {
      listening.add(page);
      sendNotice(page, 'shell.engine', supervisor.status());
      broker.pageIsReady(page);
    },
  );
  supervisor.onStatus((status) => {
    const page = window.page();
    if (page) sendNotice(page, 'shell.engine', status);
  });
  // A page that reloads, dies or closes has no port any more, whatever it had before.
  app.on('browser-window-created', (_event, { webContents: page }) => {
    const { id } = page; // asking a page that is gone for anything throws
    page.on('did-start-navigation', (event) => {
      if (event.isMainFrame && !event.isSameDocument) isAway(page);
    });
    page.on('render-process-gone', () => {
      isAway(page);
      if (page !== window.page()) return;
      if (performance.now() - reloadedAtMs < reloadOnceInMs) return window.destroy();
      reloadedAtMs = performance.now();
      page.reload();
    });
    page.on('destroyed', () => {
      broker.pageIsAway(page);
      previews.drop(id);
    });
  });

  return {
    askClose(runs) {
      const page = window.page();
      if (!page || !listening.has(page) || supervisor.status().state !== 'ready') return false;
      sendNotice(page, 'shell.askClose', { runs });
      return true;
    },
  };
}
