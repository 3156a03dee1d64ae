const hourMs = 3_600_000;
const morning = 8;

/** When a pause that begins now ends; null: there is none any more. Tomorrow is the day of the clock on the wall. */
export function pauseEnd(until: 'hour' | 'tomorrow' | null, now: Date): number | null {
  if (until === null) return null;
  if (until === 'hour') return now.getTime() + hourMs;
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1, morning).getTime();
}
