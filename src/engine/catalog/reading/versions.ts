import type { ChunkId, ContentDigest, ItemId, RunId, SourceId } from '../../../shared/domain/ids.ts';
import { changes, type ContentPart, itemKinds, type Manifest } from '../../../shared/domain/item.ts';
import { stubOf } from '../../../shared/domain/stub.ts';
import { hiding } from '../rows/layout.ts';
import type { Connection, Statement } from '../sql/connection.ts';
import { MetadataShapes } from './metadata-shapes.ts';
import { type At, shownBefore } from './moment.ts';

interface VersionRow {
  readonly id: number;
  readonly item: string;
  readonly version: number;
  readonly kind: number;
  readonly source: string;
  readonly folder: string | null;
  readonly key: string;
  readonly name: string;
  readonly change: number;
  readonly validFromMs: number;
  readonly run: string;
  readonly contentRevision: string;
  readonly metadataRevision: string;
  readonly identity: string | null;
  readonly sizeBytes: number;
  readonly shape: number;
  readonly metadata: string;
  readonly title: string;
  readonly sender: string | null;
  readonly recipient: string | null;
  readonly timeMs: number | null;
  readonly attachment: number | null;
  readonly digest: string | null;
  /** The chunk list of `digest`; null where the content is one chunk. */
  readonly chunks: Uint8Array | null;
  readonly parts: string | null;
  readonly validToMs: number | null;
  readonly hidden: number | null;
}

/** A version as it was applied, a stub where it was removed. */
export interface StoredVersion {
  readonly manifest: Manifest;
  readonly validToMs: number | null;
  readonly isHidden: boolean;
}

/** Reads transactions back as they were applied. */
export class Versions {
  readonly #row: Statement<VersionRow>;
  readonly #rows: Statement<VersionRow>;
  readonly #newestOf: Statement<number | null>;
  readonly #numbered: Statement<number>;
  readonly #validAt: Statement<number>;
  readonly #shapes: MetadataShapes;
  readonly #itemNumber: Statement<number>;
  readonly #idsOf: Statement<number>;
  readonly #before: Statement<number | null>;
  readonly #chunkList: Statement<Uint8Array>;
  readonly #last: Statement<number>;

  constructor(connection: Connection) {
    const select = `
      SELECT v.id, i.uid AS item, v.n AS version, v.kind, so.uid AS source, f.uid AS folder, c.key, coalesce(c.name, c.key) AS name, v.change,
        v.valid_from AS validFromMs, v.valid_to AS validToMs, r.uid AS run, c.content_revision AS contentRevision,
        v.metadata_revision AS metadataRevision, c.identity, c.size_bytes AS sizeBytes, v.shape, v.metadata,
        coalesce(c.title, c.name, c.key) AS title, c.sender, c.recipient, v.time_ms AS timeMs, c.attachment,
        nullif(lower(hex(c.digest)), '') AS digest, l.chunks, c.parts, v.hidden
      FROM versions v JOIN contents c ON c.id = v.content JOIN items i ON i.id = v.item JOIN sources so ON so.id = v.source
        JOIN runs r ON r.id = v.run LEFT JOIN items f ON f.id = v.folder
        LEFT JOIN chunk_lists l ON l.digest = c.digest`;
    this.#row = connection.rows(`${select} WHERE v.id = ?`);
    this.#rows = connection.rows(`${select} WHERE v.id IN (SELECT value FROM json_each(?))`);
    this.#shapes = new MetadataShapes(connection);
    this.#itemNumber = connection.column('SELECT id FROM items WHERE uid = ?');
    this.#newestOf = connection.column(
      'SELECT v.id FROM items i JOIN versions v ON v.id = i.newest WHERE i.uid = ? AND v.gone < 2',
    );
    this.#numbered = connection.column(`
      SELECT v.id FROM items i JOIN versions v INDEXED BY versions_by_item ON v.item = i.id
      WHERE i.uid = ? AND v.n = ? AND v.gone < 2 ORDER BY v.id DESC LIMIT 1`);
    this.#validAt = connection.column(`
      SELECT v.id FROM items i JOIN versions v INDEXED BY versions_by_item ON v.item = i.id
      WHERE i.uid = ? AND v.valid_from <= ? AND (v.valid_to IS NULL OR v.valid_to > ?) AND v.gone < 2 ORDER BY v.id DESC LIMIT 1`);
    this.#idsOf = connection.column(`
      SELECT v.id FROM items i JOIN versions v INDEXED BY versions_by_item ON v.item = i.id WHERE i.uid = ? ORDER BY v.id`);
    this.#before = connection.column(`
      SELECT ${shownBefore('(SELECT item FROM versions WHERE id = @id)', '@id')}`);
    this.#last = connection.column('SELECT coalesce(max(id), 0) FROM versions');
    this.#chunkList = connection.column('SELECT chunks FROM chunk_lists WHERE digest = unhex(?)');
  }

  itemNumber(item: ItemId): number | undefined {
    return this.#itemNumber.get(item);
  }

  /** Row numbers, oldest first, of hidden and removed versions as well. */
  idsOf(item: ItemId): number[] {
    return this.#idsOf.all(item);
  }

  newestId(item: ItemId): number | undefined {
    return this.#newestOf.get(item) ?? undefined;
  }

  numberedId(item: ItemId, version: number): number | undefined {
    return this.#numbered.get(item, version);
  }

  /** The row that was valid at the moment, deletions included; undefined if it is hidden. */
  idAt(item: ItemId, at: At): number | undefined {
    return at === null ? this.newestId(item) : this.#validAt.get(item, at, at);
  }

  /** The same item's last version before this one that is seen and no deletion. */
  idBefore(id: number): number | undefined {
    return this.#before.get({ id }) ?? undefined;
  }

  newest(item: ItemId): Manifest | undefined {
    return this.#optional(this.newestId(item));
  }

  version(item: ItemId, version: number | null): Manifest | undefined {
    return this.#optional(version === null ? this.newestId(item) : this.numberedId(item, version));
  }

  versionAt(item: ItemId, at: At): Manifest | undefined {
    const manifest = this.#optional(this.idAt(item, at));
    return manifest?.change === 'deleted' ? undefined : manifest;
  }

  /** Rows are numbered as their manifests came. */
  remembered(from: number, count: number, all: number): Manifest[] | undefined {
    if (this.#last.get() !== all) return undefined;
    const ids = Array.from({ length: count }, (_, index) => from + index + 1);
    const rows = new Map(this.#rows.all(JSON.stringify(ids)).map((row) => [row.id, row]));
    if (rows.size !== count) return undefined;
    return ids.map((id) => this.#asStored(rows.get(id), id).manifest);
  }

  /** By row number, which must exist. */
  manifest(id: number): Manifest {
    return this.stored(id).manifest;
  }

  /** The same for many, in their order: most of what one costs is the asking. */
  manifests(ids: readonly number[]): Manifest[] {
    const rows = new Map(this.#rows.all(JSON.stringify(ids)).map((row) => [row.id, row]));
    return ids.map((id) => this.#asStored(rows.get(id), id).manifest);
  }

  /** By row number, which must exist. */
  stored(id: number): StoredVersion {
    return this.#asStored(this.#row.get(id), id);
  }

  #asStored(row: VersionRow | undefined, id: number): StoredVersion {
    if (row === undefined) throw new Error(`no version row ${id}`);
    const manifest = this.#decode(row);
    // The content of a removed one is another version's.
    const isRemoved = row.hidden === hiding.removed;
    return { manifest: isRemoved ? stubOf(manifest) : manifest, validToMs: row.validToMs, isHidden: row.hidden !== null };
  }

  #optional(id: number | undefined): Manifest | undefined {
    return id === undefined ? undefined : this.manifest(id);
  }

  #decode(row: VersionRow): Manifest {
    const change = nth(changes, row.change);
    const isDeleted = change === 'deleted';
    return {
      item: row.item as ItemId,
      version: row.version,
      kind: nth(itemKinds, row.kind),
      source: row.source as SourceId,
      folder: row.folder as ItemId | null,
      key: row.key,
      name: row.name,
      change,
      validFromMs: row.validFromMs,
      run: row.run as RunId,
      contentRevision: row.contentRevision,
      metadataRevision: row.metadataRevision,
      ...(row.identity === null ? {} : { identity: row.identity }),
      sizeBytes: isDeleted ? 0 : row.sizeBytes,
      metadata: this.#shapes.metadata(row.shape, row.metadata),
      summary: {
        title: row.title,
        ...(row.sender === null ? {} : { from: row.sender }),
        ...(row.recipient === null ? {} : { to: row.recipient }),
        ...(row.timeMs === null ? {} : { timeMs: row.timeMs }),
        ...(row.attachment === null ? {} : { hasAttachment: row.attachment === 1 }),
      },
      contents: isDeleted ? [] : this.#contents(row),
    };
  }

  #contents({ digest, sizeBytes, chunks, parts }: VersionRow): ContentPart[] {
    if (digest !== null) return [partOf('raw', digest, sizeBytes, chunks)];
    if (parts === null) return [];
    return (JSON.parse(parts) as [string, string, number][]).map(([part, ofPart, size]) =>
      partOf(part, ofPart, size, this.#chunkList.get(ofPart) ?? null),
    );
  }
}

function partOf(part: string, digest: string, sizeBytes: number, list: Uint8Array | null): ContentPart {
  const chunks = list === null ? [digest as ChunkId] : splitChunkList(list);
  return { part, digest: digest as ContentDigest, sizeBytes, chunks };
}

/** The value that a stored place in one of the domain's lists stands for. */
export function nth<T>(list: readonly T[], place: number): T {
  const value = list[place];
  if (value === undefined) throw new Error(`no such value: ${place}`);
  return value;
}

const chunkIdBytes = 32;

export function splitChunkList(list: Uint8Array): ChunkId[] {
  const bytes = Buffer.from(list.buffer, list.byteOffset, list.byteLength);
  const chunks: ChunkId[] = [];
  for (let at = 0; at < bytes.length; at += chunkIdBytes) chunks.push(bytes.toString('hex', at, at + chunkIdBytes) as ChunkId);
  return chunks;
}
