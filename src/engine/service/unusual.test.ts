import { describe, expect, it } from 'vitest';
import type { Run } from '../../shared/domain/run.ts';
import { unusualOf } from './unusual.ts';

const mib = 1024 ** 2;
const minuteMs = 60_000;
type Given = readonly [mebibytes: number, minutes: number, status?: Run['status']];

/** Newest first, an hour apart. */
const runs = (given: readonly Given[]): Run[] =>
  given.map(([mebibytes, minutes, status = 'success'], index) => {
    const startedAtMs = 1e12 - index * 60 * minuteMs;
    const run: Pick<Run, 'status' | 'startedAtMs' | 'endedAtMs' | 'bytes'> = {
      ...{ status, startedAtMs, endedAtMs: startedAtMs + minutes * minuteMs },
      bytes: { read: 0, stored: mebibytes * mib },
    };
    return run as Run;
  });
const first: Given = [50_000, 300];
const usual = (count: number): Given[] =>
  Array.from({ length: count }, (_, index): Given => [20 + (index % 5) * 8, 3 + (index % 3)]);
const judged = (given: readonly Given[], awakeSinceMs = 0) => unusualOf(runs(given), awakeSinceMs)?.code;

describe('a run is unusual', () => {
  it.each<[string, string | undefined, Given[]]>([
    ['not when it is like the others', undefined, [[40, 4], ...usual(10), first]],
    ['when it stored far more', 'run.unusually-large', [[400, 4], ...usual(10), first]],
    ['when it took far longer', 'run.unusually-long', [[40, 45], ...usual(10), first]],
    ['not in the first runs', undefined, [[4000, 400], ...usual(7), first]],
    ['when eight before it tell what is usual', 'run.unusually-large', [[4000, 4], ...usual(8), first]],
    ['not for having saved everything, as the first does', undefined, [first, ...usual(0)]],
    [
      'not when it is large, and most others are',
      undefined,
      [400, 380, 390, 410, 350, 370].map((mebibytes): Given => [mebibytes, 4]).concat(usual(4), [first]),
    ],
    ['when it is large, and one other was', 'run.unusually-large', [[400, 4], [380, 4], ...usual(9), first]],
    ['not for less than 100 MiB', undefined, [[99, 4], ...usual(10).map((): Given => [0, 0]), first]],
    ['for 100 MiB where there was nothing', 'run.unusually-large', [[100, 4], ...usual(10).map((): Given => [0, 0]), first]],
    ['not for less than a quarter of an hour', undefined, [[40, 14], ...usual(10).map((): Given => [20, 0]), first]],
    ['not when it failed', undefined, [[400, 4, 'failed'], ...usual(10), first]],
    ['beside what goes on now', 'run.unusually-large', [[0, 0, 'running'], [400, 4], ...usual(10), first]],
    ['not beside runs that were stopped', undefined, [[400, 4], ...usual(7), [1, 1, 'stopped'], [1, 1, 'failed'], first]],
  ])('%s', (_, expected, given) => {
    expect(judged(given)).toBe(expected);
  });

  it('not in its length when the computer slept meanwhile', () => {
    const given: Given[] = [[40, 450], ...usual(10), first];
    expect(judged(given, 1e12 + minuteMs)).toBeUndefined();
    expect(judged(given, 1e12 - minuteMs)).toBe('run.unusually-long');
  });
});
