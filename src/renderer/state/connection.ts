import { create } from 'zustand';
import type { Failure } from '../../shared/domain/strata-error.ts';
import { type EngineState, engine } from '../client/index.ts';

interface Connection {
  readonly engine: EngineState;
  /** Why the engine is `failed`, where it is known. */
  readonly failure: Failure | null;
  /** Grows when what was asked before may have another answer: a new engine, or the end of a run. */
  readonly epoch: number;
}

export const useConnection = create<Connection>(() => ({ engine: 'starting', failure: null, epoch: 0 }));

const turnEpoch = (): void => useConnection.setState(({ epoch }) => ({ epoch: epoch + 1 }));

export function followConnection(): void {
  engine.onState((state) => {
    useConnection.setState({ engine: state, failure: state === 'failed' ? engine.failure() : null });
    if (state === 'ready') turnEpoch();
  });
  engine.on('run.ended', turnEpoch);
}
