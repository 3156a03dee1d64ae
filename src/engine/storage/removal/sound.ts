import { StrataError } from '../../../shared/domain/strata-error.ts';
import { checkVitals } from '../check-vitals.ts';
import type { ChainedCommit } from '../commit-chain.ts';
import { wentBack } from '../went-back.ts';
import type { RemovalParts } from './parts.ts';
import type { KnownCommit } from './removal.ts';
import { type Standing, StandingReader } from './standing.ts';

/**
 * What all commits together say, once they were found sound. Nothing is removed from a storage that is not whole in its tiny parts,
 * that forked, or that went back in time: its commits would say less than there was.
 *
 * All commits are read once for all that is done under one lock. That is as good as reading them before each step: the lock is
 * exclusive, so nobody else commits; what this process commits meanwhile is added; and where the newest commit is another one than
 * that, somebody took the lock, and everything is read anew.
 */
export class SoundChain {
  readonly #parts: RemovalParts;
  #reader: StandingReader | undefined;

  constructor(parts: RemovalParts) {
    this.#parts = parts;
  }

  standing(known: KnownCommit): Standing {
    const standing = this.#asItIs();
    if (known === null || standing.commits[known.sequence - 1]?.id === known.id) return standing;
    throw wentBack(this.#parts.target.label);
  }

  /** A commit that was made under the lock. */
  add(commit: ChainedCommit): void {
    this.#reader?.add(commit);
  }

  #asItIs(): Standing {
    const known = this.#reader?.finish();
    if (known !== undefined && known.head === (this.#parts.chain.head()?.id ?? null)) return known;
    const reader = new StandingReader();
    const [damage] = checkVitals(this.#parts, (commit) => reader.add(commit));
    if (damage !== undefined) {
      const facts = { ...damage.failure.facts, path: this.#parts.target.label, file: damage.file };
      throw new StrataError('storage.needs-repair', 'after-user-action', facts, { cause: damage.failure });
    }
    this.#reader = reader;
    return reader.finish();
  }
}
