import type { RunProgress } from './types.ts';

/** What a run had done at a moment of this window's clock. */
export interface Sample {
  readonly atMs: number;
  readonly bytes: number;
  readonly items: number;
  readonly phase: RunProgress['phase'];
}

export interface Pace {
  /** 0 to 1; null while the engine is still counting. */
  readonly share: number | null;
  /** Of what is read at the source; null until two samples of one phase lie far enough apart. */
  readonly bytesPerSecond: number | null;
  /** `about` only when all is counted and the speed was steady; else a lower bound, or nothing. */
  readonly left: { readonly kind: 'about' | 'at-least'; readonly ms: number } | null;
}

/** Shorter than this says more about one large item than about the speed. */
const leastSpanMs = 2000;
/** The speed of the last half minute; what was before says nothing about what is left. */
const windowMs = 30_000;
/** Halves of the window that differ by more than this factor make an estimate a lower bound only. */
const steady = 2;

/** A rate in `unit` per second over the newest samples of the running phase. */
function rateOf(samples: readonly Sample[], unit: 'bytes' | 'items'): number | null {
  const newest = samples.at(-1);
  if (!newest) return null;
  const oldest = samples.find((sample) => sample.phase === newest.phase && newest.atMs - sample.atMs <= windowMs);
  if (!oldest || newest.atMs - oldest.atMs < leastSpanMs) return null;
  return ((newest[unit] - oldest[unit]) * 1000) / (newest.atMs - oldest.atMs);
}

function isSteady(samples: readonly Sample[], unit: 'bytes' | 'items'): boolean {
  const newest = samples.at(-1);
  if (!newest) return false;
  const recent = samples.filter((sample) => sample.phase === newest.phase && newest.atMs - sample.atMs <= windowMs);
  const middle = Math.floor(recent.length / 2);
  const early = rateOf(recent.slice(0, middle + 1), unit);
  const late = rateOf(recent.slice(middle), unit);
  return early !== null && late !== null && early > 0 && late > 0 && Math.max(early / late, late / early) <= steady;
}

/**
 * Bytes decide where they are counted, else items. `samples` are oldest first.
 * Nothing is promised that was not measured: no totals, no share; no speed, no time left.
 */
export function paceOf(progress: RunProgress, samples: readonly Sample[]): Pace {
  const byBytes = progress.bytesTotal !== null && progress.bytesTotal > 0;
  const total = byBytes ? progress.bytesTotal : progress.itemsTotal;
  const done = byBytes ? progress.bytesDone : progress.itemsDone;
  const unit = byBytes ? 'bytes' : 'items';
  const speed = rateOf(samples, 'bytes');
  const bytesPerSecond = speed !== null && speed > 0 ? speed : null;
  if (total === null || total === 0) return { share: null, bytesPerSecond, left: null };
  const share = Math.min(1, done / total);
  const rate = rateOf(samples, unit);
  if (rate === null || rate <= 0) return { share, bytesPerSecond, left: null };
  const ms = (Math.max(0, total - done) / rate) * 1000;
  return { share, bytesPerSecond, left: { kind: isSteady(samples, unit) ? 'about' : 'at-least', ms } };
}

/**
 * Bytes per second in `points` equal slices of the time that the samples span, oldest first, for a small chart.
 * Empty until there is something to draw.
 */
export function speedsOf(samples: readonly Sample[], points: number): readonly number[] {
  const first = samples[0];
  const last = samples.at(-1);
  if (!first || !last || last.atMs - first.atMs < leastSpanMs) return [];
  const slice = (last.atMs - first.atMs) / points;
  const speeds: number[] = [];
  let from = 0;
  for (let point = 1; point <= points; point += 1) {
    let to = from;
    while (to + 1 < samples.length && (samples[to]?.atMs ?? 0) < first.atMs + point * slice) to += 1;
    const begin = samples[from];
    const end = samples[to];
    // A slice without a sample of its own had the speed of the one before; a new phase counts from nought.
    const spanned = begin && end && end.atMs > begin.atMs && end.bytes >= begin.bytes;
    speeds.push(spanned ? ((end.bytes - begin.bytes) * 1000) / (end.atMs - begin.atMs) : (speeds.at(-1) ?? 0));
    from = to;
  }
  return speeds;
}
