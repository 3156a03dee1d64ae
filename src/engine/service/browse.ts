import type { ItemId, JobId, RunId, SourceId, StorageId } from '../../shared/domain/ids.ts';
import { transactionId } from '../../shared/domain/ids.ts';
import type { Change, Manifest } from '../../shared/domain/item.ts';
import type { JsonObject } from '../../shared/domain/json.ts';
import type { SourceKind } from '../../shared/domain/source-settings.ts';
import { StrataError } from '../../shared/domain/strata-error.ts';
import type { DifferencePage, DifferenceQuery, FindQuery, FoundRow, HistoryEntry, ItemRow, PageQuery } from '../catalog/index.ts';
import { dayOf } from './days.ts';
import type { OpenStorage, OpenStorages } from './open-storages.ts';
import type { TextIndexes } from './text-indexes.ts';

/** What a preview or `show --raw` may hold in memory. Larger items are restored instead. */
const wholeItemLimitBytes = 64 * 1024 * 1024;

export interface HistoryRow {
  transaction: string;
  item: ItemId;
  version: number;
  validFrom: string;
  validTo: string | null;
  change: Change;
  run: RunId;
  folder: ItemId | null;
  folderPath: string;
  name: string;
  sizeBytes: number;
  metadata: JsonObject;
  digest: string | null;
  contents: { part: string; digest: string; size: number; validFrom: string; validTo: string | null }[];
  /** Retention took it out of sight. */
  hidden?: true;
  /** Nothing but this is left of it. */
  purged?: true;
}

export interface TreeRow {
  item: ItemId;
  source: SourceId;
  sourceName: string;
  sourceKind: SourceKind;
  parent: ItemId | null;
  name: string;
  path: string;
  specialUse: string | null;
  items: number;
  deleted: boolean;
  unchosenSinceMs: number | null;
}

/** Reading what a storage holds: from the catalog, and content from the packs. */
export class Browse {
  readonly #open: OpenStorages;
  readonly #texts: Pick<TextIndexes, 'hits'>;

  constructor(open: OpenStorages, texts: Pick<TextIndexes, 'hits'>) {
    this.#open = open;
    this.#texts = texts;
  }

  async moments(
    storage: StorageId,
    limit: number,
  ): Promise<{ run: RunId; job: JobId; jobName: string; atMs: number; saved: number; vanished: number }[]> {
    const { catalog } = await this.#use(storage);
    return catalog.moments(limit).flatMap(({ run, job, atMs, counts }) => {
      if (job === null) return [];
      const saved = counts.new + counts.changed + counts.metadataOnly + counts.moved;
      return [{ run, job: job.id, jobName: job.name, atMs, saved, vanished: counts.vanished }];
    });
  }

  async tree(storage: StorageId, atMs: number | null): Promise<TreeRow[]> {
    const { catalog } = await this.#use(storage);
    const sources = new Map(catalog.sources().map((source) => [source.id, source]));
    return catalog.tree(atMs).map(({ metadata, ...folder }) => {
      const source = sources.get(folder.source);
      const specialUse = metadata['specialUse'];
      return {
        ...folder,
        sourceName: source?.name ?? '',
        sourceKind: source?.settings.kind ?? 'files',
        specialUse: typeof specialUse === 'string' ? specialUse : null,
      };
    });
  }

  async items(storage: StorageId, query: PageQuery): Promise<{ total: number; rows: ItemRow[] }> {
    const { catalog } = await this.#use(storage);
    return catalog.page(query);
  }

  async density(storage: StorageId, folder: ItemId | null): Promise<{ dayMs: number; saved: number; vanished: number }[]> {
    return (await this.#use(storage)).catalog.density(folder, dayOf);
  }

  /** `fromMs` null: before everything; `toMs` null: now. */
  async differences(
    storage: StorageId,
    { fromMs, toMs, ...query }: Omit<DifferenceQuery, 'fromMs' | 'toMs'> & Record<'fromMs' | 'toMs', number | null>,
  ): Promise<DifferencePage> {
    const { catalog } = await this.#use(storage);
    return catalog.differences({ ...query, fromMs: fromMs ?? 0, toMs: toMs ?? Number.MAX_SAFE_INTEGER });
  }

  async item(storage: StorageId, item: ItemId, version: number | null, atMs: number | null): Promise<ItemRow> {
    return this.#found((await this.#use(storage)).catalog.row(item, version, atMs), item);
  }

  async resolve(storage: StorageId, text: string, atMs: number | null): Promise<{ item: ItemId }> {
    const found = (await this.#use(storage)).catalog.resolve(text, atMs);
    if (found.length > 1) throw new StrataError('name.ambiguous', 'never', { kind: 'item', name: text });
    return { item: this.#found(found[0], text) };
  }

  async find(storage: StorageId, query: FindQuery): Promise<FoundRow[]> {
    const open = await this.#use(storage);
    return open.catalog.find(query, this.#texts.hits(open));
  }

  async history(storage: StorageId, item: ItemId): Promise<HistoryRow[]> {
    const { catalog } = await this.#use(storage);
    const history = catalog.history(item);
    if (history.length === 0) throw new StrataError('name.unknown', 'never', { kind: 'item', name: item });
    return history.map(historyRow);
  }

  /** The content of a version, checked; fails with `item.too-large` where it is more than a preview should hold. */
  async whole(
    storage: StorageId,
    item: ItemId,
    version: number | null,
  ): Promise<{ manifest: Manifest; bytes: Uint8Array | undefined }> {
    const open = await this.#use(storage);
    const manifest = this.#found(version === null ? newestWithContent(open, item) : open.catalog.version(item, version), item);
    const part = manifest.contents[0];
    if (part === undefined) return { manifest, bytes: undefined };
    if (part.sizeBytes > wholeItemLimitBytes) {
      throw new StrataError('item.too-large', 'never', { item: manifest.name, size: part.sizeBytes });
    }
    const bytes = new Uint8Array(part.sizeBytes);
    let offset = 0;
    for await (const chunk of open.storage.read(part, open.catalog)) {
      bytes.set(chunk, offset);
      offset += chunk.length;
    }
    return { manifest, bytes };
  }

  async #use(storage: StorageId): Promise<OpenStorage> {
    return this.#open.use(storage);
  }

  #found<Thing>(thing: Thing | undefined, name: string): Thing {
    if (thing === undefined) throw new StrataError('name.unknown', 'never', { kind: 'item', name });
    return thing;
  }
}

/** Of an item that is gone, its last state is what people want to see. */
function newestWithContent({ catalog }: OpenStorage, item: ItemId): Manifest | undefined {
  const row = catalog.row(item, null, null);
  return row === undefined ? undefined : catalog.version(item, row.version);
}

const iso = (timeMs: number): string => new Date(timeMs).toISOString();
const isoOrNull = (timeMs: number | null): string | null => (timeMs === null ? null : iso(timeMs));

function historyRow({ manifest, validToMs, change, isHidden, folderPath, contents }: HistoryEntry): HistoryRow {
  return {
    transaction: transactionId(manifest.item, manifest.version),
    item: manifest.item,
    version: manifest.version,
    validFrom: iso(manifest.validFromMs),
    validTo: isoOrNull(validToMs),
    change,
    run: manifest.run,
    folder: manifest.folder,
    folderPath,
    name: manifest.name,
    sizeBytes: manifest.sizeBytes,
    metadata: manifest.metadata,
    digest: manifest.contents[0]?.digest ?? null,
    contents: contents.map((part) => ({
      part: part.part,
      digest: part.digest,
      size: part.sizeBytes,
      validFrom: iso(part.validFromMs),
      validTo: isoOrNull(part.validToMs),
    })),
    ...(manifest.removed === true ? { purged: true } : isHidden ? { hidden: true } : {}),
  };
}
