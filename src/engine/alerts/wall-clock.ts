import type { AlertSettings } from '../../shared/domain/alert.ts';

const minuteMs = 60_000;
const dayMinutes = 1440;

/** Minutes since midnight on the wall there. */
export function minuteOfDay(atMs: number, zone: string | null): number {
  const format = new Intl.DateTimeFormat('en', {
    hour: 'numeric',
    minute: 'numeric',
    hourCycle: 'h23',
    ...(zone === null ? {} : { timeZone: zone }),
  });
  const part = (type: 'hour' | 'minute'): number =>
    Number(format.formatToParts(atMs).find((one) => one.type === type)?.value ?? 0);
  return part('hour') * 60 + part('minute');
}

/**
 * The next time after `afterMs` at which clocks there show that minute. Where they never show it on a day because they are put
 * forward, the first moment after the gap.
 */
export function nextTimeOfDayMs(minute: number, zone: string | null, afterMs: number): number {
  const startMs = (Math.floor(afterMs / minuteMs) + 1) * minuteMs;
  const ahead = (minute - minuteOfDay(startMs, zone) + dayMinutes) % dayMinutes;
  const guessMs = startMs + ahead * minuteMs;
  const off = ((minuteOfDay(guessMs, zone) - minute + dayMinutes * 1.5) % dayMinutes) - dayMinutes / 2;
  if (off === 0) return guessMs;
  // Clocks were changed on the way. Behind: put back, so it comes later. Ahead: put forward, so it was earlier, or is in the gap.
  const mendedMs = guessMs - off * minuteMs;
  if (mendedMs > afterMs && minuteOfDay(mendedMs, zone) === minute) return mendedMs;
  return off > 0 ? gapEndMs(mendedMs, minute, zone) : guessMs;
}

function gapEndMs(fromMs: number, minute: number, zone: string | null): number {
  let atMs = fromMs;
  while (minuteOfDay(atMs, zone) < minute) atMs += minuteMs;
  return atMs;
}

/** When quiet hours that go on then end; null: none do. Hours that begin and end at the same minute are none. */
export function quietUntilMs({ quiet, zone }: AlertSettings, atMs: number): number | null {
  if (quiet === null || quiet.from === quiet.until) return null;
  const now = minuteOfDay(atMs, zone);
  const isQuiet = quiet.from < quiet.until ? now >= quiet.from && now < quiet.until : now >= quiet.from || now < quiet.until;
  return isQuiet ? nextTimeOfDayMs(quiet.until, zone, atMs) : null;
}
