import type { ItemId, SourceId, StorageId } from '../../shared/domain/ids.ts';
import type { Catalog } from '../catalog/index.ts';
import { dayOf } from './days.ts';
import { type Forecast, forecastFrom } from './forecast.ts';
import type { OpenStorages } from './open-storages.ts';
import type { Parts } from './parts.ts';
import { trashOf } from './purging.ts';

export interface SourceSize {
  source: SourceId;
  name: string;
  items: number;
  itemBytes: number;
  versions: number;
  versionBytes: number;
  lastListedAtMs: number | null;
}

export interface FolderSize {
  source: SourceId;
  /** Null: what lies in none. */
  folder: ItemId | null;
  /** What is there now. */
  items: number;
  itemBytes: number;
  /** With what was there before and is seen. */
  versions: number;
  versionBytes: number;
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
    const sources = sourceSizes(open.catalog);
    return {
      storedBytes: packBytes,
      trashBytes: trashOf(open, this.#parts.clock.nowMs()).bytes,
      itemBytes,
      versionBytes: sources.reduce((sum, { versionBytes }) => sum + versionBytes, 0),
      sources,
    };
  }

  /** Of what lies in a folder itself, without what is in folders below it. */
  async folders(storage: StorageId): Promise<FolderSize[]> {
    return folderSizes((await this.#open.use(storage)).catalog);
  }

  async forecast(storage: StorageId): Promise<Forecast> {
    const { stored } = await this.#open.use(storage);
    const days = await this.growth(storage);
    const { freeBytes } = this.#open.target(stored.path).space();
    const room = Math.max(0, freeBytes - stored.settings.minFreeBytes);
    return { ...forecastFrom(days, room, this.#parts.clock.nowMs()), freeBytes };
  }
}

function folderSizes(catalog: Catalog): FolderSize[] {
  const sizes = new Map<string, FolderSize>();
  const sizeOf = (source: SourceId, folder: ItemId | null): FolderSize => {
    const key = `${source} ${folder ?? ''}`;
    const known = sizes.get(key) ?? { source, folder, items: 0, itemBytes: 0, versions: 0, versionBytes: 0 };
    sizes.set(key, known);
    return known;
  };
  for (const { source, folder, kind, items, bytes } of catalog.sizes()) {
    if (kind === 'folder') continue;
    const size = sizeOf(source, folder);
    size.items += items;
    size.itemBytes += bytes;
    size.versions += items;
    size.versionBytes += bytes;
  }
  for (const { id } of catalog.sources()) {
    for (const { folder, kind, change, sizeBytes } of catalog.endedVersions(id)) {
      if (kind === 'folder' || change === 'deleted') continue;
      const size = sizeOf(id, folder);
      size.versions += 1;
      size.versionBytes += sizeBytes;
    }
  }
  return [...sizes.values()];
}

function sourceSizes(catalog: Catalog): SourceSize[] {
  const listed = catalog.lastListed();
  const folders = folderSizes(catalog);
  return catalog.sources().map(({ id, name }) => {
    const all = folders.filter(({ source }) => source === id);
    const sum = (of: (size: FolderSize) => number): number => all.reduce((total, size) => total + of(size), 0);
    return {
      source: id,
      name,
      items: sum(({ items }) => items),
      itemBytes: sum(({ itemBytes }) => itemBytes),
      versions: sum(({ versions }) => versions),
      versionBytes: sum(({ versionBytes }) => versionBytes),
      lastListedAtMs: listed.get(id) ?? null,
    };
  });
}
