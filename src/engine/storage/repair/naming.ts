import type { ItemVersions } from '../../../shared/domain/commit.ts';
import type { ChunkId, ItemId, SourceId } from '../../../shared/domain/ids.ts';
import type { ContentPart, Manifest } from '../../../shared/domain/item.ts';
import type { IdSet } from '../id-set.ts';
import { IdMap } from '../removal/id-map.ts';
import type { HiddenVersions } from '../removal/hidden-versions.ts';
import type { WantedContent } from './repair.ts';

/** A content that needs a chunk which no pack here has. */
export interface BrokenContent extends WantedContent {
  readonly content: ContentPart;
  /** As {@link Naming.sourceOf} numbers it. */
  readonly source: number;
  /** Retention took the version out of sight; it may come back. */
  readonly isHidden: boolean;
}

export interface Had {
  /** Chunks in whole packs. */
  readonly present: IdSet;
  /** Chunks in good records of damaged ones. */
  readonly saved: IdSet;
}

/** What manifests name, and which of it is not had. */
export class Naming {
  /** Named by a version that is seen or hidden, and in no pack. */
  readonly missing = new Map<ChunkId, number>();
  readonly broken: BrokenContent[] = [];
  readonly #had: Had;
  readonly #hidden: HiddenVersions;
  readonly #numbers = new Map<SourceId, number>();
  readonly #sources = new IdMap();

  constructor(had: Had, hidden: HiddenVersions) {
    this.#had = had;
    this.#hidden = hidden;
  }

  add(manifests: readonly Manifest[]): void {
    for (const manifest of manifests) for (const content of manifest.contents) this.#addContent(manifest, content);
  }

  /** Which source needs a chunk that was saved, so that only chunks of one source share a bundle; 0: nobody does. */
  sourceOf(chunk: ChunkId): number {
    return this.#sources.get(chunk);
  }

  /** About what the missing chunks take, by what they are of the contents that need them. */
  missingBytes(): number {
    const counted = new Set<ChunkId>();
    let bytes = 0;
    for (const { content } of this.broken) {
      for (const id of content.chunks) {
        if (!this.missing.has(id) || counted.has(id)) continue;
        counted.add(id);
        bytes += content.sizeBytes / content.chunks.length;
      }
    }
    return Math.ceil(bytes);
  }

  /** Versions that are seen and need a chunk which is still missing. */
  lostVersions(): ItemVersions[] {
    const versions = new Map<ItemId, Set<number>>();
    for (const { item, version, content, isHidden } of this.broken) {
      if (isHidden || !content.chunks.some((id) => this.missing.has(id))) continue;
      versions.set(item, (versions.get(item) ?? new Set()).add(version));
    }
    return [...versions].map(([item, numbers]) => ({ item, versions: [...numbers] }));
  }

  #addContent(manifest: Manifest, content: ContentPart): void {
    const source = this.#numberOf(manifest.source);
    let isBroken = false;
    for (const id of content.chunks) {
      if (this.#had.present.has(id)) continue;
      if (this.#had.saved.has(id)) {
        if (this.#sources.get(id) === 0) this.#sources.set(id, source);
        continue;
      }
      isBroken = true;
      if (!this.missing.has(id)) this.missing.set(id, source);
    }
    if (!isBroken) return;
    const { item, version } = manifest;
    this.broken.push({ item, version, part: content.part, content, source, isHidden: this.#hidden.has(manifest) });
  }

  #numberOf(source: SourceId): number {
    const number = this.#numbers.get(source) ?? this.#numbers.size + 1;
    this.#numbers.set(source, number);
    return number;
  }
}
