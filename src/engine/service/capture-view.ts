import type { CaptureMiss, CaptureStretch, ScanReason } from '../../shared/domain/capture.ts';
import type { JobId, SourceId, StorageId } from '../../shared/domain/ids.ts';
import type { Failure } from '../../shared/domain/strata-error.ts';
import type { CycleOutcome } from '../backup/index.ts';
import type { CaptureBook, StoredJob } from '../catalog/index.ts';

/** What of one source is noticed as it happens. */
export interface SourceWatchView {
  source: SourceId;
  /** `none`: nothing tells of changes there, and only a scan sees them. */
  state: 'none' | 'starting' | 'events' | 'polling' | 'both' | 'lost';
  everyMs: number | null;
  because: 'network' | 'limit' | null;
  places: number | null;
  failure: Failure | null;
}

/** What a person sees of a job's capture. */
export interface CaptureView {
  /** `elsewhere`: this process watches nothing; the app does, while it is open. */
  state: 'off' | 'paused' | 'elsewhere' | 'watching' | 'waiting' | 'storing';
  /** Why what was noticed cannot be stored now. */
  failure: Failure | null;
  sources: SourceWatchView[];
  lastChangeMs: number | null;
  /** Of the stretch that goes on. */
  sinceMs: number | null;
  changes: number;
  /** Folders of which something is to be stored. */
  pending: number;
  scanDue: { sinceMs: number; because: ScanReason } | null;
  /** Storages that lack what was stored in another one, until they are served. */
  missed: readonly CaptureMiss[];
  /** When nobody watched, newest first, and whether it was caught up with. */
  gaps: { fromMs: number; toMs: number | null; caughtUp: boolean }[];
}

/** How capture and the cycles of a job know of each other. */
export interface Watched {
  view(job: StoredJob): CaptureView;
  /** Jobs were made, changed or removed. */
  changed(): void;
  /** A whole cycle is about to look. What it returns is called when it has. */
  scanBegins(job: JobId): Promise<(outcome: CycleOutcome) => void>;
  /** A cycle over all of the job, begun then, came to its end in that storage. */
  served(job: JobId, storage: StorageId, beganMs: number): void;
}

export const nothingWatched: CaptureView = {
  state: 'elsewhere',
  failure: null,
  sources: [],
  lastChangeMs: null,
  sinceMs: null,
  changes: 0,
  pending: 0,
  scanDue: null,
  missed: [],
  gaps: [],
};

/** As many as a person looks at. */
const mostGaps = 20;

/** Between stretches, and since the last one where it has ended. Shorter than a minute is no gap. */
export function gapsOf(stretches: readonly CaptureStretch[]): CaptureView['gaps'] {
  const gaps = stretches.flatMap((stretch, index) => {
    const next = stretches[index + 1];
    if (stretch.end === null) return [];
    return [{ fromMs: stretch.untilMs, toMs: next?.fromMs ?? null, caughtUp: next?.caughtUp ?? false }];
  });
  return gaps
    .filter(({ fromMs, toMs }) => toMs === null || toMs - fromMs >= 60_000)
    .reverse()
    .slice(0, mostGaps);
}

export const newBook = (id: JobId): CaptureBook => ({ id, stretches: [], scanDue: null });
