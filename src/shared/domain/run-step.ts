import type { RunId, StorageId } from './ids.ts';
import type { Failure } from './strata-error.ts';

/** What goes with a run beside its own work, in the order in which a person reads it. Each has an outcome of its own. */
export const stepKinds = ['before', 'storage', 'retention', 'mirror', 'check', 'after', 'notice', 'next'] as const;
export type StepKind = (typeof stepKinds)[number];

/**
 * `nothing`: there was nothing to do. `off`: it is not wanted. `waiting`: goes on by itself, at a time or when it can.
 * `cut`: the engine went away in the middle.
 */
export const stepStates = ['done', 'nothing', 'warning', 'failed', 'stopped', 'cut', 'going', 'waiting', 'off'] as const;
export type StepState = (typeof stepStates)[number];

export interface RunStep {
  readonly kind: StepKind;
  /** Whose it is, where there can be several: a mirror, one of several storages, a channel, something of a person's own. Empty: there is one only. */
  readonly name: string;
  readonly state: StepState;
  /** When it ended; of what waits, when it goes on. Null: nobody knows. */
  readonly atMs: number | null;
  /** The run that it is, where it is one. */
  readonly run: RunId | null;
  /** The mirror, or the one of several storages. */
  readonly storage: StorageId | null;
  /** Why it did not work, or waits. */
  readonly failure: Failure | null;
}

export const runStep = (kind: StepKind, state: StepState, more: Partial<RunStep> = {}): RunStep => ({
  ...{ kind, state, name: '', atMs: null, run: null, storage: null, failure: null },
  ...more,
});
