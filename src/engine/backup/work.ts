import type { ItemId } from '../../shared/domain/ids.ts';
import type { JsonValue } from '../../shared/domain/json.ts';
import type { KnownItem } from '../catalog/index.ts';
import type { Sighting } from '../sources/source.ts';

/** A folder of the source and the item that stands for it in the storage. */
export interface FolderState {
  readonly item: ItemId;
  readonly parent: ItemId | null;
  /** The source's own key, by which its session reads the folder. */
  readonly key: string;
  /** From the root down, for people. */
  readonly path: string;
  readonly sighting: Sighting;
  /** Undefined when the folder is new. */
  readonly known: KnownItem | undefined;
  readonly changed: boolean;
}

/** One item that has to be read. */
export interface ItemWork {
  readonly sighting: Sighting;
  /** The item that this continues; undefined: a new one. */
  readonly known: KnownItem | undefined;
  readonly need: 'content' | 'metadata';
  /** A restore made it of this item, which it continues if that is not where it was any more. */
  readonly madeOf?: KnownItem;
}

/** A folder, or a part of one; then the others have the same key. */
export interface FolderWork {
  readonly folder: FolderState;
  readonly items: readonly ItemWork[];
  /** To be committed once all items of the folder are; undefined: none, or the listing was not complete, or a part follows. */
  readonly cursor: JsonValue | undefined;
}
