import type { StrataErrorCode } from '../../shared/domain/error-codes.ts';
import type { Failure } from '../../shared/domain/strata-error.ts';
import type { StoredStorage } from '../catalog/index.ts';
import type { ClockWatch } from './clock-watch.ts';
import type { Need } from './need.ts';
import type { OpenStorages } from './open-storages.ts';
import type { Parts } from './parts.ts';
import { mirrorAt } from './planning.ts';
import { frozenSources } from './removal-views.ts';

const waiting: ReadonlySet<StrataErrorCode> = new Set(['removal.needs-confirmation']);

/** What a person must answer before anything more is removed, and disks that will be full. Locked storages say nothing. */
export async function removalNeeds(parts: Parts, open: OpenStorages, clock: ClockWatch): Promise<Need[]> {
  const needs: Need[] = [];
  for (const stored of parts.store.storages()) {
    if (!open.isOpen(stored.id)) continue;
    const used = await open.use(stored.id);
    const need = (kind: Need['kind'], name: string, failure: Failure, sinceMs: number | null): Need => ({
      kind,
      name,
      failure,
      sinceMs,
      job: null,
      storage: stored.id,
      run: null,
    });
    const frozen = mirrorAt(parts, used) === undefined ? frozenSources(used.catalog, stored.quietFreezes) : [];
    for (const { sourceName, failure, atMs, keptFrozen } of frozen) {
      if (!keptFrozen) needs.push(need('source-frozen', sourceName, failure, atMs));
    }
    const { failure: wrongClock, keptFrozen: isKept } = await clock.state(stored.id);
    if (wrongClock !== null && !isKept) needs.push(need('clock-wrong', stored.name, wrongClock, null));
    const refusal = lastRefusal(parts, stored);
    if (refusal !== undefined) needs.push(need('removal-waits', stored.name, refusal, null));
    if (stored.settings.minFreeBytes > 0 && open.target(stored.path).space().freeBytes < stored.settings.minFreeBytes) {
      const failure: Failure = { code: 'storage.nearly-full', retry: 'after-user-action', facts: { path: stored.path } };
      needs.push(need('storage-nearly-full', stored.name, failure, null));
    }
  }
  return needs;
}

/** Why the last run that should have hidden something did not. */
function lastRefusal({ store, runs }: Parts, { id }: StoredStorage): Failure | undefined {
  const last = store
    .runs({ job: null, storage: id, kind: null, limit: 20 })
    .find(({ kind, status }) => status !== 'running' && ['backup', 'mirror', 'retention', 'purge'].includes(kind));
  const run = last === undefined ? undefined : runs.show(last.id);
  const failures = [run?.failure, ...(run?.problems ?? []).map(({ failure }) => failure)];
  return failures.find((failure) => failure !== undefined && failure !== null && waiting.has(failure.code)) ?? undefined;
}
