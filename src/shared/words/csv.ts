import type { RestoreReport } from '../domain/run.ts';
import type { Failure } from '../domain/strata-error.ts';

/** A cell that a spreadsheet would take for a formula gets a leading apostrophe. */
export const csvCell = (value: string | number): string => {
  const text = String(value);
  const safe = /^[=+\-@\t\r]/.test(text) && typeof value === 'string' ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

/** RFC 4180, but for the ends of lines. The names of columns are a contract with scripts. */
export const csvOf = (columns: readonly string[], rows: readonly (readonly (string | number)[])[]): string =>
  [columns, ...rows].map((row) => row.map(csvCell).join(',')).join('\n');

/** What a restore did, as far as its report lists it: what failed with its code and reason, then the first of the rest. */
export function restoreCsv({ failed, entries }: RestoreReport, say: (failure: Failure) => string): string {
  const failures = failed.map(({ failure, source, folder, item }) => {
    const place = [source, folder].filter((part) => part !== '').join('/');
    return ['fail', place, item, '', '', failure.code, say(failure)];
  });
  const others = entries
    .filter(({ outcome }) => outcome !== 'fail')
    .map(({ outcome, folder, name, sizeBytes, timeMs }) => {
      const time = timeMs === null ? '' : new Date(timeMs).toISOString();
      return [outcome, folder, name, sizeBytes, time, '', ''];
    });
  return csvOf(['outcome', 'folder', 'name', 'bytes', 'time', 'code', 'reason'], [...failures, ...others]);
}
