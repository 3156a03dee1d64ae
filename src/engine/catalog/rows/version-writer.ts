import type { Commit } from '../../../shared/domain/commit.ts';
import { changes, type ContentPart, itemKinds, type Manifest } from '../../../shared/domain/item.ts';
import type { Change, Connection, Statement } from '../sql/connection.ts';
import { folderKind, readState, writeState } from './layout.ts';
import { splitMetadata } from './metadata-shape.ts';
import type { RowNumbers } from './row-numbers.ts';

/** What {@link contentOf} gives, as it is stored: hashes in hex, absent as null. */
type StoredContent = readonly [
  key: string,
  name: string | null,
  title: string | null,
  sender: string | null,
  recipient: string | null,
  attachment: number | null,
  contentRevision: string,
  identity: string | null,
  sizeBytes: number,
  digest: string | null,
  parts: string | null,
];

/** Newest version of an item, as far as the next one needs it. */
type Previous = readonly [id: number, gone: 0 | 1, kind: number, content: number, ...StoredContent];
const beforeContent = 4;
/** Where in {@link StoredContent} begins what a deletion does not have. */
const sizePlace = 8;

/** Numbers that would need a walk over all rows, kept up with each commit. Folders are not counted. */
export const tallies = ['items', 'versions', 'itemBytes', 'packBytes', 'moments'] as const;
export type Tally = (typeof tallies)[number];

export const quarterMs = 900_000;

export class VersionWriter {
  readonly #connection: Connection;
  readonly #numbers: RowNumbers;
  readonly #addItem: Change;
  readonly #findItem: Statement<readonly [number, number | null]>;
  readonly #previous: Statement<Previous>;
  readonly #setNewest: Change;
  readonly #end: Change;
  readonly #addContent: Change;
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
    this.#previous = connection.tuples(`
      SELECT v.id, v.gone, v.kind, v.content, c.key, c.name, c.title, c.sender, c.recipient, c.attachment, c.content_revision, c.identity,
        c.size_bytes, nullif(lower(hex(c.digest)), ''), c.parts
      FROM versions v JOIN contents c ON c.id = v.content WHERE v.id = ?`);
    this.#setNewest = connection.change('UPDATE items SET newest = ? WHERE id = ?');
    this.#end = connection.change('UPDATE versions SET valid_to = ? WHERE id = ?');
    this.#addContent = connection.change(`
      INSERT INTO contents (item, key, name, title, sender, recipient, attachment, content_revision, identity, size_bytes, digest, parts)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, unhex(?), ?)`);
    this.#addChunkList = connection.change(
      'INSERT INTO chunk_lists (digest, chunks) VALUES (unhex(?), unhex(?)) ON CONFLICT DO NOTHING',
    );
    this.#addVersion = connection.change(`
      INSERT INTO versions (id, item, n, valid_from, change, kind, source, run, folder, time_ms, content, metadata_revision, shape, metadata)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
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
    const content = this.#content(manifest, item, previous);
    const { names, values } = splitMetadata(manifest.metadata);
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
      manifest.summary.timeMs ?? null,
      content,
      manifest.metadataRevision,
      this.#numbers.shape(names),
      values,
    );
    if (previous !== undefined) this.#end.run(manifest.validFromMs, previous[0]);
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

  #content(manifest: Manifest, item: number, previous: Previous | undefined): number {
    for (const part of manifest.contents) this.#keepChunkList(part);
    const content = contentOf(manifest);
    const compared = manifest.change === 'deleted' ? sizePlace : content.length;
    if (previous !== undefined && content.slice(0, compared).every((value, at) => value === previous[at + beforeContent]))
      return previous[3];
    return Number(this.#addContent.run(item, ...content).lastInsertRowid);
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
    const [, gone, kind] = previous ?? [];
    if (gone === 0 && kind !== folderKind)
      this.#add('items', -1).#add('itemBytes', -(previous?.[beforeContent + sizePlace] ?? 0));
  }

  #add(name: Tally, by: number): this {
    this.#tally.set(name, (this.#tally.get(name) ?? 0) + by);
    return this;
  }
}

function contentOf({ contents, key, name, summary, contentRevision, identity, sizeBytes }: Manifest): StoredContent {
  const [first] = contents;
  const isWhole = contents.length === 1 && first?.part === 'raw' && first.sizeBytes === sizeBytes;
  const { title, from, to, hasAttachment } = summary;
  return [
    key,
    name === key ? null : name,
    title === name ? null : title,
    from ?? null,
    to ?? null,
    hasAttachment === undefined ? null : Number(hasAttachment),
    contentRevision,
    identity ?? null,
    sizeBytes,
    isWhole ? first.digest : null,
    isWhole || contents.length === 0 ? null : JSON.stringify(contents.map((part) => [part.part, part.digest, part.sizeBytes])),
  ];
}
