export interface Forecast {
  freeBytes: number | null;
  bytesPerDay: number | null;
  fullAroundMs: number | null;
  basisDays: number;
}

const dayMs = 86_400_000;
/** What is looked back on: long enough to hold a month's rhythm three times, short enough to forget the first big backup. */
const lookBackDays = 90;
const leastDays = 7;
/** Later than this is said as never. */
const horizonMs = 100 * 366 * dayMs;

/**
 * When the room will be used up if the last weeks go on: the line of least squares through what was stored at the end of each day.
 * Days are counted by the clock, so that days without a change count, too.
 */
export function forecastFrom(
  days: readonly { readonly dayMs: number; readonly storedBytes: number }[],
  roomBytes: number,
  nowMs: number,
): Omit<Forecast, 'freeBytes'> {
  const recent = days.filter((day) => nowMs - day.dayMs <= lookBackDays * dayMs);
  const [first] = recent;
  const basisDays = first === undefined ? 0 : Math.floor((nowMs - first.dayMs) / dayMs);
  if (first === undefined || basisDays < leastDays) return { bytesPerDay: null, fullAroundMs: null, basisDays };
  const slope = slopeOf(everyDay(recent, basisDays, first.dayMs));
  if (slope <= 0) return { bytesPerDay: 0, fullAroundMs: null, basisDays };
  const leftMs = (roomBytes / slope) * dayMs;
  return { bytesPerDay: Math.round(slope), fullAroundMs: leftMs > horizonMs ? null : Math.round(nowMs + leftMs), basisDays };
}

/** What was stored at the end of each day; a day without a change is like the one before. */
function everyDay(
  days: readonly { readonly dayMs: number; readonly storedBytes: number }[],
  count: number,
  startMs: number,
): number[] {
  const stored: number[] = [];
  let index = 0;
  for (let day = 0; day <= count; day += 1) {
    while (index + 1 < days.length && (days[index + 1]?.dayMs ?? 0) <= startMs + (day + 0.5) * dayMs) index += 1;
    stored.push(days[index]?.storedBytes ?? 0);
  }
  return stored;
}

function slopeOf(values: readonly number[]): number {
  const middle = (values.length - 1) / 2;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  let above = 0;
  let below = 0;
  values.forEach((value, index) => {
    above += (index - middle) * (value - mean);
    below += (index - middle) ** 2;
  });
  return below === 0 ? 0 : above / below;
}
