import type { ItemId, SourceId } from '../../shared/domain/ids.ts';
import type { Catalog, KnownItem } from '../catalog/index.ts';
import type { FolderState, ItemWork } from './work.ts';
import type { WorkList } from './work-list.ts';

/** What a new sighting continues, or continues if that turns out to have vanished. */
export type Origin = Pick<ItemWork, 'known' | 'madeOf'>;

/** What is new at its place is an item that was known: it is back, or a restore made it. */
export class Returning {
  readonly #catalog: Catalog;
  readonly #source: SourceId;
  /** Deleted items that are continued. Each by one. */
  readonly #continued = new Set<ItemId>();
  /** Something that is new was made by a restore of an item that is not gone in the storage. */
  #mayContinue = false;

  constructor(catalog: Catalog, source: SourceId) {
    this.#catalog = catalog;
    this.#source = source;
  }

  /** To be asked for keys that are not known in the folder. */
  in(folder: Pick<FolderState, 'item' | 'key' | 'known'>): (key: string) => Origin {
    let deleted: ReadonlyMap<string, KnownItem> | undefined;
    let made: ReturnType<Catalog['givenBackTo']> | undefined;
    return (key) => {
      if (folder.known !== undefined) deleted ??= this.#catalog.deletedItems(this.#source, folder.item, 'items');
      made ??= this.#catalog.givenBackTo(this.#source, folder.key);
      const from = made.get(key);
      const known = this.#once(from?.isGone === true ? from.item : deleted?.get(key));
      if (from?.isGone !== false) return { known };
      this.#mayContinue = true;
      return { known, madeOf: from.item };
    };
  }

  /** Once all is listed. Gives what vanished all the same. */
  pair(work: WorkList, vanished: readonly KnownItem[]): readonly KnownItem[] {
    return this.#mayContinue ? pairByRestore(work, vanished) : vanished;
  }

  #once(item: KnownItem | undefined): KnownItem | undefined {
    if (item === undefined || this.#continued.has(item.item)) return undefined;
    this.#continued.add(item.item);
    return item;
  }
}

/** What a restore made of an item that has vanished from its own place is that item, whatever the server made of its bytes. */
function pairByRestore(work: WorkList, vanished: readonly KnownItem[]): readonly KnownItem[] {
  const gone = new Map(vanished.map((item) => [item.item, item]));
  work.change((item: ItemWork): ItemWork => {
    const known = item.known === undefined && item.madeOf !== undefined ? gone.get(item.madeOf.item) : undefined;
    if (known === undefined) return item;
    gone.delete(known.item);
    return { sighting: item.sighting, known, need: 'content' };
  });
  return vanished.filter(({ item }) => gone.has(item));
}
