import type { RunPhase } from '../../../shared/domain/run.ts';
import type { RunRecord } from '../../state/index.ts';

/** What the same job's finished backups were like: the middle four fifths of each value. */
export interface Range {
  readonly low: number;
  readonly high: number;
}

export interface Compared {
  readonly name: 'duration' | 'read' | 'added' | 'vanished' | 'failed';
  readonly value: number;
  readonly usual: Range;
  /** Of values and range together, for drawing. */
  readonly most: number;
  readonly verdict: 'usual' | 'high' | 'low';
}

/** Fewer say nothing about what is usual. */
const leastRuns = 5;
const mostRuns = 30;

function quantile(sorted: readonly number[], share: number): number {
  const at = (sorted.length - 1) * share;
  const low = sorted[Math.floor(at)] ?? 0;
  const high = sorted[Math.ceil(at)] ?? low;
  return low + (high - low) * (at - Math.floor(at));
}

const values: Readonly<Record<Compared['name'], (run: RunRecord) => number>> = {
  duration: ({ startedAtMs, endedAtMs }) => (endedAtMs ?? startedAtMs) - startedAtMs,
  read: ({ bytes }) => bytes.read,
  added: ({ counts }) => counts.new,
  vanished: ({ counts }) => counts.vanished,
  failed: ({ counts }) => counts.failed,
};

/** Earlier backups of the same job that came to their end. */
export const comparable = (run: RunRecord, all: readonly RunRecord[]): readonly RunRecord[] =>
  all
    .filter(
      (other) =>
        other.kind === 'backup' &&
        other.job === run.job &&
        other.id !== run.id &&
        other.startedAtMs < run.startedAtMs &&
        (other.status === 'success' || other.status === 'warning'),
    )
    .slice(0, mostRuns);

/** Empty while there are too few to compare with. */
export function compare(run: RunRecord, earlier: readonly RunRecord[]): readonly Compared[] {
  if (earlier.length < leastRuns) return [];
  return (Object.keys(values) as Compared['name'][]).map((name) => {
    const value = values[name](run);
    const sorted = earlier.map(values[name]).sort((a, b) => a - b);
    const usual = { low: quantile(sorted, 0.1), high: quantile(sorted, 0.9) };
    const verdict = value > usual.high ? 'high' : value < usual.low ? 'low' : 'usual';
    return { name, value, usual, most: Math.max(value, sorted.at(-1) ?? 0, 1), verdict };
  });
}

/** The median of what a phase took; null while there are too few. */
export function usualPhaseMs(phase: RunPhase, earlier: readonly RunRecord[]): number | null {
  const took = earlier.flatMap(({ phases }) =>
    phases.filter((one) => one.phase === phase && one.endedAtMs !== null).map((one) => (one.endedAtMs ?? 0) - one.startedAtMs),
  );
  return took.length < leastRuns
    ? null
    : quantile(
        [...took].sort((a, b) => a - b),
        0.5,
      );
}
