import type { Retention } from './retention.ts';
import { type Timing, usualTiming } from './schedule.ts';

/** What a job begins with where nobody says otherwise. It has it from then on: a later change of this changes no job that there is. */
export interface NewJobs {
  readonly timing: Timing;
  /** Where its storage gives new jobs none. Null keeps everything. */
  readonly retention: Retention | null;
}
export const usualNewJobs: NewJobs = { timing: usualTiming, retention: null };
