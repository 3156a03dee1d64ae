import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { FolderWork, ItemWork } from './work.ts';

/** Up to here as objects, which take 1.4 KB an item (measured with a million of them); what comes later, packed, takes 40 bytes. */
const mostObjects = 50_000;
/** Fast: what is packed here is gone in minutes. */
const level = 1;

interface Kept extends Omit<FolderWork, 'items'> {
  readonly items: readonly ItemWork[] | Uint8Array;
}

/** What has to be read of a source, folder by folder, in the order in which it was found. */
export class WorkList implements Iterable<FolderWork> {
  readonly #mostObjects: number;
  readonly #kept: Kept[] = [];
  #objects = 0;
  #itemsToRead = 0;
  #bytesToRead = 0;

  constructor(most = mostObjects) {
    this.#mostObjects = most;
  }

  get itemsToRead(): number {
    return this.#itemsToRead;
  }

  get bytesToRead(): number {
    return this.#bytesToRead;
  }

  /** Folders, or parts of folders. */
  get length(): number {
    return this.#kept.length;
  }

  /** Gives it away: from now on the folder is there without its items. */
  take(index: number): FolderWork | undefined {
    const kept = this.#kept[index];
    if (kept === undefined) return undefined;
    this.#kept[index] = { ...kept, items: [] };
    if (!(kept.items instanceof Uint8Array)) this.#objects -= kept.items.length;
    return { ...kept, items: itemsOf(kept) };
  }

  add({ items, ...folder }: FolderWork): void {
    this.#kept.push({ ...folder, items: this.#keep(items) });
  }

  /** Puts what `change` answers in the place of each item. */
  change(change: (item: ItemWork) => ItemWork): void {
    this.#objects = 0;
    this.#itemsToRead = 0;
    this.#bytesToRead = 0;
    for (const [index, kept] of this.#kept.entries()) {
      this.#kept[index] = { ...kept, items: this.#keep(itemsOf(kept).map(change)) };
    }
  }

  *[Symbol.iterator](): Generator<FolderWork> {
    for (const kept of this.#kept) yield { ...kept, items: itemsOf(kept) };
  }

  #keep(items: readonly ItemWork[]): Kept['items'] {
    this.#itemsToRead += items.length;
    for (const { need, sighting } of items) if (need === 'content') this.#bytesToRead += sighting.sizeBytes;
    if (items.length > 0 && this.#objects + items.length > this.#mostObjects) {
      return deflateRawSync(JSON.stringify(items), { level });
    }
    this.#objects += items.length;
    return items;
  }
}

const itemsOf = ({ items }: Kept): readonly ItemWork[] =>
  items instanceof Uint8Array ? (JSON.parse(inflateRawSync(items).toString()) as ItemWork[]) : items;
