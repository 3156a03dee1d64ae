import type { CommitActs, PackSummary } from '../../../shared/domain/commit.ts';
import type { ChunkId, CommitId, PackId } from '../../../shared/domain/ids.ts';
import { type RunContext, stopIfCancelled } from '../../kernel/run-context.ts';
import type { RoundParts } from '../pack-rounds.ts';
import { NewPacks } from '../removal/new-packs.ts';
import { type RemovalParts, upkeepPayload } from '../removal/parts.ts';
import { readBack } from '../removal/read-back.ts';
import type { Standing } from '../removal/standing.ts';
import { putOutOfUse } from '../removal/trash.ts';
import { asideBytes, copyAside } from './aside.ts';
import { forgetCursors } from './cursors.ts';
import type { Examined } from './examine.ts';
import { fetchFromMirrors } from './fetching.ts';
import type { Mending } from './mending.ts';
import type { RepairNumbers, RepairOptions, Repaired } from './repair.ts';
import { requireRoom } from './room.ts';
import { putWaysAside, type VitalSight } from './vitals.ts';

export interface RepairParts extends RemovalParts, Pick<RoundParts, 'startReaders'> {
  /** How many vital files the lock has mended. They were copied aside before. */
  readonly mended: number;
}

interface Findings {
  readonly vitals: VitalSight;
  readonly examined: Examined;
  readonly mending: Mending;
  readonly found: number;
}

/** What new packs hold that stand in for damaged ones. */
type Written = Awaited<ReturnType<NewPacks['finish']>> & { readonly fetched: number };

/** So many fill a commit half. */
const mostLostAtOnce = 400_000;

/** Carries out what was found to be needed: copies aside, writes anew, commits, and puts away what is damaged. */
export class Repairing {
  readonly #parts: RepairParts;
  readonly #options: RepairOptions;
  readonly #standing: Standing;
  #basis: CommitId | null;
  #aside: string | null = null;

  constructor(parts: RepairParts, options: RepairOptions, standing: Standing) {
    this.#parts = parts;
    this.#options = options;
    this.#standing = standing;
    this.#basis = standing.head;
    if (parts.mended > 0) this.copyAside();
  }

  /** Gives the one that there is, where it was done before. */
  copyAside(): void {
    const { target, ballast } = this.#parts;
    this.#aside ??= copyAside(this.#standing.commits.length, this.#options.author.atMs, target, ballast);
  }

  async run(findings: Findings, run: RunContext): Promise<Repaired> {
    const { mending, vitals } = findings;
    const { isDry, help } = this.#options;
    run.progress.phase('repairing');
    if (isDry) {
      const fetched = await fetchFromMirrors(mending.naming, help, this.#parts, () => Promise.resolve(), run);
      return this.#report(findings, fetched);
    }
    this.#prepare(findings);
    const written = await this.#write(mending, run);
    stopIfCancelled(run);
    run.progress.phase('finishing');
    this.#commit(findings, written);
    putWaysAside(vitals.lostWays, this.#parts.target);
    await this.#parts.ballast.keep();
    return this.#report(findings, written.fetched);
  }

  #prepare({ examined, mending, vitals }: Findings): void {
    const { target, ballast } = this.#parts;
    const { naming } = mending;
    const fetchable = this.#options.help.mirrors.length > 0 ? naming.missingBytes() : 0;
    const bytes = mending.savedBytes + fetchable;
    if (bytes > 0) requireRoom(bytes + asideBytes(target), target, ballast);
    const isNews = this.#newlyLost(mending).length > 0;
    if (isNews || examined.damaged.length + examined.missing.length + vitals.lostWays.length > 0) this.copyAside();
  }

  async #write(mending: Mending, run: RunContext): Promise<Written> {
    const into = new NewPacks(this.#parts);
    try {
      await mending.write(into, run);
      const take = (id: ChunkId, bytes: Uint8Array, source: number): Promise<void> => into.addChunk(id, bytes, source);
      const fetched = await fetchFromMirrors(mending.naming, this.#options.help, this.#parts, take, run);
      const written = await into.finish();
      await readBack(written.packs, this.#parts);
      return { ...written, fetched };
    } catch (error) {
      into.takeBack();
      throw error;
    }
  }

  #commit({ examined, mending }: Findings, { packs, moved }: Written): void {
    const removes = [...examined.damaged, ...examined.missing];
    const lost = this.#newlyLost(mending);
    const cursors = mending.lostRoots.length > 0 ? forgetCursors(this.#parts.chain) : [];
    if (packs.length + removes.length + lost.length === 0) return;
    this.copyAside();
    const acts: CommitActs = {
      ...(moved.length > 0 && { movedManifests: moved }),
      ...(removes.length > 0 && { removes }),
    };
    const summaries = packs.map(({ id, sizeBytes }) => ({ id, sizeBytes }));
    this.#append({ ...acts, ...loses(lost.splice(0, mostLostAtOnce)) }, summaries, cursors, examined.damaged);
    while (lost.length > 0) this.#append(loses(lost.splice(0, mostLostAtOnce)), [], [], []);
  }

  #append(
    acts: CommitActs,
    packs: readonly PackSummary[],
    cursors: ReturnType<typeof forgetCursors>,
    damaged: readonly PackId[],
  ): void {
    const { chain, lock, target, ballast } = this.#parts;
    lock.assertHeld();
    const payload = { ...upkeepPayload(this.#parts, 'repair', this.#options.author, acts, packs), cursors };
    const { commit } = ballast.rescue(() => chain.append(payload, this.#basis));
    this.#basis = commit.id;
    putOutOfUse(commit, damaged, target, ballast);
  }

  /** Known to be lost once, a chunk is on the list for ever; it counts as lost while it is nowhere. */
  #newlyLost({ naming }: Mending): ChunkId[] {
    return [...naming.missing.keys()].filter((id) => !this.#standing.lost.has(id));
  }

  #report({ vitals, examined, mending, found }: Findings, fetched: number): Repaired {
    const { naming, remembered, lostRoots } = mending;
    const numbers: RepairNumbers = {
      copiesMended: vitals.unseen + (this.#options.isDry ? vitals.mendable : this.#parts.mended - vitals.lostWays.length),
      waysLost: vitals.lostWays.length,
      packsFound: found,
      packsDamaged: examined.damaged.length,
      packsMissing: examined.missing.length,
      chunksSaved: mending.savedChunks,
      chunksFromMirror: fetched,
      chunksLost: naming.missing.size,
      manifestsRemembered: remembered.reduce((sum, { manifests }) => sum + manifests.length, 0),
      manifestsLost: lostRoots.reduce((sum, { first }) => sum + first.count, 0),
    };
    return { numbers, lost: naming.lostVersions(), aside: this.#aside };
  }
}

const loses = (chunks: readonly ChunkId[]): CommitActs => (chunks.length > 0 ? { losesChunks: chunks } : {});
