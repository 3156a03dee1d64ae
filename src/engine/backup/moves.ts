import type { ContentDigest } from '../../shared/domain/ids.ts';
import type { KnownItem } from '../catalog/index.ts';
import type { ItemWork } from './work.ts';
import type { WorkList } from './work-list.ts';

/**
 * Before anything is read: an item that appeared under the identity, and with the content revision, of one that vanished
 * is that item. Its content need not be read again, unless all is. Gives what vanished all the same.
 */
export function pairByIdentity(work: WorkList, vanished: readonly KnownItem[], readsAgain: boolean): readonly KnownItem[] {
  const candidates = new Map<string, KnownItem[]>();
  // Copies have one identity; the first to have gone is the first to be found.
  for (const item of vanished.toReversed()) {
    if (item.identity === undefined || item.kind === 'folder') continue;
    const same = candidates.get(sameness(item, item.identity));
    if (same === undefined) candidates.set(sameness(item, item.identity), [item]);
    else same.push(item);
  }
  if (candidates.size === 0) return vanished;

  const paired = new Set<KnownItem>();
  work.change((item: ItemWork): ItemWork => {
    const { sighting } = item;
    if (item.known !== undefined || sighting.identity === undefined) return item;
    const candidate = candidates.get(sameness(sighting, sighting.identity))?.pop();
    if (candidate === undefined) return item;
    paired.add(candidate);
    return { sighting, known: candidate, need: candidate.isLost || readsAgain ? 'content' : 'metadata' };
  });
  return vanished.filter((item) => !paired.has(item));
}

const sameness = ({ kind, contentRevision }: Pick<KnownItem, 'kind' | 'contentRevision'>, identity: string): string =>
  JSON.stringify([kind, identity, contentRevision]);

/**
 * After reading: an item that is new at its place and has the bytes of one that vanished is that item, moved.
 * Empty content proves nothing.
 */
export class VanishedByDigest {
  readonly #byDigest = new Map<ContentDigest, KnownItem[]>();
  readonly #left: Set<KnownItem>;

  constructor(vanished: readonly KnownItem[]) {
    this.#left = new Set(vanished);
    for (const item of vanished) {
      if (item.digest === undefined || item.sizeBytes === 0) continue;
      const same = this.#byDigest.get(item.digest);
      if (same === undefined) this.#byDigest.set(item.digest, [item]);
      else same.push(item);
    }
  }

  /** Takes the item out, so that it is paired once. Same name first, where several have the same bytes. */
  take(digest: ContentDigest, kind: KnownItem['kind'], name: string): KnownItem | undefined {
    const same = (this.#byDigest.get(digest) ?? []).filter((item) => item.kind === kind && this.#left.has(item));
    const found = same.find((item) => item.name === name) ?? same[0];
    if (found !== undefined) this.#left.delete(found);
    return found;
  }

  /** What really vanished, in the given order. */
  rest(): Iterable<KnownItem> {
    return this.#left;
  }
}
