import { type Change, changes, type ContentPart, itemKinds, type Manifest } from '../../../shared/domain/item.ts';
import type { Change as Write, Connection, Statement } from '../sql/connection.ts';
import { type Gone, hiding, noContent } from './layout.ts';
import { splitMetadata } from './metadata-shape.ts';
import type { RowNumbers } from './row-numbers.ts';
import type { Place, Tallies } from './tallies.ts';

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

/** A row of contents that the next version of the item may share. */
interface Shareable {
  readonly id: number;
  readonly stored: StoredContent;
}

/** Newest version of an item, as far as the next one needs it. */
type Previous = readonly [
  id: number,
  gone: Gone,
  source: number,
  folder: number | null,
  kind: number,
  content: number,
  ...StoredContent,
];
const beforeContent = 6;
/** Where in {@link StoredContent} begins what a deletion does not have. */
const sizePlace = 8;

/** Changes that bring a content of their own. */
const contentChanges: ReadonlySet<Change> = new Set(['created', 'content', 'restored']);
export const bringsContent = (change: Change): boolean => contentChanges.has(change);

/** A version that is written again under its old number. */
export interface WrittenVersion {
  readonly id: number;
  readonly manifest: Manifest;
  readonly validToMs: number | null;
}

/** Writes versions, each in the same way whether it is new or its item is written again because some of it was removed. */
export class VersionWriter {
  readonly #numbers: RowNumbers;
  readonly #tallies: Tallies;
  readonly #addItem: Write;
  readonly #findItem: Statement<readonly [number, number | null]>;
  readonly #previous: Statement<Previous>;
  readonly #setNewest: Write;
  readonly #end: Write;
  readonly #addContent: Write;
  readonly #addChunkList: Write;
  readonly #addVersion: Write;
  readonly #lastVersion: Statement<number>;
  #nextVersion = 1;

  constructor(connection: Connection, numbers: RowNumbers, tallies: Tallies) {
    this.#numbers = numbers;
    this.#tallies = tallies;
    this.#addItem = connection.change('INSERT INTO items (uid, newest) VALUES (?, ?) ON CONFLICT DO NOTHING');
    this.#findItem = connection.tuples('SELECT id, newest FROM items WHERE uid = ?');
    this.#previous = connection.tuples(`
      SELECT v.id, v.gone, v.source, v.folder, v.kind, v.content, c.key, c.name, c.title, c.sender, c.recipient, c.attachment,
        c.content_revision, c.identity, c.size_bytes, nullif(lower(hex(c.digest)), ''), c.parts
      FROM versions v JOIN contents c ON c.id = v.content WHERE v.id = ?`);
    this.#setNewest = connection.change('UPDATE items SET newest = ? WHERE id = ?');
    this.#end = connection.change('UPDATE versions SET valid_to = ? WHERE id = ?');
    this.#addContent = connection.change(`
      INSERT INTO contents
        (id, item, key, name, title, sender, recipient, attachment, content_revision, identity, size_bytes, digest, parts)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, unhex(?), ?)`);
    this.#addChunkList = connection.change(
      'INSERT INTO chunk_lists (digest, chunks) VALUES (unhex(?), unhex(?)) ON CONFLICT DO NOTHING',
    );
    this.#addVersion = connection.change(`
      INSERT INTO versions (id, item, n, valid_from, valid_to, change, kind, source, run, folder, time_ms, content, metadata_revision, shape, metadata, hidden)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
    this.#lastVersion = connection.column('SELECT coalesce(max(id), 0) FROM versions');
  }

  /** Before the manifests of a commit: an earlier one may have failed half-way. */
  begin(): void {
    this.#nextVersion = (this.#lastVersion.get() ?? 0) + 1;
  }

  write(manifest: Manifest): void {
    const id = this.#nextVersion++;
    // Before anything else is numbered: a rebuild must come to the same numbers.
    const folder = manifest.folder === null ? null : this.#numbers.folder(manifest.folder);
    const [item, previous] = this.#item(manifest, id);
    this.#put({ id, manifest, validToMs: null }, item, folder, previous === undefined ? undefined : shareable(previous));
    if (previous !== undefined) this.#end.run(manifest.validFromMs, previous[0]);
    this.#count(manifest, folder, previous);
  }

  /** All versions of an item, oldest first, after its rows were taken away. Nothing is counted. */
  rewrite(item: number, versions: readonly WrittenVersion[]): void {
    let previous: Shareable | undefined;
    for (const version of versions) {
      const { folder } = version.manifest;
      previous = this.#put(version, item, folder === null ? null : this.#numbers.folder(folder), previous);
    }
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

  /** What the next version may share. */
  #put(version: WrittenVersion, item: number, folder: number | null, previous: Shareable | undefined): Shareable | undefined {
    const { id, manifest, validToMs } = version;
    const content = manifest.removed === true ? previous : this.#content(id, manifest, item, previous);
    const { names, values } = splitMetadata(manifest.metadata);
    this.#addVersion.run(
      id,
      item,
      manifest.version,
      manifest.validFromMs,
      validToMs,
      changes.indexOf(manifest.change),
      itemKinds.indexOf(manifest.kind),
      this.#numbers.source(manifest.source),
      this.#numbers.run(manifest.run),
      folder,
      manifest.summary.timeMs ?? null,
      content?.id ?? noContent,
      manifest.metadataRevision,
      this.#numbers.shape(names),
      values,
      manifest.removed === true ? hiding.removed : null,
    );
    return content;
  }

  #content(id: number, manifest: Manifest, item: number, previous: Shareable | undefined): Shareable {
    for (const part of manifest.contents) this.#keepChunkList(part);
    const stored = contentOf(manifest);
    const compared = manifest.change === 'deleted' ? sizePlace : stored.length;
    if (previous !== undefined && stored.slice(0, compared).every((value, at) => value === previous.stored[at])) return previous;
    this.#addContent.run(id, item, ...stored);
    return { id, stored };
  }

  #keepChunkList({ digest, chunks }: ContentPart): void {
    if (chunks.length === 1 && (chunks[0] as string) === digest) return;
    this.#addChunkList.run(digest, chunks.join(''));
  }

  #count(manifest: Manifest, folder: number | null, previous: Previous | undefined): void {
    const { source, kind, change, sizeBytes, validFromMs } = manifest;
    const place = { source: this.#numbers.source(source), folder, kind: itemKinds.indexOf(kind), bytes: sizeBytes };
    const isDeletion = change === 'deleted';
    this.#tallies.happened(place, validFromMs, isDeletion ? 'vanished' : 'saved');
    if (previous?.[1] === 0) this.#tallies.present(placeOf(previous), -1);
    if (manifest.removed === true) return;
    this.#tallies.seen(place, validFromMs, bringsContent(change), 1);
    if (!isDeletion) this.#tallies.present(place, 1);
  }
}

/** A content that is nobody's is not shared. */
function shareable(previous: Previous): Shareable | undefined {
  const id = previous[beforeContent - 1] as number;
  return id === noContent ? undefined : { id, stored: previous.slice(beforeContent) as unknown as StoredContent };
}

function placeOf(previous: Previous): Place {
  const [, , source, folder, kind] = previous;
  return { source, folder, kind, bytes: previous[beforeContent + sizePlace] as number };
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
