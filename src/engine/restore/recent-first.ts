import type { Manifest } from '../../shared/domain/item.ts';

const recentForMs = 30 * 24 * 60 * 60 * 1000;

/** As of a moment: from when on something is recent. */
export const recentSince = (momentMs: number): number => momentMs - recentForMs;

/**
 * Who lost an account can work with it again long before all of it is there: settings and contacts come first, with what is of the last
 * 30 days by its own date, then the rest. What has no date of its own is small, or settings: nobody can say that it is old. An event
 * that is still to come is not old either.
 */
export function isRecent({ kind, summary: { timeMs } }: Manifest, sinceMs: number): boolean {
  return kind === 'contact' || timeMs === undefined || timeMs >= sinceMs;
}
