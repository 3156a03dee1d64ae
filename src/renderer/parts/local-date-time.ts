const two = (value: number): string => String(value).padStart(2, '0');

/** As a field of the kind `datetime-local` writes it: wall-clock time, without a zone. */
export function localDateTime(ms: number): string {
  const date = new Date(ms);
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}T${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** Null: nothing complete was typed. The whole minute counts, so that a moment within it is included. */
export function parseLocalDateTime(text: string): number | null {
  const ms = new Date(text).getTime();
  return Number.isNaN(ms) ? null : ms + 59_999;
}
