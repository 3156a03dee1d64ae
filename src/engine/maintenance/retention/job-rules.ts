import type { JobId, SourceId } from '../../../shared/domain/ids.ts';
import type { KeptBy, Retention } from '../../../shared/domain/retention.ts';
import type { Commit } from '../../../shared/domain/commit.ts';
import { Calendar } from './calendar.ts';
import { hasKeepRules, keepMoments } from './keep-moments.ts';
import type { Keeper } from './keep-versions.ts';

/** What a person set up for a job, as far as it says what stays. */
export interface JobRules {
  readonly id: JobId;
  readonly sources: readonly SourceId[];
  readonly retention: Retention | null;
  readonly zone: string;
}

/** A job's rules, held against the moments that there are. */
export interface JudgedJob {
  readonly rules: JobRules;
  readonly calendar: Calendar;
  readonly moments: readonly Commit[];
  /** Sequence → why it stays; empty: it is to be forgotten. */
  readonly keptBy: ReadonlyMap<number, readonly KeptBy[]>;
}

/** Each job's own moments by its own rules. Moments of jobs that are not known here are nobody's to forget. */
export function judgeJobs(jobs: readonly JobRules[], moments: readonly Commit[], nowMs: number): JudgedJob[] {
  return jobs.map((rules) => {
    const calendar = new Calendar(rules.zone);
    const own = moments.filter(({ job }) => job?.id === rules.id);
    const keep = rules.retention?.rules.keep;
    const keptBy: ReadonlyMap<number, readonly KeptBy[]> =
      keep === undefined
        ? new Map(own.map(({ sequence }) => [sequence, ['everything']]))
        : keepMoments(own, keep, calendar, nowMs);
    return { rules, calendar, moments: own, keptBy };
  });
}

/** The job's word on a source: its rules, and the times of its kept moments that show the source. */
export function keeperOf({ rules, calendar, moments, keptBy }: JudgedJob, source: SourceId): Keeper {
  const choosesByMoments = rules.retention !== null && hasKeepRules(rules.retention.rules.keep);
  const kept = choosesByMoments ? moments.filter((moment) => (keptBy.get(moment.sequence)?.length ?? 0) > 0) : [];
  return { retention: rules.retention, calendar, momentsMs: timesOf(kept, source) };
}

/** Moments of jobs that are not known here: another computer's, or one that was removed. What they show stays. */
export const strangersTimes = (jobs: readonly JobRules[], moments: readonly Commit[], source: SourceId): number[] =>
  timesOf(
    moments.filter(({ job }) => job !== null && !jobs.some(({ id }) => id === job.id)),
    source,
  );

const timesOf = (moments: readonly Commit[], source: SourceId): number[] =>
  moments
    .filter(({ sources }) => sources.some(({ id }) => id === source))
    .map(({ atMs }) => atMs)
    .sort((a, b) => a - b);
