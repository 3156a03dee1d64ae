import type { CallInput, CallName, CallOutput } from '../../shared/contract/calls.ts';
import { type Client, createClient } from '../../shared/contract/client.ts';
import type { Notice, NoticeName } from '../../shared/contract/notices.ts';
import type { Carrier } from '../../shared/contract/wire.ts';
import { type Failure, StrataError } from '../../shared/domain/strata-error.ts';

/**
 * `starting`: not there yet. `ready`: answers. `lost`: went away and is being started again.
 * `failed`: died too often; only starting the application again helps.
 */
export type EngineState = 'starting' | 'ready' | 'lost' | 'failed';

export interface Engine {
  /** Waits while the engine starts or restarts; rejects with a `StrataError`. */
  call<Name extends CallName>(name: Name, input: CallInput<Name>): Promise<CallOutput<Name>>;
  /** Outlives restarts. Returns what ends the subscription. */
  on<Name extends NoticeName>(name: Name, listener: (notice: Notice<Name>) => void): () => void;
  onState(listener: (state: EngineState) => void): () => void;
  /** Why it is `failed`, where it could still say so. */
  failure(): Failure | null;
  attach(carrier: Carrier): void;
  giveUp(failure: Failure | null): void;
  /** Somebody asked for another try. */
  hopeAgain(): void;
}

interface Subscription {
  readonly subscribe: (client: Client) => () => void;
  unsubscribe: () => void;
}

interface Waiting {
  readonly resolve: (client: Client) => void;
  readonly reject: (error: Error) => void;
}

/** One engine for the page's whole life, whatever processes come and go behind it. */
export function createEngine(): Engine {
  let client: Client | null = null;
  let state: EngineState = 'starting';
  let reason: Failure | null = null;
  const waiting: Waiting[] = [];
  const subscriptions = new Set<Subscription>();
  const stateListeners = new Set<(state: EngineState) => void>();

  const become = (next: EngineState): void => {
    state = next;
    for (const listener of stateListeners) listener(next);
  };

  const connected = (): Promise<Client> => {
    if (client) return Promise.resolve(client);
    if (state === 'failed') return Promise.reject(new StrataError('engine.lost', 'after-user-action'));
    return new Promise((resolve, reject) => waiting.push({ resolve, reject }));
  };

  return {
    async call(name, input) {
      return (await connected()).call(name, input);
    },
    on(name, listener) {
      const subscription: Subscription = { subscribe: (to) => to.on(name, listener), unsubscribe: () => {} };
      if (client) subscription.unsubscribe = subscription.subscribe(client);
      subscriptions.add(subscription);
      return () => {
        subscription.unsubscribe();
        subscriptions.delete(subscription);
      };
    },
    onState(listener) {
      stateListeners.add(listener);
      listener(state);
      return () => stateListeners.delete(listener);
    },
    attach(carrier) {
      const fresh = createClient(carrier, 'window');
      const former = client;
      client = fresh;
      former?.close();
      fresh.onLost(() => {
        if (client !== fresh) return; // it was replaced, not lost
        client = null;
        become('lost');
      });
      for (const subscription of subscriptions) subscription.unsubscribe = subscription.subscribe(fresh);
      for (const call of waiting.splice(0)) call.resolve(fresh);
      become('ready');
    },
    failure: () => reason,
    giveUp(failure) {
      client = null;
      reason = failure;
      for (const call of waiting.splice(0)) call.reject(new StrataError('engine.lost', 'after-user-action'));
      become('failed');
    },
    hopeAgain() {
      if (state === 'failed') become('starting');
    },
  };
}
