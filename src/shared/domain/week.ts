import { dayMinutes, type Paint, type Stretch, weekMinutes } from './schedule.ts';

/** What is painted at a minute of the week. Null: no windows, everything is allowed. */
export function paintAt(windows: readonly Stretch[] | null, minute: number): Paint {
  if (windows === null) return 'allowed';
  return windows.find(({ from, to }) => from <= minute && minute < to)?.paint ?? 'blocked';
}

/** The week with a part of it painted; sorted, without overlaps, neighbours of one paint as one. */
export function painted(windows: readonly Stretch[], from: number, to: number, paint: Paint): Stretch[] {
  const around = windows.flatMap((one) => [
    { ...one, to: Math.min(one.to, from) },
    { ...one, from: Math.max(one.from, to) },
  ]);
  const all = paint === 'blocked' ? around : [...around, { from, to, paint }];
  return joined(all.filter((one) => one.from < one.to).toSorted((a, b) => a.from - b.from));
}

/** Windows as people give them, in any order and overlapping; where they do, the later ones count. */
export const weekOf = (stretches: readonly Stretch[]): Stretch[] =>
  stretches.reduce<Stretch[]>((week, { from, to, paint }) => painted(week, from, to, paint), []);

/** What is blocked becomes allowed, and everything else blocked. */
export function inverted(windows: readonly Stretch[]): Stretch[] {
  return windows.reduce<Stretch[]>(
    (week, { from, to }) => painted(week, from, to, 'blocked'),
    [{ from: 0, to: weekMinutes, paint: 'allowed' }],
  );
}

/** One day's windows (0: Monday) given to others. */
export function copiedDay(windows: readonly Stretch[], day: number, others: readonly number[]): Stretch[] {
  const start = day * dayMinutes;
  const ofDay = windows
    .map((one) => ({ ...one, from: Math.max(one.from - start, 0), to: Math.min(one.to - start, dayMinutes) }))
    .filter(({ from, to }) => from < to);
  return others.reduce<readonly Stretch[]>((week, other) => {
    const base = other * dayMinutes;
    const cleared = painted(week, base, base + dayMinutes, 'blocked');
    return ofDay.reduce((into, { from, to, paint }) => painted(into, base + from, base + to, paint), cleared);
  }, windows) as Stretch[];
}

function joined(sorted: readonly Stretch[]): Stretch[] {
  const result: Stretch[] = [];
  for (const one of sorted) {
    const last = result.at(-1);
    if (last?.to === one.from && last.paint === one.paint) result[result.length - 1] = { ...last, to: one.to };
    else result.push(one);
  }
  return result;
}
