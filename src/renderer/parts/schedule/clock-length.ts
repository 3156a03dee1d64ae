/** `h:mm:ss`, hours without end. */
export function lengthText(ms: number): string {
  const seconds = Math.round(ms / 1000);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

/** `1:30:00` and `0:15` (hours and minutes); NaN where it is no length. */
export function parseLength(text: string): number {
  const match = /^(\d{1,4}):([0-5]\d)(?::([0-5]\d))?$/u.exec(text.trim());
  if (match === null) return Number.NaN;
  return ((Number(match[1]) * 60 + Number(match[2])) * 60 + Number(match[3] ?? 0)) * 1000;
}

export const idleUnits = ['minutes', 'hours', 'days'] as const;
export type IdleUnit = (typeof idleUnits)[number];
export const unitMs: Readonly<Record<IdleUnit, number>> = { minutes: 60_000, hours: 3_600_000, days: 86_400_000 };

/** The largest unit of which it is a whole number; `clock` where it is none of any. */
export function unitOf(ms: number): IdleUnit | 'clock' {
  const units = ['days', 'hours', 'minutes'] as const;
  return units.find((unit) => ms >= unitMs[unit] && ms % unitMs[unit] === 0) ?? 'clock';
}
