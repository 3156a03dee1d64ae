import type { CommitContents } from '../../../shared/domain/commit.ts';
import type { PackId } from '../../../shared/domain/ids.ts';
import { isStrataError } from '../../../shared/domain/strata-error.ts';
import { packName, parsePackName } from '../../format/index.ts';
import { type RunContext, stopIfCancelled } from '../../kernel/run-context.ts';
import type { ChainedCommit } from '../commit-chain.ts';
import type { SealedPack } from '../pack-writer.ts';
import { sealedContents } from '../storage-writer.ts';
import { type Choice, choosePacks } from './choice.ts';
import type { Needs } from './needs.ts';
import { NewPacks } from './new-packs.ts';
import { pruneNumbers } from './numbers.ts';
import { type RemovalParts, upkeepPayload } from './parts.ts';
import { readBack } from './read-back.ts';
import type { Author, PruneNumbers, PruneOptions, PrunePlan } from './removal.ts';
import { noteKept, Repacking } from './repacking.ts';
import type { Standing } from './standing.ts';
import type { SurveyedPack } from './survey.ts';
import { putOutOfUse, throwAway, trashFolder } from './trash.ts';

const defaultLeastLive = 0.75;

/** @param committed Gets the commit that the plan makes when it is carried out. */
export function planPrune(
  parts: RemovalParts,
  standing: Standing,
  needs: Needs,
  surveyed: readonly SurveyedPack[],
  options: PruneOptions,
  committed: (commit: ChainedCommit) => void,
): PrunePlan {
  const choice = choosePacks(surveyed, standing, {
    leastLive: options.leastLive ?? defaultLeastLive,
    packBytes: parts.sizes.packBytes,
    freeBytes: parts.target.space().freeBytes - parts.ballast.missingBytes,
  });
  return new Prune(parts, standing, needs, surveyed, choice, committed);
}

interface Repacked {
  readonly packs: readonly SealedPack[];
  readonly moved: Awaited<ReturnType<NewPacks['finish']>>['moved'];
  readonly removes: readonly SurveyedPack[];
}

class Prune implements PrunePlan {
  readonly numbers: PruneNumbers;
  readonly #parts: RemovalParts;
  readonly #standing: Standing;
  readonly #needs: Needs;
  readonly #surveyed: readonly SurveyedPack[];
  readonly #choice: Choice;
  readonly #orphans: readonly PackId[];
  readonly #committed: (commit: ChainedCommit) => void;
  #isApplied = false;

  constructor(
    parts: RemovalParts,
    standing: Standing,
    needs: Needs,
    surveyed: readonly SurveyedPack[],
    choice: Choice,
    committed: (commit: ChainedCommit) => void,
  ) {
    this.#committed = committed;
    this.#parts = parts;
    this.#standing = standing;
    this.#needs = needs;
    this.#surveyed = surveyed;
    this.#choice = choice;
    this.#orphans = orphansOf(standing, parts);
    this.numbers = pruneNumbers(standing, needs, surveyed, choice, this.#orphans, parts.target);
  }

  async apply(author: Author, run: RunContext): Promise<CommitContents | null> {
    if (this.#isApplied) throw new Error('a plan is applied once');
    this.#isApplied = true;
    this.#parts.lock.assertHeld();
    this.#finishEarlier();
    const { unused, repacked } = this.#choice;
    if (unused.length + repacked.length + this.#orphans.length === 0) return null;
    const written = await this.#repack(run);
    stopIfCancelled(run);
    return this.#commit(written, author);
  }

  /** What earlier removals, or returns that broke off, left among the packs. */
  #finishEarlier(): void {
    const { target, ballast } = this.#parts;
    for (const [pack, sequence] of this.#standing.removed) {
      if (target.size(packName(pack)) === undefined) continue;
      const commit = this.#standing.commits[sequence - 1];
      if (commit !== undefined) putOutOfUse({ ...commit, sequence }, [pack], target, ballast);
    }
  }

  /** Without room for it, only what nothing needs goes. */
  async #repack(run: RunContext): Promise<Repacked> {
    const nothing: Repacked = { packs: [], moved: [], removes: [] };
    if (this.#choice.repacked.length === 0) return nothing;
    const into = new NewPacks(this.#parts);
    try {
      return await this.#repackInto(into, run);
    } catch (error) {
      into.takeBack();
      if (!isStrataError(error) || error.code !== 'disk.full') throw error;
      run.log.warn('storage.no-room-to-repack');
      return nothing;
    }
  }

  async #repackInto(into: NewPacks, run: RunContext): Promise<Repacked> {
    const { repacked, unused } = this.#choice;
    const going = new Set([...repacked, ...unused]);
    noteKept(
      this.#surveyed.filter((pack) => !going.has(pack)),
      this.#needs,
      this.#parts,
    );
    const repacking = new Repacking(this.#standing, this.#needs, into, this.#parts);
    for (const pack of repacked) await repacking.repack(pack, run);
    const written = await into.finish();
    await readBack(written.packs, this.#parts);
    return { ...written, removes: repacked };
  }

  #commit({ packs, moved, removes }: Repacked, author: Author): CommitContents {
    const { chain, lock, target, ballast } = this.#parts;
    const gone = [...this.#choice.unused, ...removes].map(({ id }) => id);
    lock.assertHeld();
    const acts = {
      ...(moved.length > 0 && { movedManifests: moved }),
      ...(gone.length > 0 && { removes: gone }),
    };
    const summaries = packs.map(({ id, sizeBytes }) => ({ id, sizeBytes }));
    const payload = upkeepPayload(this.#parts, 'prune', author, acts, summaries);
    const chained = ballast.rescue(() => chain.append(payload, this.#standing.head));
    this.#committed(chained);
    const { commit } = chained;
    const thrown = [
      ...this.#choice.unused.map(({ id }) => ({ id, why: 'unused' as const })),
      ...removes.map(({ id }) => ({ id, why: 'repacked' as const })),
      ...this.#orphans.map((id) => ({ id, why: 'orphan' as const })),
    ];
    throwAway(trashFolder(commit.sequence, commit.atMs), thrown, target, ballast);
    return sealedContents(commit, packs);
  }
}

/** Packs that no commit ever named. Nobody writes now, so nobody will. */
function orphansOf({ packs, removed }: Standing, { target }: RemovalParts): PackId[] {
  return target
    .list('packs')
    .flatMap((name) => parsePackName(name) ?? [])
    .filter((id) => !packs.has(id) && !removed.has(id));
}
