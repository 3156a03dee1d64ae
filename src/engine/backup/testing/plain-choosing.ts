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

  /**
   * @param there Place (`folder/key`) → item.
   * @param leftOut What the source's own settings leave out.
   */
  cycle(there: ReadonlyMap<string, PlainItem>, plain: PlainChoice, nowMs: number, leftOut: (folder: string) => boolean): void {
    const takesPlace = (place: string): boolean => !leftOut(folderOf(place)) && plain.takesFolder(folderOf(place));
    for (const [place, item] of there) {
      const before = this.items.get(place);
      if (takesPlace(place) && plain.takesItem(item, nowMs)) this.#take(place, item, before);
      else if (before?.state === 'there') before.state = 'unchosen';
    }
    for (const [place, before] of this.items) {
      if (there.has(place) || before.state === 'vanished') continue;
      if (!takesPlace(place)) before.state = 'unchosen';
      else if (before.state === 'there' || plain.goesByPlace) {
        before.state = 'vanished';
        before.versions += 1;
        before.text = '';
      }
    }
  }

  #take(place: string, { text }: PlainItem, before: PlainState | undefined): void {
    if (before === undefined) this.items.set(place, { text, state: 'there', versions: 1 });
    else {
      if (before.text !== text) before.versions += 1;
      before.text = text;
      before.state = 'there';
    }
  }
}

const folderOf = (place: string): string => place.slice(0, place.lastIndexOf('/'));
