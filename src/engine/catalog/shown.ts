import type { Change, ItemKind, Manifest } from '../../shared/domain/item.ts';
import type { ContentDigest, ItemId, SourceId } from '../../shared/domain/ids.ts';
import type { JsonObject } from '../../shared/domain/json.ts';
import type { Extract } from './reading/extract.ts';

// What the catalog shows to people, and how it is asked.

export interface FolderRow {
  readonly item: ItemId;
  readonly source: SourceId;
  readonly parent: ItemId | null;
  readonly name: string;
  readonly path: string;
  readonly metadata: JsonObject;
  readonly items: number;
  readonly deleted: boolean;
  /** What is directly in it is no longer chosen. */
  readonly unchosenSinceMs: number | null;
}

export interface PageQuery {
  readonly folder: ItemId;
  readonly atMs: number | null;
  /** `as-of`: there at the moment. `all`: one row per item that was there until the moment. `vanished`: was there until the moment, is deleted now. */
  readonly mode: 'as-of' | 'all' | 'vanished';
  readonly sort: 'time' | 'name' | 'size' | 'from';
  readonly descending: boolean;
  readonly offset: number;
  readonly limit: number;
}
/** Each item is one of them: another content counts more than another place, that more than other properties. */
export type DifferenceKind = 'added' | 'vanished' | 'content' | 'moved' | 'metadata';

export interface DifferenceQuery {
  readonly fromMs: number;
  readonly toMs: number;
  /** None: all. */
  readonly sources: readonly SourceId[];
  /** Null: each. */
  readonly kind: DifferenceKind | null;
  readonly offset: number;
  readonly limit: number;
}

export interface DifferencePage {
  /** Of the wanted kind. */
  readonly total: number;
  /** Of all kinds. */
  readonly counts: Readonly<Record<DifferenceKind, number>>;
  /** As the item was, and as it is later; null where it is not there. */
  readonly rows: readonly { readonly kind: DifferenceKind; readonly before: ItemRow | null; readonly after: ItemRow | null }[];
}

export interface FindQuery {
  readonly text: string;
  readonly atMs: number | null;
  readonly deleted: boolean;
  readonly kind: ItemKind | null;
  readonly limit: number;
}

/** A hit. `firstSeenMs`: when its first version was saved. `extract`: where its text has what was looked for. */
export interface FoundRow extends ItemRow {
  readonly firstSeenMs: number;
  readonly extract: Extract | null;
}

export interface ItemRow {
  readonly item: ItemId;
  readonly version: number;
  readonly versions: number;
  readonly kind: ItemKind;
  readonly source: SourceId;
  readonly folder: ItemId | null;
  readonly folderPath: string;
  readonly name: string;
  readonly title: string;
  readonly from: string | null;
  readonly to: string | null;
  readonly sizeBytes: number;
  readonly timeMs: number | null;
  readonly validFromMs: number;
  readonly hasAttachment: boolean;
  readonly flags: string[];
  readonly deleted: boolean;
  readonly vanishedAtMs: number | null;
  /** No job takes it any more; its newest version is what it was then. */
  readonly unchosenSinceMs: number | null;
}

export interface HistoryEntry {
  /** A stub where the version was removed. */
  readonly manifest: Manifest;
  readonly validToMs: number | null;
  readonly change: Change;
  /** Retention took it out of sight. It is in no other list. */
  readonly isHidden: boolean;
  readonly folderPath: string;
  /** Validity of each part's digest: longer than the version's where only metadata changed. */
  readonly contents: readonly {
    readonly part: string;
    readonly digest: ContentDigest;
    readonly sizeBytes: number;
    readonly validFromMs: number;
    readonly validToMs: number | null;
  }[];
}
