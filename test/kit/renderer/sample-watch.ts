import type { CallOutput } from '../../../src/shared/contract/calls.ts';
import type { SourceId } from '../../../src/shared/domain/ids.ts';

type Watch = CallOutput<'job.show'>['watch'];

/** A capture that goes on since the morning, after a night in which the app was closed. */
export const watchedSince = (
  mail: SourceId,
  office: SourceId,
  at: (days: number, hours: number, minutes?: number) => number,
): Watch => ({
  state: 'watching',
  failure: null,
  sources: [
    { source: mail, state: 'events', everyMs: null, because: null, places: 14, failure: null },
    { source: office, state: 'both', everyMs: 240_000, because: null, places: 9, failure: null },
  ],
  lastChangeMs: at(0, 12, 31),
  sinceMs: at(0, 8, 2),
  changes: 41,
  pending: 0,
  scanDue: null,
  missed: [],
  gaps: [{ fromMs: at(1, 18, 40), toMs: at(0, 8, 2), caughtUp: true }],
});
