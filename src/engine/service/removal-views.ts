import type { ItemVersions } from '../../shared/domain/commit.ts';
import type { Freeze } from '../../shared/domain/freeze.ts';
import type { FreezeId, ItemId, JobId, RunId, SourceId } from '../../shared/domain/ids.ts';
import type { ItemKind } from '../../shared/domain/item.ts';
import type { KeptBy, RemovalReason } from '../../shared/domain/retention.ts';
import type { Failure, Facts } from '../../shared/domain/strata-error.ts';
import type { Commit } from '../../shared/domain/commit.ts';
import type { Catalog } from '../catalog/index.ts';
import { freezeFailure, type RemovalPlan } from '../maintenance/index.ts';
import { known } from './names.ts';
import type { OpenStorage } from './open-storages.ts';
import type { Parts } from './parts.ts';
import { mirrorAt } from './planning.ts';

export interface RemovalRow {
  item: ItemId;
  version: number;
  versions: number;
  kind: ItemKind;
  source: SourceId;
  sourceName: string;
  folderPath: string;
  name: string;
  validFromMs: number;
  validToMs: number | null;
  sizeBytes: number;
  reason: RemovalReason;
}

export interface MomentRow {
  run: RunId;
  job: JobId;
  jobName: string;
  atMs: number;
  saved: number;
  vanished: number;
  keptBy: readonly KeptBy[];
}

export interface FrozenSource {
  id: FreezeId;
  source: SourceId;
  sourceName: string;
  reason: Freeze['reason'];
  facts: Facts;
  failure: Failure;
  atMs: number;
  keptFrozen: boolean;
}

export const sourceNames = (catalog: Catalog): Map<SourceId, string> =>
  new Map(catalog.sources().map(({ id, name }) => [id, name]));

/** What would go, in a person's words: the largest first. */
export function removalRows(plan: RemovalPlan, catalog: Catalog, limit: number): RemovalRow[] {
  if (limit === 0) return [];
  const names = sourceNames(catalog);
  const refs: ItemVersions[] = [];
  const reasons = new Map<string, RemovalReason>();
  for (const { items } of plan.choices) {
    for (const chosen of items) {
      refs.push({ item: chosen.item, versions: chosen.versions });
      chosen.versions.forEach((version, index) => reasons.set(`${chosen.item}.${version}`, chosen.reasons[index] ?? 'moments'));
    }
  }
  return catalog.describeVersions(refs, limit).map(({ title, isDeletion, ...row }) => ({
    ...row,
    name: title || row.name,
    sourceName: names.get(row.source) ?? '',
    validToMs: isDeletion ? null : row.validToMs,
    reason: reasons.get(`${row.item}.${row.version}`) ?? 'moments',
  }));
}

export function momentRow({ run, job, atMs, counts }: Commit, keptBy: readonly KeptBy[]): MomentRow[] {
  if (job === null) return [];
  const saved = counts.new + counts.changed + counts.metadataOnly + counts.moved;
  return [{ run, job: job.id, jobName: job.name, atMs, saved, vanished: counts.vanished, keptBy }];
}

/** What waits for an answer in a storage. In a mirror the answer is its origin's. */
export function frozenAt(parts: Parts, open: OpenStorage): FrozenSource[] {
  const asked = mirrorAt(parts, open)?.origin ?? open.stored.id;
  const stored = known('storage', asked, parts.store.storages());
  return frozenSources(open.catalog, stored.quietFreezes);
}

export function frozenSources(catalog: Catalog, quiet: readonly FreezeId[]): FrozenSource[] {
  const names = sourceNames(catalog);
  return catalog.freezes().map(({ id, source, reason, facts, atMs }) => {
    const sourceName = names.get(source) ?? '';
    const failure = freezeFailure(reason, { source: sourceName, ...facts });
    return { id, source, sourceName, reason, facts, failure, atMs, keptFrozen: quiet.includes(id) };
  });
}
