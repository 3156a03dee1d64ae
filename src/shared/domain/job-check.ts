import type { Failure } from './strata-error.ts';

/** What is looked at before a run of a job, in that order. */
export const jobChecks = ['running', 'enabled', 'unlocked', 'writable', 'lock', 'space', 'clock', 'guard', 'source'] as const;
export type JobCheck = (typeof jobChecks)[number];

/** `refused`: no run begins. `waits`: it would begin, and wait. `noted`: it runs, but not all of it does what it should. */
export const findingOutcomes = ['fine', 'refused', 'waits', 'noted'] as const;
export type FindingOutcome = (typeof findingOutcomes)[number];

export interface JobFinding {
  readonly check: JobCheck;
  /** Of a source: which one; of the storage its name, else empty. */
  readonly name: string;
  readonly outcome: FindingOutcome;
  readonly failure: Failure | null;
}
