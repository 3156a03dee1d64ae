import { MessageChannelMain, type MessagePortMain, type UtilityProcess, utilityProcess } from 'electron';
import { engineExit, fromEngineProcess, type ToEngineProcess } from '../../shared/contract/engine-process.ts';
import type { Failure } from '../../shared/domain/strata-error.ts';
import { createRestartPolicy } from './restart-policy.ts';

export interface EngineStatus {
  readonly state: 'starting' | 'ready' | 'failed';
  /** Starts after a crash, since the app was started. */
  readonly restarts: number;
  readonly failure: Failure | null;
}

/** Keeps one engine process alive. */
export interface Supervisor {
  status(): EngineStatus;
  onStatus(listener: (status: EngineStatus) => void): void;
  /** One end of a fresh channel whose other end the engine answers; only while it is ready. */
  openPort(): MessagePortMain | undefined;
  /** Tries once more after `failed`; otherwise nothing. */
  retry(): void;
  /** Ends the engine and starts none again. Resolves when the process is gone. */
  close(how: 'finish-item' | 'now'): Promise<void>;
}

/** How long an engine may take to end. Then it is killed: what was committed is safe anyway. */
const endWithinMs = { 'finish-item': 60_000, now: 5_000 } as const;

export function superviseEngine(entry: string, words: readonly string[]): Supervisor {
  const policy = createRestartPolicy();
  const listeners = new Set<(status: EngineStatus) => void>();
  let status: EngineStatus = { state: 'starting', restarts: 0, failure: null };
  let child: UtilityProcess | undefined;
  let closing = false;

  const become = (next: Partial<EngineStatus>): void => {
    status = { ...status, ...next };
    for (const listener of listeners) listener(status);
  };

  const start = (): void => {
    if (closing) return;
    const startedAtMs = performance.now();
    const started = utilityProcess.fork(entry, [...words], { serviceName: 'Strata engine' });
    let failure: Failure | null = null;
    child = started;
    started.on('message', (raw: unknown) => {
      const message = fromEngineProcess.parse(raw);
      if (message.type === 'ready') return become({ state: 'ready', failure: null });
      failure = message.failure;
      started.kill(); // it has nothing more to say
    });
    started.on('exit', (code) => {
      child = undefined;
      if (!closing) startAgain(code, performance.now() - startedAtMs, failure);
    });
  };

  const startAgain = (code: number, livedMs: number, failure: Failure | null): void => {
    if (code === engineExit.seatIsFree) {
      become({ state: 'starting' });
      return start();
    }
    const waitMs = failure && failure.retry !== 'later' ? undefined : policy.afterCrash(livedMs);
    if (waitMs === undefined) return become({ state: 'failed', failure });
    become({ state: 'starting', restarts: status.restarts + 1, failure });
    setTimeout(start, waitMs);
  };

  start();
  return {
    status: () => status,
    onStatus: (listener) => void listeners.add(listener),
    openPort() {
      if (status.state !== 'ready' || !child) return undefined;
      const { port1, port2 } = new MessageChannelMain();
      child.postMessage({ type: 'port' } satisfies ToEngineProcess, [port1]);
      return port2;
    },
    retry() {
      if (status.state !== 'failed') return;
      policy.reset();
      become({ state: 'starting', failure: null });
      start();
    },
    close(how) {
      closing = true;
      return child ? end(child, how) : Promise.resolve();
    },
  };
}

function end(child: UtilityProcess, how: 'finish-item' | 'now'): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => child.kill(), endWithinMs[how]);
    child.once('exit', () => {
      clearTimeout(timer);
      resolve();
    });
    child.postMessage({ type: 'close', how } satisfies ToEngineProcess);
  });
}
