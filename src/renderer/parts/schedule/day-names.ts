/** `Tuesday`; 0 is Monday. */
export const longDayName = (locale: string, day: number): string =>
  new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' }).format(Date.UTC(2024, 0, 1 + day));

/** `Mon 23 Nov`, of a date that was counted in UTC. */
export function shortDayName(locale: string, date: number): string {
  const format = new Intl.DateTimeFormat(locale, { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' });
  const parts = format.formatToParts(date);
  return parts.map((part, at) => (part.type === 'literal' && parts[at - 1]?.type === 'weekday' ? ' ' : part.value)).join('');
}
