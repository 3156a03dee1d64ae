import type { CommitContents } from '../../../shared/domain/commit.ts';
import type { RunContext } from '../../kernel/run-context.ts';
import { countOf, deleteDueSlots, deleteFolders, dueFolders, requireAllInPlace } from './emptying.ts';
import { foldersOfFrozen } from './frozen-trash.ts';
import { type Needs, readNeeds } from './needs.ts';
import type { RemovalParts } from './parts.ts';
import { planPrune } from './prune.ts';
import type { Author, EmptyTrashOptions, PruneOptions, PrunePlan, Removal, TrashFolder, TrashPlan } from './removal.ts';
import { returnFromTrash } from './returning.ts';
import { SoundChain } from './sound.ts';
import type { Standing } from './standing.ts';
import { surveyPacks } from './survey.ts';
import { trashFolders } from './trash.ts';

/** See {@link Removal}. One for each lock: what it read under it is not read again. */
export class Upkeep implements Removal {
  readonly #parts: RemovalParts;
  readonly #chain: SoundChain;
  /** What a prune found; its plan, carried out or not, moves nothing that is needed out of use. */
  #surveyed: { readonly needs: Needs } | undefined;

  constructor(parts: RemovalParts) {
    this.#parts = parts;
    this.#chain = new SoundChain(parts);
  }

  async planPrune(options: PruneOptions, run: RunContext): Promise<PrunePlan> {
    const standing = this.#chain.standing(options.known);
    const needs = await readNeeds(standing, this.#parts.reader, run);
    const surveyed = await surveyPacks(standing, needs, this.#parts, run);
    this.#surveyed = { needs };
    return planPrune(this.#parts, standing, needs, surveyed, options, (commit) => this.#chain.add(commit));
  }

  async planEmptying(options: EmptyTrashOptions, run: RunContext): Promise<TrashPlan> {
    const { target, lock, ballast } = this.#parts;
    const standing = this.#chain.standing(options.known);
    requireAllInPlace(standing, target);
    const old = dueFolders(standing, options, target);
    const spared = await this.#ofFrozen(old, standing, run);
    const due = old.filter((folder) => !spared.includes(folder));
    return {
      due: countOf(due),
      spared: countOf(spared),
      folders: trashFolders(standing, target),
      apply: async () => {
        lock.assertHeld();
        deleteFolders(due, target);
        deleteDueSlots(standing, options, target);
        await ballast.keep();
      },
    };
  }

  /** Seldom asked, because everything has to be looked at for it. */
  async #ofFrozen(folders: readonly TrashFolder[], standing: Standing, run: RunContext): Promise<TrashFolder[]> {
    if (standing.frozen.size === 0 || folders.length === 0) return [];
    const all = trashFolders(standing, this.#parts.target);
    const kept = await foldersOfFrozen(all, standing, await this.#needs(standing, run), this.#parts, run);
    return folders.filter(({ name }) => kept.some((folder) => folder.name === name));
  }

  async #needs(standing: Standing, run: RunContext): Promise<Needs> {
    if (this.#surveyed !== undefined) return this.#surveyed.needs;
    const needs = await readNeeds(standing, this.#parts.reader, run);
    await surveyPacks(standing, needs, this.#parts, run);
    return needs;
  }

  returnFromTrash(sequence: number, author: Author, run: RunContext): Promise<CommitContents> {
    return returnFromTrash(this.#parts, this.#chain.standing(null), sequence, author, run);
  }
}
