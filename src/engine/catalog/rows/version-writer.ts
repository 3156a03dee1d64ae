import type { Commit } from '../../../shared/domain/commit.ts';
import { changes, type ContentPart, itemKinds, type Manifest } from '../../../shared/domain/item.ts';
import { canonicalJson } from '../../../shared/domain/json.ts';
import type { Change, Connection, Statement } from '../sql/connection.ts';
import { readState, writeState } from './layout.ts';
import type { RowNumbers } from './row-numbers.ts';

/** Newest version of an item, as far as the next one needs it. */
interface Previous {
  readonly id: number;
  readonly gone: 0 | 1;
  readonly folder: number | null;
  readonly kind: number;
  readonly sizeBytes: number;
  readonly summary: number;
  readonly title: string;
  readonly sender: string | null;
  readonly recipient: string | null;
}

/** Numbers that would need a walk over all rows, kept up with each commit. Folders are not counted. */
export const tallies = ['items', 'versions', 'itemBytes', 'packBytes', 'moments'] as const;
export type Tally = (typeof tallies)[number];

export const quarterMs = 900_000;

const folderKind = itemKinds.indexOf('folder');

export class VersionWriter {
  readonly #connection: Connection;
  readonly #numbers: RowNumbers;
  readonly #addItem: Change;
  readonly #findItem: Statement<readonly [number, number | null]>;
  readonly #previous: Statement<Previous>;
  readonly #setNewest: Change;
  readonly #end: Change;
  readonly #addSummary: Change;
  readonly #addChunkList: Change;
  readonly #addVersion: Change;
  readonly #addActivity: Change;
  readonly #lastVersion: Statement<number>;
  readonly #tally = new Map<Tally, number>();
  readonly #activity = new Map<number, { saved: number; vanished: number }>();
  #nextVersion = 1;

  constructor(connection: Connection, numbers: RowNumbers) {
    this.#connection = connection;
    this.#numbers = numbers;
    this.#addItem = connection.change('INSERT INTO items (uid, newest) VALUES (?, ?) ON CONFLICT DO NOTHING');
    this.#findItem = connection.tuples('SELECT id, newest FROM items WHERE uid = ?');
    this.#previous = connection.rows(`
      SELECT v.id, v.gone, v.folder, v.kind, v.size_bytes AS sizeBytes, v.summary, s.title, s.sender, s.recipient
      FROM versions v JOIN summaries s ON s.id = v.summary WHERE v.id = ?`);
    this.#setNewest = connection.change('UPDATE items SET newest = ? WHERE id = ?');
    this.#end = connection.change('UPDATE versions SET valid_to = ? WHERE id = ?');
    this.#addSummary = connection.change('INSERT INTO summaries (item, title, sender, recipient) VALUES (?, ?, ?, ?)');
    this.#addChunkList = connection.change(
      'INSERT INTO chunk_lists (digest, chunks) VALUES (unhex(?), unhex(?)) ON CONFLICT DO NOTHING',
    );
    this.#addVersion = connection.change(`
      INSERT INTO versions (id, item, n, valid_from, change, kind, source, run, folder, key, name, content_revision, metadata_revision,
        identity, size_bytes, time_ms, metadata, summary, digest, attachment, parts)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, unhex(?), ?, ?)`);
    this.#addActivity = connection.change(`
      INSERT INTO activity (quarter, saved, vanished) VALUES (?, ?, ?)
      ON CONFLICT DO UPDATE SET saved = saved + excluded.saved, vanished = vanished + excluded.vanished`);
    this.#lastVersion = connection.column('SELECT coalesce(max(id), 0) FROM versions');
  }

  /** Before the manifests of a commit: what an earlier commit that failed half-way left in memory is forgotten. */
  begin(): void {
    this.#nextVersion = (this.#lastVersion.get() ?? 0) + 1;
    this.#tally.clear();
    this.#activity.clear();
  }

  write(manifest: Manifest): void {
    const id = this.#nextVersion++;
    const folder = manifest.folder === null ? null : this.#numbers.folder(manifest.folder);
    const [item, previous] = this.#item(manifest, id);
    const summary = this.#summary(manifest, item, previous);
    this.#insert(manifest, id, item, folder, summary);
    if (previous !== undefined) this.#end.run(manifest.validFromMs, previous.id);
    this.#count(manifest, previous);
  }

  /** After the manifests of a commit. */
  end(commit: Commit): void {
    this.#add(
      'packBytes',
      commit.packs.reduce((sum, pack) => sum + pack.sizeBytes, 0),
    );
    this.#add('moments', commit.kind === 'full' ? 1 : 0);
    for (const name of tallies) {
      writeState(this.#connection, name, Number(readState(this.#connection, name) ?? 0) + (this.#tally.get(name) ?? 0));
    }
    for (const [quarter, { saved, vanished }] of this.#activity) this.#addActivity.run(quarter, saved, vanished);
  }

  /** The item's number and its newest version until now, which `id` replaces. */
  #item(manifest: Manifest, id: number): readonly [number, Previous | undefined] {
    if (manifest.version === 1) {
      const added = this.#addItem.run(manifest.item, id);
      if (added.changes === 1) return [Number(added.lastInsertRowid), undefined];
    }
    const [item, newest] = this.#findItem.get(manifest.item) ?? [this.#numbers.folder(manifest.item), null];
    this.#setNewest.run(id, item);
    return [item, newest === null ? undefined : this.#previous.get(newest)];
  }

  #summary({ summary }: Manifest, item: number, previous: Previous | undefined): number {
    const sender = summary.from ?? null;
    const recipient = summary.to ?? null;
    if (
      previous !== undefined &&
      previous.title === summary.title &&
      previous.sender === sender &&
      previous.recipient === recipient
    )
      return previous.summary;
    return Number(this.#addSummary.run(item, summary.title, sender, recipient).lastInsertRowid);
  }

  #insert(manifest: Manifest, id: number, item: number, folder: number | null, summary: number): void {
    const { contents, sizeBytes } = manifest;
    for (const part of contents) this.#keepChunkList(part);
    const whole = contents.length === 1 && contents[0]?.part === 'raw' && contents[0].sizeBytes === sizeBytes;
    const { hasAttachment, timeMs } = manifest.summary;
    this.#addVersion.run(
      id,
      item,
      manifest.version,
      manifest.validFromMs,
      changes.indexOf(manifest.change),
      itemKinds.indexOf(manifest.kind),
      this.#numbers.source(manifest.source),
      this.#numbers.run(manifest.run),
      folder,
      manifest.key,
      manifest.name === manifest.key ? null : manifest.name,
      manifest.contentRevision,
      manifest.metadataRevision,
      manifest.identity ?? null,
      sizeBytes,
      timeMs ?? null,
      canonicalJson(manifest.metadata),
      summary,
      whole ? (contents[0]?.digest ?? null) : null,
      hasAttachment === undefined ? null : Number(hasAttachment),
      whole || contents.length === 0 ? null : JSON.stringify(contents.map((part) => [part.part, part.digest, part.sizeBytes])),
    );
  }

  #keepChunkList({ digest, chunks }: ContentPart): void {
    if (chunks.length === 1 && (chunks[0] as string) === digest) return;
    this.#addChunkList.run(digest, chunks.join(''));
  }

  #count(manifest: Manifest, previous: Previous | undefined): void {
    if (manifest.kind !== 'folder') {
      const isGone = manifest.change === 'deleted';
      this.#add('versions', 1);
      if (!isGone) this.#add('items', 1).#add('itemBytes', manifest.sizeBytes);
      const quarter = Math.floor(manifest.validFromMs / quarterMs);
      const activity = this.#activity.get(quarter) ?? { saved: 0, vanished: 0 };
      activity[isGone ? 'vanished' : 'saved'] += 1;
      this.#activity.set(quarter, activity);
    }
    if (previous !== undefined && previous.gone === 0 && previous.kind !== folderKind) {
      this.#add('items', -1).#add('itemBytes', -previous.sizeBytes);
    }
  }

  #add(name: Tally, by: number): this {
    this.#tally.set(name, (this.#tally.get(name) ?? 0) + by);
    return this;
  }
}
