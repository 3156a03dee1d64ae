import type { SourceId, StorageId } from '../../shared/domain/ids.ts';
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

  async forecast(storage: StorageId): Promise<Forecast> {
    const { stored } = await this.#open.use(storage);
    const days = await this.growth(storage);
    const { freeBytes } = this.#open.target(stored.path).space();
    const room = Math.max(0, freeBytes - stored.settings.minFreeBytes);
    return { ...forecastFrom(days, room, this.#parts.clock.nowMs()), freeBytes };
  }
}

function sourceSizes(catalog: Catalog): SourceSize[] {
  const listed = catalog.lastListed();
  const now = catalog.sizes();
  return catalog.sources().map(({ id, name }) => {
    const size: SourceSize = {
      source: id,
      name,
      items: 0,
      itemBytes: 0,
      versions: 0,
      versionBytes: 0,
      lastListedAtMs: listed.get(id) ?? null,
    };
    for (const { source, kind, items, bytes } of now) {
      if (source !== id || kind === 'folder') continue;
      size.items += items;
      size.itemBytes += bytes;
    }
    size.versions = size.items;
    size.versionBytes = size.itemBytes;
    for (const { kind, change, sizeBytes } of catalog.endedVersions(id)) {
      if (kind === 'folder' || change === 'deleted') continue;
      size.versions += 1;
      size.versionBytes += sizeBytes;
    }
    return size;
  });
}
