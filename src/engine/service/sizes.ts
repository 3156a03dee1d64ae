import type { ItemId, SourceId, StorageId } from '../../shared/domain/ids.ts';
import type { ItemKind } from '../../shared/domain/item.ts';
import { type FolderSize, type SenderSize, type Size, sumOf } from '../../shared/domain/size.ts';
import type { Catalog } from '../catalog/index.ts';
import { dayOf } from './days.ts';
import { type Forecast, forecastFrom } from './forecast.ts';
import type { OpenStorages } from './open-storages.ts';
import type { Parts } from './parts.ts';
import { trashOf } from './purging.ts';

export interface SourceSize extends Size {
  source: SourceId;
  name: string;
  lastListedAtMs: number | null;
}

/** How much a storage holds, whose it is, and how fast it grows. */
export class Sizes {
  readonly #parts: Parts;
  readonly #open: OpenStorages;

  constructor(parts: Parts, open: OpenStorages) {
    this.#parts = parts;
    this.#open = open;
  }

  async growth(storage: StorageId): Promise<{ dayMs: number; storedBytes: number; addedBytes: number }[]> {
    const { catalog } = await this.#open.use(storage);
    return catalog.growth(dayOf).map(({ dayMs, packBytes, added }) => ({
      dayMs,
      storedBytes: packBytes,
      addedBytes: added.reduce((sum, { bytes }) => sum + bytes, 0),
    }));
  }

  async sizes(storage: StorageId): Promise<{
    storedBytes: number;
    trashBytes: number;
    itemBytes: number;
    versionBytes: number;
    sources: SourceSize[];
  }> {
    const open = await this.#open.use(storage);
    const { itemBytes, packBytes } = open.catalog.totals();
    const sources = await sourceSizes(open.catalog);
    return {
      storedBytes: packBytes,
      trashBytes: trashOf(open, this.#parts.clock.nowMs()).bytes,
      itemBytes,
      versionBytes: sources.reduce((sum, { versionBytes }) => sum + versionBytes, 0),
      sources,
    };
  }

  /** Of what lies in a folder itself, without what is in folders below it; kind by kind. */
  async folders(storage: StorageId): Promise<FolderSize[]> {
    return (await this.#open.use(storage)).catalog.sizes();
  }

  /** The largest of them, and all others in one. */
  async senders(
    storage: StorageId,
    folders: readonly ItemId[],
    kind: ItemKind | null,
    limit: number,
  ): Promise<{ rows: SenderSize[]; others: Size & { senders: number } }> {
    const all = await (await this.#open.use(storage)).catalog.senders(folders, kind);
    const others = all.slice(limit);
    return { rows: all.slice(0, limit), others: { senders: others.length, ...sumOf(others) } };
  }

  async forecast(storage: StorageId): Promise<Forecast> {
    const { stored } = await this.#open.use(storage);
    const days = await this.growth(storage);
    const { freeBytes } = this.#open.target(stored.path).space();
    const room = Math.max(0, freeBytes - stored.settings.minFreeBytes);
    return { ...forecastFrom(days, room, this.#parts.clock.nowMs()), freeBytes };
  }
}

async function sourceSizes(catalog: Catalog): Promise<SourceSize[]> {
  const listed = catalog.lastListed();
  const folders = await catalog.sizes();
  return catalog.sources().map(({ id, name }) => ({
    source: id,
    name,
    ...sumOf(folders.filter(({ source }) => source === id)),
    lastListedAtMs: listed.get(id) ?? null,
  }));
}
