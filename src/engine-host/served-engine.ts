import type { Handlers } from '../shared/contract/calls.ts';
import { type EngineOptions, type NoticeListener, openEngine } from '../engine/index.ts';
import { createHandlers } from './handlers.ts';

/** The engine as the contract sees it. `openEngine` itself knows no contract; this is where the two meet. */
export interface ServedEngine {
  readonly handlers: Handlers;
  /** Returns what ends the subscription. */
  onNotice(listener: NoticeListener): () => void;
  runsGoing(): number;
  /** Ends runs in order (`finish-item`: after the item at hand), then closes everything. */
  close(how: 'finish-item' | 'now'): Promise<void>;
}

export async function openServedEngine(options: EngineOptions): Promise<ServedEngine> {
  const engine = await openEngine(options);
  return {
    handlers: createHandlers(engine),
    onNotice: (listener) => engine.onNotice(listener),
    runsGoing: () => engine.runs.going(),
    close: (how) => engine.close(how),
  };
}
