import type { DensityDay } from '../../state/index.ts';
import { startOfDay } from '../../words/format.ts';

export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

const dayMs = 86_400_000;
/** A year is what a screen's width shows well; who wants more turns the wheel. */
const usualMs = 366 * dayMs;
const leastMs = dayMs;
/** Room at the right, so that now does not lie on the edge. */
const breath = 0.015;

/** All that can be seen: from the first change or moment to now. */
export function wholeSpan(firstMs: number, nowMs: number): Span {
  const fromMs = startOfDay(Math.min(firstMs, nowMs - 7 * dayMs));
  return { fromMs, toMs: nowMs + (nowMs - fromMs) * breath };
}

/** The last year of it, or all if it is less; moved so that the moment is inside. */
export function usualSpan(whole: Span, at: number | null): Span {
  const length = Math.min(usualMs, whole.toMs - whole.fromMs);
  const newest = { fromMs: whole.toMs - length, toMs: whole.toMs };
  return at === null || at >= newest.fromMs ? newest : around(at, length, whole);
}

function around(ms: number, length: number, whole: Span): Span {
  const fromMs = Math.min(Math.max(whole.fromMs, ms - length / 2), whole.toMs - length);
  return { fromMs, toMs: fromMs + length };
}

/** `factor` below 1 comes nearer; what is under the pointer stays there. */
export function zoomed(span: Span, whole: Span, ms: number, factor: number): Span {
  const length = Math.min(Math.max((span.toMs - span.fromMs) * factor, leastMs), whole.toMs - whole.fromMs);
  const share = (ms - span.fromMs) / (span.toMs - span.fromMs);
  const fromMs = Math.min(Math.max(whole.fromMs, ms - share * length), whole.toMs - length);
  return { fromMs, toMs: fromMs + length };
}

export interface Bar {
  readonly dayMs: number;
  readonly saved: number;
  readonly vanished: number;
}

/** Days that would be thinner than this many pixels are put together. */
const leastPitch = 2.4;

/** One bar a day, or one for several days where a day is too thin to be seen. Only what lies in the span. */
export function barsOf(
  density: readonly DensityDay[],
  span: Span,
  width: number,
): { readonly bars: readonly Bar[]; readonly pitch: number } {
  const dayWidth = (width * dayMs) / (span.toMs - span.fromMs);
  const days = Math.max(1, Math.ceil(leastPitch / dayWidth));
  const sums = new Map<number, Bar>();
  for (const day of density) {
    if (day.dayMs + dayMs < span.fromMs || day.dayMs > span.toMs) continue;
    const key = days === 1 ? day.dayMs : Math.floor(day.dayMs / (days * dayMs)) * days * dayMs;
    const sum = sums.get(key);
    sums.set(key, { dayMs: key, saved: day.saved + (sum?.saved ?? 0), vanished: day.vanished + (sum?.vanished ?? 0) });
  }
  return { bars: [...sums.values()], pitch: dayWidth * days };
}

export interface Tick {
  readonly ms: number;
  readonly unit: 'year' | 'month' | 'day' | 'hour';
}

/** First moments of years, months, days or hours, at most `most`, whatever of them fits. */
export function ticksOf(span: Span, most: number): readonly Tick[] {
  const length = span.toMs - span.fromMs;
  const steps = [
    { unit: 'hour', count: 6, ms: dayMs / 4 },
    { unit: 'day', count: 1, ms: dayMs },
    { unit: 'day', count: 7, ms: 7 * dayMs },
    { unit: 'month', count: 1, ms: 30.44 * dayMs },
    { unit: 'month', count: 3, ms: 91.31 * dayMs },
    { unit: 'year', count: 1, ms: 365.25 * dayMs },
  ] as const;
  const step = steps.find(({ ms }) => length / ms <= most) ?? steps[steps.length - 1];
  if (!step) return [];
  const ticks: Tick[] = [];
  const at = new Date(span.fromMs);
  at.setHours(0, 0, 0, 0);
  if (step.unit === 'month') at.setMonth(Math.floor(at.getMonth() / step.count) * step.count, 1);
  if (step.unit === 'year') at.setMonth(0, 1);
  while (at.getTime() <= span.toMs) {
    if (at.getTime() >= span.fromMs) ticks.push({ ms: at.getTime(), unit: step.unit });
    // By the calendar, so that a tick stays at midnight when the clocks change.
    if (step.unit === 'hour') at.setHours(at.getHours() + step.count);
    else if (step.unit === 'day') at.setDate(at.getDate() + step.count);
    else if (step.unit === 'month') at.setMonth(at.getMonth() + step.count);
    else at.setFullYear(at.getFullYear() + step.count);
  }
  return ticks;
}
