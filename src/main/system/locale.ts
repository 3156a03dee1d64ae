/** The first that can format a date. A system may name none, or what is no language at all: `C`, `POSIX`, nothing. */
export function usableLocale(candidates: readonly (string | undefined)[]): string {
  for (const candidate of candidates) {
    if (candidate && isUsable(candidate)) return candidate;
  }
  return 'en';
}

function isUsable(candidate: string): boolean {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(candidate).length > 0;
  } catch {
    return false; // RangeError: not a language tag
  }
}
