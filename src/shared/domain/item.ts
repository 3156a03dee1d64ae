import type { ChunkId, ContentDigest, ItemId, RunId, SourceId } from './ids.ts';
import type { JsonObject } from './json.ts';

export const itemKinds = ['message', 'event', 'task', 'contact', 'note', 'file', 'folder', 'account', 'directory-entry'] as const;
export type ItemKind = (typeof itemKinds)[number];

export const changes = ['created', 'content', 'metadata', 'moved', 'deleted', 'restored'] as const;
/** What a transaction did. `content` may have changed metadata, too; `moved` may have changed metadata, too, never content. */
export type Change = (typeof changes)[number];

/** One stream of bytes of a version. Every kind of today has exactly one part, `raw`, or none (a folder, a symlink). */
export interface ContentPart {
  readonly part: string;
  readonly digest: ContentDigest;
  readonly sizeBytes: number;
  readonly chunks: readonly ChunkId[];
}

/**
 * What lists, search and previews show of a version, drawn from it when it was captured.
 * Derived data: a restore never needs it.
 */
export interface Summary {
  /** Subject, event title, contact name, file name. */
  readonly title: string;
  /** Sender, organiser; a contact's mail addresses. */
  readonly from?: string;
  /** Receivers, attendees; a contact's telephone numbers. */
  readonly to?: string;
  /**
   * The item's own time in ms since 1970: a message's date, a file's mtime, when an event begins, when a task is due, when a contact
   * was revised. A whole day is its noon in UTC, a time without a zone is taken for UTC.
   */
  readonly timeMs?: number;
  readonly hasAttachment?: boolean;
}

/**
 * A transaction: the change that begins a version, complete in itself. Written once, never changed.
 * `validTo` is not here: it is the next transaction's `validFromMs`.
 */
export interface Manifest {
  readonly item: ItemId;
  /** 1, 2, 3 … without gaps. */
  readonly version: number;
  readonly kind: ItemKind;
  readonly source: SourceId;
  /** The folder's item id; null for a source's root folder. */
  readonly folder: ItemId | null;
  /** Names the item in its folder at the source: a file name, `uidvalidity:uid`. A folder's key is its name in its parent. */
  readonly key: string;
  readonly name: string;
  readonly change: Change;
  /** Strictly growing for one item. */
  readonly validFromMs: number;
  readonly run: RunId;
  /** Equal tokens mean: the content need not be read again. */
  readonly contentRevision: string;
  /** Equal tokens mean: the metadata need not be read again. */
  readonly metadataRevision: string;
  /** A hint that outlives a move at the source (device and inode, EMAILID). */
  readonly identity?: string;
  /** Sum of the parts. */
  readonly sizeBytes: number;
  /** All that a restore needs beside the content. Empty for `deleted`. */
  readonly metadata: JsonObject;
  readonly summary: Summary;
  /** Empty for `deleted` and for items without content. */
  readonly contents: readonly ContentPart[];
  /**
   * Set when the version was removed: what is left says that there was one, from when, and what kind of change it was. Texts and
   * `metadata` are empty, `sizeBytes` is 0.
   */
  readonly removed?: true;
}
