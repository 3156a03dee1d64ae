import type { JobId, RunId, StorageId } from '../../shared/domain/ids.ts';
import type { RehearsalReport } from '../../shared/domain/rehearsal.ts';
import type { RepairReport } from '../../shared/domain/repair.ts';
import type {
  CheckReport,
  PurgeReport,
  RestoreReport,
  RetentionReport,
  Run,
  RunCounts,
  RunKind,
  RunTrigger,
  UndoReport,
} from '../../shared/domain/run.ts';
import type { RunCause } from '../../shared/domain/run-cause.ts';
import type { RunStep } from '../../shared/domain/run-step.ts';
import type { RunContext } from '../kernel/run-context.ts';

export interface RunEnd {
  readonly status: 'success' | 'warning' | 'stopped' | 'failed';
  readonly failure?: Run['failure'];
  readonly restore?: RestoreReport;
  readonly undo?: UndoReport;
  readonly check?: CheckReport;
  readonly retention?: RetentionReport;
  readonly purge?: PurgeReport;
  readonly repair?: RepairReport;
  readonly rehearsal?: RehearsalReport;
}

export interface RunningRun {
  readonly id: RunId;
  counts(): RunCounts;
  /** How many things did not work so far. */
  problems(): number;
  /** Kept at once, so that a killed engine leaves it; one of the same kind and name is replaced. */
  step(step: RunStep): void;
}

export type RunBody = (run: RunContext, running: RunningRun) => Promise<RunEnd>;

export interface StartRun {
  readonly kind: RunKind;
  readonly job: { readonly id: JobId; readonly name: string } | null;
  readonly storage: { readonly id: StorageId; readonly name: string } | null;
  readonly trigger: RunTrigger;
  /** Absent: a person's hand, or upkeep. */
  readonly cause?: RunCause;
  readonly body: RunBody;
  /** The run that was paused and goes on. */
  readonly resumes?: Run | undefined;
}
