import type { ItemId, SourceId } from '../../shared/domain/ids.ts';
import type { Manifest } from '../../shared/domain/item.ts';
import type { KnownItem } from '../catalog/index.ts';
import type { RunContext } from '../kernel/run-context.ts';
import type { DestinationSession, RestoreItem } from '../sources/destination.ts';
import { restoreItem, type ItemTools } from './items.ts';

/** Which version of which item the storage has of something that gives way, so that it can be put back. */
export interface Kept {
  readonly item: ItemId;
  readonly version: number;
  /** Flags and keywords that it had in the end, where those are not in the version. */
  readonly flags?: string;
}

export interface KeptTools extends ItemTools {
  /** Whether what comes from the source goes back to the very folders of that source. */
  readonly goesBack: (source: SourceId) => boolean;
}

/**
 * Looks whether what gives way is kept. Where the place names what is in it: as the last cycle of that source saw it, provided that it is
 * still so. Elsewhere: where it is, byte for byte, the newest version of the very item that takes its place.
 */
export class KeptBefore {
  readonly #tools: KeptTools;
  readonly #known = new Map<ItemId, Map<string, KnownItem>>();

  constructor(tools: KeptTools) {
    this.#tools = tools;
  }

  /** Right after the probe that found it. */
  async find(session: DestinationSession, item: RestoreItem, run: RunContext): Promise<Kept | undefined> {
    if (session.namesWhatItMakes === true) return this.#asNamed(session, item);
    const newest = this.#tools.catalog.newest(item.manifest.item);
    if (newest === undefined || !isInPlaceOf(newest, item.manifest)) return undefined;
    const found = await session.probe(restoreItem(newest, item, this.#tools), run);
    return found === 'identical' ? { item: newest.item, version: newest.version } : undefined;
  }

  /** Flags change without a new message; anything else under the same name with another revision is something else. */
  #asNamed(session: DestinationSession, item: RestoreItem): Kept | undefined {
    const { source, folder, kind } = item.manifest;
    const there = session.givingWay?.(item);
    if (there === undefined || folder === null || !this.#tools.goesBack(source)) return undefined;
    const known = this.#knownIn(source, folder).get(there.key);
    if (known === undefined) return undefined;
    const { item: id, version } = known;
    if (kind === 'message') return { item: id, version, flags: there.revision };
    return there.revision !== '' && known.contentRevision === there.revision ? { item: id, version } : undefined;
  }

  #knownIn(source: SourceId, folder: ItemId): Map<string, KnownItem> {
    const known = this.#known.get(folder) ?? this.#tools.catalog.knownItems(source, folder);
    this.#known.set(folder, known);
    return known;
  }
}

/** Elsewhere it would be looked for in another place. */
const isInPlaceOf = (newest: Manifest, { folder, name, kind }: Manifest): boolean =>
  newest.change !== 'deleted' && newest.folder === folder && (kind !== 'file' || newest.name === name);
