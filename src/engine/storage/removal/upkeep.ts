import type { CommitContents } from '../../../shared/domain/commit.ts';
import type { RunContext } from '../../kernel/run-context.ts';
import type { RemovalParts } from './parts.ts';
import { planPrune } from './prune.ts';
import type { Author, EmptyTrashOptions, PackCount, PruneOptions, PrunePlan, Removal } from './removal.ts';
import { returnFromTrash } from './returning.ts';
import { requireSound } from './sound.ts';
import { readStanding } from './standing.ts';
import { emptyTrash } from './trash.ts';

/** See {@link Removal}. */
export class Upkeep implements Removal {
  readonly #parts: RemovalParts;

  constructor(parts: RemovalParts) {
    this.#parts = parts;
  }

  planPrune(options: PruneOptions, run: RunContext): Promise<PrunePlan> {
    return planPrune(this.#parts, options, run);
  }

  async emptyTrash(options: EmptyTrashOptions): Promise<PackCount> {
    const { lock, chain, target, ballast } = this.#parts;
    requireSound(this.#parts, options.known);
    lock.assertHeld();
    const emptied = emptyTrash(readStanding(chain), options, target);
    await ballast.keep();
    return emptied;
  }

  returnFromTrash(sequence: number, author: Author, run: RunContext): Promise<CommitContents> {
    return returnFromTrash(this.#parts, sequence, author, run);
  }
}
