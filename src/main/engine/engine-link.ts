import type { CallInput, CallName, CallOutput } from '../../shared/contract/calls.ts';
import { type Client, createClient } from '../../shared/contract/client.ts';
import type { Notice, NoticeName } from '../../shared/contract/notices.ts';
import { portCarrier } from '../../shared/contract/port-carrier.ts';
import { isStrataError, StrataError } from '../../shared/domain/strata-error.ts';
import type { Supervisor } from './supervisor.ts';

/** The main process as a client of the engine, across its restarts: for the tray, the heartbeat and the notifications. */
export interface EngineLink {
  /** Rejects with `engine.lost` while there is none. */
  call<Name extends CallName>(name: Name, input: CallInput<Name>): Promise<CallOutput<Name>>;
  on<Name extends NoticeName>(name: Name, listener: (notice: Notice<Name>) => void): void;
  onConnected(listener: () => void): void;
}

export function linkEngine(supervisor: Supervisor): EngineLink {
  const subscriptions: ((client: Client) => void)[] = [];
  const connected = new Set<() => void>();
  let client: Client | undefined;

  supervisor.onStatus(({ state }) => {
    if (state !== 'ready') return;
    const port = supervisor.openPort();
    if (!port) return;
    const fresh = createClient(portCarrier(port), 'window');
    client = fresh;
    fresh.onLost(() => {
      if (client === fresh) client = undefined;
    });
    for (const subscribe of subscriptions) subscribe(fresh);
    for (const listener of connected) listener();
  });

  return {
    call: (name, input) => client?.call(name, input) ?? Promise.reject(new StrataError('engine.lost', 'later')),
    on(name, listener) {
      const subscribe = (to: Client): void => void to.on(name, listener);
      subscriptions.push(subscribe);
      if (client) subscribe(client);
    },
    onConnected: (listener) => void connected.add(listener),
  };
}

/** For what is asked again later anyway: an expected failure is left to the window, which shows it; a bug is not. */
export function leaveExpected(error: unknown): void {
  if (!isStrataError(error)) throw error;
}
