import type { RunContext } from '../kernel/run-context.ts';
import type { DestinationSession, Made, RestoreItem } from '../sources/destination.ts';

/**
 * What an emptying would remove, by where it lies: in a dry run it is in nobody's way. Not by what it is: another item can be restored to
 * its place, and it can be restored to the place of another that stays.
 */
export class Gone {
  readonly #places = new Set<string>();

  /** @param made how the place names it, where it does. */
  async add(session: DestinationSession, item: RestoreItem, made: Made | undefined, run: RunContext): Promise<void> {
    this.#places.add(made === undefined ? await byName(session, item, run) : byKey(made));
  }

  /** Whether what a probe has just found in the item's place would be gone. */
  async has(session: DestinationSession, item: RestoreItem, run: RunContext): Promise<boolean> {
    if (session.namesWhatItMakes !== true) return this.#places.has(await byName(session, item, run));
    const there = session.givingWay?.(item);
    return there !== undefined && this.#places.has(byKey(there));
  }
}

const byKey = ({ folder, key }: Made): string => `${folder}\0${key}`;

/** Where several can have one name and none has another, only the item itself is known. */
const byName = async (session: DestinationSession, item: RestoreItem, run: RunContext): Promise<string> =>
  session.holdsBoth === true ? item.manifest.item : `${(await session.folderOf?.(item, run)) ?? ''}\0${item.manifest.name}`;
