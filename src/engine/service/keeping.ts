import type { CommitActs } from '../../shared/domain/commit.ts';
import type { Hold, HoldScope } from '../../shared/domain/hold.ts';
import type { FreezeId, HoldId, RunId, SourceId, StorageId } from '../../shared/domain/ids.ts';
import { StrataError } from '../../shared/domain/strata-error.ts';
import type { Catalog } from '../catalog/index.ts';
import { newId } from '../kernel/random.ts';
import { commitActs } from '../maintenance/index.ts';
import { known } from './names.ts';
import type { OpenStorage, OpenStorages } from './open-storages.ts';
import type { Parts } from './parts.ts';
import { mirrorAt } from './planning.ts';
import { frozenSources, type FrozenSource, sourceNames } from './removal-views.ts';
import { sayTo } from './saying.ts';

export interface HoldRow extends Hold {
  place: string;
  source: SourceId | null;
}

/** What a person says of what must stay: holds, answers to freezes, moments that are wanted no more. Each is a commit of its own. */
export class Keeping {
  readonly #parts: Parts;
  readonly #open: OpenStorages;

  constructor(parts: Parts, open: OpenStorages) {
    this.#parts = parts;
    this.#open = open;
  }

  async holds(storage: StorageId): Promise<HoldRow[]> {
    const { catalog } = await this.#open.use(storage);
    return catalog.holds().map((hold) => ({ ...hold, ...placeOf(hold.scope, catalog) }));
  }

  async hold(storage: StorageId, scope: HoldScope, reason: string): Promise<{ id: HoldId }> {
    const open = await this.#open.useToWrite(storage);
    refuseUnknown(scope, open.catalog);
    const id = newId<HoldId>(this.#parts.random);
    await this.#say('hold', open, { holds: [{ id, scope, reason, atMs: this.#parts.clock.nowMs() }] });
    return { id };
  }

  async release(storage: StorageId, id: HoldId): Promise<void> {
    const open = await this.#open.useToWrite(storage);
    if (!open.catalog.holds().some((hold) => hold.id === id))
      throw new StrataError('name.unknown', 'never', { kind: 'hold', name: id });
    await this.#say('hold', open, { releases: [id] });
  }

  /** Of a mirror none: what is frozen there is its origin's, and is answered there. */
  async freezes(storage: StorageId): Promise<FrozenSource[]> {
    const open = await this.#open.use(storage);
    if (mirrorAt(this.#parts, open) !== undefined) return [];
    return frozenSources(open.catalog, open.stored.quietFreezes);
  }

  /** `mine`: go on. `empty`: go on, and believe the source as it is now. `keep`: stay frozen and ask no more. */
  async answer(storage: StorageId, id: FreezeId, answer: 'mine' | 'empty' | 'keep'): Promise<void> {
    const open = await this.#open.useToWrite(storage);
    const freeze = (await this.freezes(storage)).find((one) => one.id === id);
    if (freeze === undefined) throw new StrataError('name.unknown', 'never', { kind: 'freeze', name: id });
    const { store } = this.#parts;
    if (answer === 'keep') {
      const stored = known('storage', storage, store.storages());
      store.putStorage({ ...stored, quietFreezes: [...new Set([...stored.quietFreezes, id])] });
      this.#parts.changed('storages');
      return;
    }
    await this.#say('hold', open, { thaws: [id] });
    const stored = known('storage', storage, store.storages());
    store.putStorage({
      ...stored,
      quietFreezes: stored.quietFreezes.filter((one) => one !== id),
      acceptsEmpty: answer === 'empty' ? [...new Set([...stored.acceptsEmpty, freeze.source])] : stored.acceptsEmpty,
      tallies: stored.tallies.filter(({ source }) => source !== freeze.source),
    });
  }

  /** What only these moments keep goes with the next retention. */
  async forget(storage: StorageId, runs: readonly RunId[]): Promise<{ forgotten: number }> {
    const open = await this.#open.useToWrite(storage);
    const moments = open.catalog.moments(1_000_000);
    const named = new Set(runs);
    const wanted = moments.filter(({ run }) => named.has(run));
    // Newest first: what is put in last, the oldest at the front, stays.
    const newest = new Map(moments.toReversed().map((moment) => [moment.job?.id, moment]));
    if (wanted.some((moment) => newest.get(moment.job?.id) === moment)) throw new StrataError('removal.newest-moment', 'never');
    if (wanted.length > 0) await this.#say('retention', open, { forgets: wanted.map(({ sequence }) => sequence) });
    return { forgotten: wanted.length };
  }

  async remember(storage: StorageId, runs: readonly RunId[]): Promise<{ remembered: number }> {
    const open = await this.#open.useToWrite(storage);
    const shown = new Set(open.catalog.moments(1_000_000).map(({ sequence }) => sequence));
    const named = new Set(runs);
    const wanted = open.catalog
      .commits()
      .filter(({ kind, run, sequence }) => kind === 'full' && named.has(run) && !shown.has(sequence));
    if (wanted.length > 0) await this.#say('retention', open, { remembers: wanted.map(({ sequence }) => sequence) });
    return { remembered: wanted.length };
  }

  #say(kind: 'retention' | 'hold', open: OpenStorage, acts: CommitActs): Promise<void> {
    return sayTo(open, this.#parts, this.#open, (saying, run) => commitActs(kind, [acts], saying, run));
  }
}

function refuseUnknown(scope: HoldScope, catalog: Catalog): void {
  const isKnown =
    scope.what === 'source'
      ? catalog.sources().some(({ id }) => id === scope.source)
      : catalog.newest(scope.item) !== undefined &&
        (scope.what !== 'version' || catalog.history(scope.item).some(({ manifest }) => manifest.version === scope.version));
  if (!isKnown)
    throw new StrataError('name.unknown', 'never', { kind: 'item', name: scope.what === 'source' ? scope.source : scope.item });
}

/** What a hold keeps, as a person knows it. */
function placeOf(scope: HoldScope, catalog: Catalog): { place: string; source: SourceId | null } {
  const names = sourceNames(catalog);
  if (scope.what === 'source') return { place: names.get(scope.source) ?? scope.source, source: scope.source };
  const newest = catalog.newest(scope.item);
  if (newest === undefined) return { place: scope.item, source: null };
  const folders = catalog.folderPath(newest.folder, null);
  const version = scope.what === 'version' ? ` (${scope.version})` : '';
  const place = [names.get(newest.source) ?? '', ...folders, newest.name]
    .filter((part) => part !== '')
    .join('/')
    .replace(/\/+/g, '/');
  return { place: `${place}${version}`, source: newest.source };
}
