import type { Commit } from '../../shared/domain/commit.ts';
import type { PackId } from '../../shared/domain/ids.ts';
import type { ManifestRoot } from '../format/index.ts';
import type { CommitChain } from './commit-chain.ts';

interface Moved {
  readonly by: number;
  readonly pack: PackId;
  readonly record: number;
}

/** What commits did to packs and records of earlier ones: which packs they took out of use, and where records of manifests lie now. */
export class Rearrangement {
  /** The last commit that took it out of use. */
  readonly #removedBy = new Map<PackId, number>();
  readonly #moves = new Map<string, Moved>();

  /** In any order. */
  note({ sequence, removes = [], movedManifests = [] }: Commit): void {
    for (const pack of removes) this.#removedBy.set(pack, Math.max(sequence, this.#removedBy.get(pack) ?? 0));
    for (const { pack, record, to } of movedManifests) {
      const key = `${pack}.${record}`;
      if (sequence >= (this.#moves.get(key)?.by ?? 0)) this.#moves.set(key, { by: sequence, ...to });
    }
  }

  /** The last commit that took the pack out of use, if that was after `sequence`, which named it. */
  removalOf(pack: PackId, sequence: number): number | undefined {
    const by = this.#removedBy.get(pack);
    return by !== undefined && by > sequence ? by : undefined;
  }

  /** Where a record lies now that the commit `sequence` wrote first. Undefined: nowhere, it was lost with its pack. */
  placeOf(root: ManifestRoot, sequence: number): ManifestRoot | undefined {
    const moved = this.#moves.get(`${root.pack}.${root.record}`);
    const place = moved === undefined ? root : { pack: moved.pack, record: moved.record, count: root.count };
    return this.removalOf(place.pack, moved?.by ?? sequence) === undefined ? place : undefined;
  }
}

/** The rearrangement by all commits after a given one. Each commit is read once, also when the storage is read from its beginning. */
export class LaterCommits {
  readonly #chain: CommitChain;
  readonly #seen = new Rearrangement();
  /** What was noted: all after the one, up to the other. */
  #after: number | undefined;
  #last = 0;

  constructor(chain: CommitChain) {
    this.#chain = chain;
  }

  than(sequence: number): Rearrangement {
    const last = this.#chain.head()?.sequence ?? 0;
    this.#after ??= this.#last = last;
    for (let next = this.#last + 1; next <= last; next++) this.#seen.note(this.#chain.read(next).commit);
    for (let next = sequence + 1; next <= this.#after; next++) this.#seen.note(this.#chain.read(next).commit);
    this.#last = last;
    this.#after = Math.min(this.#after, sequence);
    return this.#seen;
  }
}
