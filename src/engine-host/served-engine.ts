import type { Handlers } from '../shared/contract/calls.ts';
import { type EngineOptions, type NoticeListener, openEngine } from '../engine/index.ts';
import { createHandlers } from './handlers.ts';
import { recorded } from './recorded.ts';

/** The engine as the contract sees it. `openEngine` itself knows no contract; this is where the two meet. */
export interface ServedEngine {
  readonly handlersFor: (from: 'window' | 'command') => Handlers;
  /** Returns what ends the subscription. */
  onNotice(listener: NoticeListener): () => void;
  runsGoing(): number;
  /** Ends runs in order (`finish-item`: after the item at hand), then closes everything. */
  close(how: 'finish-item' | 'now'): Promise<void>;
}

export async function openServedEngine(options: EngineOptions): Promise<ServedEngine> {
  const engine = await openEngine(options);
  const handlers = createHandlers(engine);
  const of = { window: recorded(handlers, engine.record, 'window'), command: recorded(handlers, engine.record, 'command') };
  return {
    handlersFor: (from) => of[from],
    onNotice: (listener) => engine.onNotice(listener),
    runsGoing: () => engine.runs.going(),
    close: (how) => engine.close(how),
  };
}
