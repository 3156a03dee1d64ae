import type { Notice } from '../shared/contract/notices.ts';
import { type Server, serveCalls } from '../shared/contract/server.ts';
import type { Carrier } from '../shared/contract/wire.ts';
import type { LogFile } from './log-file.ts';
import type { ServedEngine } from './served-engine.ts';

/** An open engine and everybody who talks to it. */
export interface Service {
  /** Answers the calls that come on the carrier, and tells it every notice, until either end closes it. */
  attach(carrier: Carrier): void;
  clients(): number;
  runsGoing(): number;
  /** Ends the runs as `ServedEngine.close` says, then hangs up on everybody. Calls that wait for an answer get `engine.lost`. */
  close(how: 'finish-item' | 'now'): Promise<void>;
}

export function serveEngine(engine: ServedEngine, log: LogFile): Service {
  const servers = new Set<Server>();
  const endNotices = engine.onNotice((name, value) => {
    // The engine's values are read-only throughout, which the schemas' types cannot say.
    for (const server of servers) server.announce(name, value as Notice<typeof name>);
  });

  return {
    attach(carrier) {
      const server = serveCalls(
        carrier,
        engine.handlersFor,
        (error) => log.bug('contract', error),
        () => servers.delete(server),
      );
      servers.add(server);
    },
    clients: () => servers.size,
    runsGoing: () => engine.runsGoing(),
    async close(how) {
      await engine.close(how);
      endNotices();
      for (const server of servers) server.close();
      servers.clear();
    },
  };
}
