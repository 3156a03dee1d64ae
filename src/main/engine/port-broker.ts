import type { WebContents } from 'electron';
import type { Supervisor } from './supervisor.ts';

/**
 * Gives each page a port to the engine. A port that is sent before the page listens is lost without a trace, and one that is sent
 * twice resets its client: so it is sent when the engine said `ready` and the page said `ready`, and again after either began anew.
 */
export interface PortBroker {
  pageIsReady(page: WebContents): void;
  /** It reloads or is gone. */
  pageIsAway(page: WebContents): void;
}

export function brokerPorts(
  supervisor: Supervisor,
  send: (page: WebContents, port: Electron.MessagePortMain) => void,
): PortBroker {
  const waiting = new Set<WebContents>();

  const give = (page: WebContents): void => {
    const port = supervisor.openPort();
    if (port && !page.isDestroyed()) send(page, port);
  };
  supervisor.onStatus(({ state }) => {
    if (state === 'ready') for (const page of waiting) give(page);
  });

  return {
    pageIsReady(page) {
      waiting.add(page);
      if (supervisor.status().state === 'ready') give(page);
      else supervisor.retry();
    },
    pageIsAway: (page) => void waiting.delete(page),
  };
}
