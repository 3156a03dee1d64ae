import type { ContentDigest } from '../../shared/domain/ids.ts';
import type { KnownItem } from '../catalog/index.ts';
import type { ItemWork } from './work.ts';
import type { WorkList } from './work-list.ts';

/**
 * Before anything is read: an item that appeared under the identity, and with the content revision, of one that vanished
 * is that item. Its content need not be read again. Gives what vanished all the same.
 */
export function pairByIdentity(work: WorkList, vanished: readonly KnownItem[]): readonly KnownItem[] {
  const candidates = new Map<string, KnownItem>();
  for (const item of vanished) if (item.identity !== undefined && item.kind !== 'folder') candidates.set(item.identity, item);
  if (candidates.size === 0) return vanished;

  const paired = new Set<KnownItem>();
  work.change((item: ItemWork): ItemWork => {
    if (item.known !== undefined || item.sighting.identity === undefined) return item;
    const candidate = candidates.get(item.sighting.identity);
    if (candidate === undefined || candidate.kind !== item.sighting.kind || paired.has(candidate)) return item;
    if (candidate.contentRevision !== item.sighting.contentRevision) return item;
    paired.add(candidate);
    return { sighting: item.sighting, known: candidate, need: 'metadata' };
  });
  return vanished.filter((item) => !paired.has(item));
}

/** What a restore made of an item that has vanished from its own place is that item, whatever the server made of its bytes. */
export function pairByRestore(work: WorkList, vanished: readonly KnownItem[]): readonly KnownItem[] {
  const gone = new Map(vanished.map((item) => [item.item, item]));
  work.change((work: ItemWork): ItemWork => {
    const known = work.known === undefined && work.madeOf !== undefined ? gone.get(work.madeOf.item) : undefined;
    if (known === undefined) return work;
    gone.delete(known.item);
    return { sighting: work.sighting, known, need: 'content' };
  });
  return vanished.filter(({ item }) => gone.has(item));
}

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
