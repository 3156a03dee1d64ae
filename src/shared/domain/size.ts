import type { ItemId, SourceId } from './ids.ts';
import type { ItemKind } from './item.ts';

/** Of what is there now, and of all versions that are seen: before deduplication and compression. */
export interface Size {
  readonly items: number;
  readonly itemBytes: number;
  readonly versions: number;
  readonly versionBytes: number;
}

/** Of what is directly in a folder (null: in none), of one kind. */
export interface FolderSize extends Size {
  readonly source: SourceId;
  readonly folder: ItemId | null;
  readonly kind: ItemKind;
}

export interface SenderSize extends Size {
  /** In small letters; empty: what tells no sender. */
  readonly address: string;
  readonly name: string;
}

export const noSize: Size = { items: 0, itemBytes: 0, versions: 0, versionBytes: 0 };

export const sumOf = (sizes: Iterable<Size>): Size => {
  const sum = { ...noSize };
  for (const { items, itemBytes, versions, versionBytes } of sizes) {
    sum.items += items;
    sum.itemBytes += itemBytes;
    sum.versions += versions;
    sum.versionBytes += versionBytes;
  }
  return sum;
};

export function sizesBy<Key, Sized extends Size>(sizes: Iterable<Sized>, keyOf: (size: Sized) => Key): Map<Key, Size> {
  const sums = new Map<Key, Size>();
  for (const size of sizes) {
    const key = keyOf(size);
    const known = sums.get(key);
    sums.set(key, sumOf(known === undefined ? [size] : [known, size]));
  }
  return sums;
}
