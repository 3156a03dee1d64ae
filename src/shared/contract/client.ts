import { StrataError } from '../domain/strata-error.ts';
import { type CallInput, type CallName, type CallOutput, calls } from './calls.ts';
import { type Notice, type NoticeName, notices } from './notices.ts';
import { type Carrier, protocolVersion, wireMessage } from './wire.ts';

export interface Client {
  /** Rejects with a `StrataError`; with `engine.lost` when the other end went away before it answered. */
  call<Name extends CallName>(name: Name, input: CallInput<Name>): Promise<CallOutput<Name>>;
  /** Returns what ends the subscription. */
  on<Name extends NoticeName>(name: Name, listener: (notice: Notice<Name>) => void): () => void;
  onLost(listener: () => void): () => void;
  close(): void;
}

interface Pending {
  readonly name: CallName;
  readonly resolve: (value: never) => void;
  readonly reject: (error: Error) => void;
}

/** The shell's end of the contract. Everything that arrives is parsed before anybody sees it. */
export function createClient(carrier: Carrier, from: 'window' | 'command'): Client {
  const pending = new Map<number, Pending>();
  const listeners = new Map<NoticeName, Set<(notice: never) => void>>();
  const lostListeners = new Set<() => void>();
  let nextId = 1;
  let lost = false;

  const lose = (): void => {
    if (lost) return;
    lost = true;
    for (const call of pending.values()) call.reject(new StrataError('engine.lost', 'later'));
    pending.clear();
    for (const listener of lostListeners) listener();
  };

  const receive = (raw: unknown): void => {
    const message = wireMessage.parse(raw);
    switch (message.type) {
      case 'hello':
        if (message.protocol !== protocolVersion) lose();
        return;
      case 'reply': {
        const call = pending.get(message.id);
        pending.delete(message.id);
        call?.resolve(calls[call.name].output.parse(message.value) as never);
        return;
      }
      case 'refusal': {
        const call = pending.get(message.id);
        pending.delete(message.id);
        const { code, retry, facts } = message.failure;
        call?.reject(new StrataError(code, retry, facts));
        return;
      }
      case 'notice': {
        const notice = notices[message.name].parse(message.value) as never;
        for (const listener of listeners.get(message.name) ?? []) listener(notice);
        return;
      }
      case 'call':
        return; // a shell answers no calls
    }
  };

  carrier.listen(receive, lose);
  carrier.send({ type: 'hello', protocol: protocolVersion, from });

  return {
    call(name, input) {
      if (lost) return Promise.reject(new StrataError('engine.lost', 'later'));
      return new Promise((resolve, reject) => {
        const id = nextId++;
        pending.set(id, { name, resolve, reject });
        carrier.send({ type: 'call', id, name, input });
      });
    },
    on(name, listener) {
      const set = listeners.get(name) ?? new Set();
      listeners.set(name, set);
      set.add(listener);
      return () => set.delete(listener);
    },
    onLost(listener) {
      lostListeners.add(listener);
      return () => lostListeners.delete(listener);
    },
    close() {
      carrier.close();
      lose();
    },
  };
}
