import type { Run } from '../../shared/domain/run.ts';
import type { Failure } from '../../shared/domain/strata-error.ts';

/** Fewer tell nothing of what is usual. */
const leastRuns = 8;
const lookedAt = 30;
/** So many complete ones are enough: the newest, those beside which it is judged, and one that shows that the first is none of them. */
export const judgedRuns = lookedAt + 2;
/** Iglewicz and Hoaglin, How to Detect and Handle Outliers (1993): beyond 3.5 of the median's deviations it is no chance. */
const beyond = 3.5;
/** The median of deviations is this share of a normal distribution's standard deviation. */
const ofDeviation = 0.6745;
/** Twice as much is still a busy day. */
const leastFactor = 3;
const mib = 1024 ** 2;
const leastBytes = 100 * mib;
const leastMs = 15 * 60_000;
const minuteMs = 60_000;

/**
 * Whether the newest run brought far more than its job usually does, or took far longer; undefined: no. Medians, so that one odd run
 * before it changes nothing. A complete run alone is judged, and only beside complete ones: the first, which saves everything, is none of them.
 * @param runs Of one job, newest first.
 * @param awakeSinceMs The length of a run in which the computer slept says nothing.
 */
export function unusualOf(runs: readonly Run[], awakeSinceMs: number): Failure | undefined {
  const [last] = runs.filter(({ status }) => status !== 'running');
  if (last === undefined || !isComplete(last)) return undefined;
  const before = runs.filter((run) => run !== last && isComplete(run)).slice(0, lookedAt + 1);
  const usual = before.length > lookedAt ? before.slice(0, lookedAt) : before.slice(0, -1);
  if (usual.length < leastRuns) return undefined;
  const stored = usual.map(({ bytes }) => bytes.stored);
  if (isFar(last.bytes.stored, stored, leastBytes)) {
    const facts = { mebibytes: Math.round(last.bytes.stored / mib), usual: Math.round(medianOf(stored) / mib) };
    return { code: 'run.unusually-large', retry: 'after-user-action', facts };
  }
  const lengths = usual.map(lengthOf);
  if (last.startedAtMs >= awakeSinceMs && isFar(lengthOf(last), lengths, leastMs)) {
    const facts = { minutes: Math.round(lengthOf(last) / minuteMs), usual: Math.round(medianOf(lengths) / minuteMs) };
    return { code: 'run.unusually-long', retry: 'after-user-action', facts };
  }
  return undefined;
}

const isComplete = (run: Run): boolean => (run.status === 'success' || run.status === 'warning') && run.cause?.wish === undefined;
const lengthOf = ({ startedAtMs, endedAtMs }: Run): number => Math.max(0, (endedAtMs ?? startedAtMs) - startedAtMs);

function isFar(value: number, usual: readonly number[], least: number): boolean {
  const median = medianOf(usual);
  const deviation = medianOf(usual.map((one) => Math.abs(one - median)));
  return value - median >= least && value >= leastFactor * median && ofDeviation * (value - median) > beyond * deviation;
}

function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const [low, high] = [sorted[(sorted.length - 1) >> 1] ?? 0, sorted[sorted.length >> 1] ?? 0];
  return (low + high) / 2;
}
