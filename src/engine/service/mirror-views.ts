import type { ArchiveChoice } from '../../shared/domain/archive.ts';
import type { RunId, StorageId } from '../../shared/domain/ids.ts';
import type { Retention } from '../../shared/domain/retention.ts';
import type { Run } from '../../shared/domain/run.ts';
import { type Failure, failureOf, isStrataError } from '../../shared/domain/strata-error.ts';
import type { StoredMirror } from '../catalog/index.ts';
import type { LackBook } from '../maintenance/index.ts';
import { diskOf } from './disks.ts';
import type { Need } from './need.ts';
import type { OpenStorages } from './open-storages.ts';
import type { Parts } from './parts.ts';
import { systemZone } from './zones.ts';

export interface MirrorSummary {
  /** The storage that receives. */
  id: StorageId;
  name: string;
  path: string;
  origin: StorageId;
  originName: string;
  enabled: boolean;
  retention: Retention | null;
  zone: string;
  isElsewhere: boolean;
  /** Null: it is a mirror. */
  archive: ArchiveChoice | null;
  isSameDisk: boolean;
  running: RunId | null;
  lastRun: Run | null;
  caughtUpAtMs: number | null;
  /** What only the origin has; null while one of the two cannot be looked at. */
  lacks: { moments: number; sinceMs: number | null } | null;
  failure: Failure | null;
}

/** The rule of three copies, two disks, and one at another place; the originals are the first copy. */
export interface MirrorStanding {
  copies: number;
  disks: number;
  elsewhere: number;
  missing: ('copy' | 'disk' | 'place')[];
}

export const runningMirror = ({ runs }: Parts, id: StorageId): Run | undefined =>
  runs.going().find((run) => run.kind === 'mirror' && run.storage === id);

/** Never fails: a mirror that cannot be looked at is shown as such. */
export async function mirrorSummary(
  parts: Parts,
  open: OpenStorages,
  mirror: StoredMirror,
  book: LackBook,
): Promise<MirrorSummary> {
  const { store } = parts;
  const { id, origin, enabled, retention, zone, isElsewhere, isSameDisk, archive } = mirror;
  const storage = (wanted: StorageId) => store.storages().find((other) => other.id === wanted);
  const runs = store.runs({ job: null, storage: id, kind: 'mirror', limit: 100 }).filter(({ status }) => status !== 'running');
  const base = {
    ...{ id, origin, enabled, retention, isElsewhere, isSameDisk, archive: archive ?? null, zone: zone ?? systemZone() },
    name: storage(id)?.name ?? '',
    path: storage(id)?.path ?? '',
    originName: storage(origin)?.name ?? '',
    running: runningMirror(parts, id)?.id ?? null,
    lastRun: runs[0] ?? null,
    caughtUpAtMs: runs.find(({ status }) => status === 'success')?.endedAtMs ?? null,
  };
  try {
    const from = await open.use(origin);
    const to = await open.use(id);
    const { moments, sinceMs } = book.of(from.storage, to.storage, archive);
    return { ...base, lacks: { moments, sinceMs }, failure: null };
  } catch (error) {
    if (!isStrataError(error)) throw error;
    return { ...base, lacks: null, failure: failureOf(error) };
  }
}

/** By what is there, and where it is not, by what was there last. An archive is older than its storage, and counts as no copy of it. */
export function mirrorStanding({ store, files }: Parts, origin: StorageId): MirrorStanding {
  const pathOf = (id: StorageId): string => store.storages().find((one) => one.id === id)?.path ?? '';
  const mirrors = store.mirrors().filter((mirror) => mirror.origin === origin && mirror.archive === undefined);
  const disks = new Set(mirrors.filter(({ isSameDisk }) => !isSameDisk).map(({ id }) => diskOf(files, pathOf(id)) ?? `of ${id}`));
  const elsewhere = mirrors.filter((mirror) => mirror.isElsewhere).length;
  return {
    copies: 2 + mirrors.length,
    disks: 1 + disks.size,
    elsewhere,
    missing: [
      ...(mirrors.length === 0 ? (['copy'] as const) : []),
      ...(disks.size === 0 ? (['disk'] as const) : []),
      ...(elsewhere === 0 ? (['place'] as const) : []),
    ],
  };
}

/** A disk that is taken along once a week is no alarm. */
const lateAfterMs = 8 * 86_400_000;

/** Mirrors that tried and could not, and those that lack something for too long, whyever. An archive receives when a person wants it to. */
export function mirrorNeeds(parts: Parts): Need[] {
  const { store, runs } = parts;
  return store.mirrors().flatMap((mirror): Need[] => {
    const { id, enabled } = mirror;
    if (!enabled) return [];
    const name = store.storages().find((storage) => storage.id === id)?.name ?? '';
    const need = { name, failure: null, job: null, storage: id, run: null };
    const [last] = store.runs({ job: null, storage: id, kind: 'mirror', limit: 1 });
    const sinceMs = lateSinceMs(parts, mirror);
    const late: Need[] = sinceMs === null ? [] : [{ ...need, kind: 'mirror-late', sinceMs }];
    if (last?.status !== 'failed') return late;
    const { failure = null } = runs.show(last.id) ?? last;
    return [{ ...need, kind: 'mirror-failed', failure, sinceMs: last.startedAtMs, run: last.id }, ...late];
  });
}

/** When it was caught up last, where that is long ago and its origin has been written to since; null: it is in time. */
function lateSinceMs({ store, clock }: Parts, { id, origin, addedAtMs, archive }: StoredMirror): number | null {
  if (archive !== undefined) return null;
  const newest = (storage: StorageId, kind: 'mirror' | 'backup'): Run | undefined =>
    store
      .runs({ job: null, storage, kind, limit: 100 })
      .find(({ status, endedAtMs }) => endedAtMs !== null && (status === 'success' || status === 'warning'));
  const caughtUpMs = newest(id, 'mirror')?.endedAtMs ?? addedAtMs;
  if (clock.nowMs() - caughtUpMs <= lateAfterMs) return null;
  return (newest(origin, 'backup')?.endedAtMs ?? 0) > caughtUpMs ? caughtUpMs : null;
}
