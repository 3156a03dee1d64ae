import type { Commit, CommitKind, PackSummary } from '../../../shared/domain/commit.ts';
import type { ChunkId, CommitId, FreezeId, PackId, RunId, SourceId } from '../../../shared/domain/ids.ts';
import type { ManifestRoot } from '../../format/index.ts';
import type { ChainedCommit, CommitChain } from '../commit-chain.ts';
import { Rearrangement } from '../rearrangement.ts';
import { HiddenVersions } from './hidden-versions.ts';

/** A record of manifests: how it is known for ever, and where it lies now. */
export interface StandingRoot {
  readonly first: ManifestRoot;
  /** Of the commit that wrote it first. */
  readonly sequence: number;
  /** Undefined: lost with its pack. */
  readonly place: ManifestRoot | undefined;
}

export interface StandingCommit {
  readonly id: CommitId;
  readonly kind: CommitKind;
  readonly run: RunId;
  readonly atMs: number;
  /** The greatest time of all commits up to this one: it never runs backwards. */
  readonly timeMs: number;
  readonly removes: readonly PackId[];
}

/** What all commits together say. Of packs it says what should be there, not what is. */
export interface Standing {
  /** The newest commit. */
  readonly head: CommitId | null;
  /** By sequence; the first is at 0. */
  readonly commits: readonly StandingCommit[];
  /** Packs in use, in the order in which they came, with their sizes. */
  readonly packs: ReadonlyMap<PackId, number>;
  /** Packs out of use, with the commit that took them out. */
  readonly removed: ReadonlyMap<PackId, number>;
  /** In the order in which manifests were added. */
  readonly roots: readonly StandingRoot[];
  readonly hidden: HiddenVersions;
  /** Sources that wait for a person's answer: nothing of them goes any further, what is hidden of them included. */
  readonly frozen: ReadonlySet<SourceId>;
  /** Said to be lost, whether or not a later commit brought them. */
  readonly lost: ReadonlySet<ChunkId>;
  /** Packs of cycles that broke off lately and may go on: what is in them waits for its manifests. */
  readonly unfinished: ReadonlySet<PackId>;
}

/** A cycle that did not go on for this long never will: its job is gone. */
const mostUnfinishedMs = 7 * 24 * 3_600_000;

/** Reads the whole chain; throws at whatever is unreadable or missing in it. */
export const readStanding = (chain: CommitChain): Standing => standingAfter(chain.after(0));

export function standingAfter(commits: Iterable<ChainedCommit>): Standing {
  const reader = new StandingReader();
  for (const chained of commits) reader.add(chained);
  return reader.finish();
}

/** Commits go in, in their order; what they say together comes out, as often as it is asked for. */
export class StandingReader {
  #head: CommitId | null = null;
  readonly #commits: StandingCommit[] = [];
  readonly #packs = new Map<PackId, number>();
  readonly #removed = new Map<PackId, number>();
  readonly #roots: { readonly first: ManifestRoot; readonly sequence: number }[] = [];
  readonly #hidden = new HiddenVersions();
  readonly #freezes = new Map<FreezeId, SourceId>();
  readonly #lost = new Set<ChunkId>();
  readonly #unfinished = new Map<string, { readonly packs: PackSummary[]; atMs: number }>();
  readonly #rearrangement = new Rearrangement();

  add({ commit, roots }: ChainedCommit): void {
    const { id: head, kind, run, atMs, sequence, packs, removes = [] } = commit;
    this.#head = head;
    this.#rearrangement.note(commit);
    this.#commits.push({ id: head, kind, run, atMs, timeMs: Math.max(atMs, this.#commits.at(-1)?.timeMs ?? 0), removes });
    for (const first of roots) this.#roots.push({ first, sequence });
    for (const { id, sizeBytes } of packs) {
      this.#packs.set(id, sizeBytes);
      this.#removed.delete(id);
    }
    for (const { item, versions } of commit.hides ?? []) this.#hidden.hide(item, versions);
    for (const { item, versions } of commit.shows ?? []) this.#hidden.show(item, versions);
    for (const { id, source } of commit.freezes ?? []) this.#freezes.set(id, source);
    for (const id of commit.thaws ?? []) this.#freezes.delete(id);
    for (const id of removes) {
      this.#packs.delete(id);
      this.#removed.set(id, sequence);
    }
    for (const id of commit.losesChunks ?? []) this.#lost.add(id);
    this.#noteCycle(commit);
  }

  finish(): Standing {
    const roots = this.#roots.map(({ first, sequence }) => ({
      first,
      sequence,
      place: this.#rearrangement.placeOf(first, sequence),
    }));
    const timeMs = this.#commits.at(-1)?.timeMs ?? 0;
    const recent = [...this.#unfinished.values()].filter(({ atMs }) => atMs >= timeMs - mostUnfinishedMs);
    const unfinished = new Set(recent.flatMap(({ packs }) => packs.map(({ id }) => id)));
    return {
      head: this.#head,
      commits: [...this.#commits],
      packs: new Map(this.#packs),
      removed: new Map(this.#removed),
      roots,
      hidden: this.#hidden,
      frozen: new Set(this.#freezes.values()),
      lost: this.#lost,
      unfinished,
    };
  }

  /** A job's cycle that ended with its moment needs nothing of its checkpoints any more but what manifests name. */
  #noteCycle({ kind, job, packs, atMs }: Commit): void {
    const key = job?.id ?? '';
    if (kind === 'full') this.#unfinished.delete(key);
    if (kind !== 'checkpoint') return;
    const cycle = this.#unfinished.get(key) ?? { packs: [], atMs };
    cycle.packs.push(...packs);
    cycle.atMs = atMs;
    this.#unfinished.set(key, cycle);
  }
}

/** The time of the storage: the greatest of all its commits. */
export const timeOf = ({ commits }: Standing): number => commits.at(-1)?.timeMs ?? 0;
