import type { Choice } from '../../../shared/domain/choice.ts';

export interface PlainItem {
  readonly text: string;
  readonly timeMs: number;
}

/** A choice, and in plain words what it takes. */
export interface PlainChoice {
  readonly choice: Partial<Choice>;
  readonly takesFolder: (folder: string) => boolean;
  readonly takesItem: (item: PlainItem, nowMs: number) => boolean;
  /** Whether it can be said without the item itself if it would be taken. */
  readonly goesByPlace: boolean;
}

export interface PlainState {
  /** Of what has vanished none. */
  text: string;
  state: 'there' | 'vanished' | 'unchosen';
  versions: number;
}

/** What a storage must hold after any sequence of changes, choices and cycles: as plain as can be. */
export class PlainChoosing {
  readonly items = new Map<string, PlainState>();
  /** Folders of which something was ever taken. */
  readonly #known = new Set<string>();

  /**
   * @param there Place (`folder/key`) → item.
   * @param leftOut What the source's own settings leave out.
   */
  cycle(there: ReadonlyMap<string, PlainItem>, plain: PlainChoice, nowMs: number, leftOut: (folder: string) => boolean): void {
    const takesFolder = (folder: string): boolean => !leftOut(folder) && plain.takesFolder(folder);
    look(this.items, () => true, { there, plain, nowMs, takesFolder });
  }

  /**
   * A limited cycle over these folders, all of which lie at the top. It looks into those that are taken, and into what was never seen
   * before; of all else it says nothing. Where it finds nothing to store, it says nothing at all.
   * @param all the folders that there are.
   */
  capture(there: ReadonlyMap<string, PlainItem>, plain: PlainChoice, nowMs: number, folders: PlainFolders): void {
    const isLookedInto = (folder: string): boolean =>
      plain.takesFolder(folder) && (folders.captured.has(folder) || !this.#known.has(folder));
    const items = new Map([...this.items].map(([place, state]) => [place, { ...state }]));
    const stored = look(items, isLookedInto, { there, plain, nowMs, takesFolder: plain.takesFolder });
    const newFolders = [...folders.all].filter((folder) => isLookedInto(folder) && !this.#known.has(folder));
    if (stored + newFolders.length === 0) return;
    this.sees(newFolders);
    for (const [place, state] of items) this.items.set(place, state);
  }

  /** Of what is taken: from now on it is known. */
  sees(folders: Iterable<string>): void {
    for (const folder of folders) this.#known.add(folder);
  }
}

export interface PlainFolders {
  readonly all: Iterable<string>;
  readonly captured: ReadonlySet<string>;
}

interface Looking {
  readonly there: ReadonlyMap<string, PlainItem>;
  readonly plain: PlainChoice;
  readonly nowMs: number;
  readonly takesFolder: (folder: string) => boolean;
}

/** How many versions that brings. */
function look(
  items: Map<string, PlainState>,
  isLookedInto: (folder: string) => boolean,
  { there, plain, nowMs, takesFolder }: Looking,
): number {
  let stored = 0;
  for (const [place, item] of there) {
    if (!isLookedInto(folderOf(place))) continue;
    const before = items.get(place);
    if (takesFolder(folderOf(place)) && plain.takesItem(item, nowMs)) stored += take(items, place, item);
    else if (before?.state === 'there') before.state = 'unchosen';
  }
  for (const [place, before] of items) {
    if (!isLookedInto(folderOf(place)) || there.has(place) || before.state === 'vanished') continue;
    if (!takesFolder(folderOf(place))) before.state = 'unchosen';
    else if (before.state === 'there' || plain.goesByPlace) {
      before.state = 'vanished';
      before.versions += 1;
      before.text = '';
      stored += 1;
    }
  }
  return stored;
}

function take(items: Map<string, PlainState>, place: string, { text }: PlainItem): number {
  const before = items.get(place);
  const isNew = before === undefined || before.text !== text;
  items.set(place, { text, state: 'there', versions: (before?.versions ?? 0) + (isNew ? 1 : 0) });
  return isNew ? 1 : 0;
}

const folderOf = (place: string): string => place.slice(0, place.lastIndexOf('/'));
