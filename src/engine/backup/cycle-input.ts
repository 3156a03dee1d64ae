import type { Choice } from '../../shared/domain/choice.ts';
import type { JobDescription, SourceDescription } from '../../shared/domain/commit.ts';
import type { RunId, SourceId } from '../../shared/domain/ids.ts';
import type { RunCounts } from '../../shared/domain/run.ts';
import type { Failure } from '../../shared/domain/strata-error.ts';
import type { CaptureTally, Catalog, ChangeTally } from '../catalog/index.ts';
import type { Random } from '../kernel/random.ts';
import type { Source } from '../sources/source.ts';
import type { Storage, StorageLock } from '../storage/index.ts';
import type { GuardMemory } from './guards/guard.ts';

export interface CycleSource {
  readonly description: SourceDescription;
  readonly source: Source;
  /** What is taken of it. Absent: everything. */
  readonly choice?: Choice;
  /** What is left out of it may go by the rules of retention. */
  readonly letsGo?: boolean;
  /** Another job takes something else of it into this storage. */
  readonly isDivided?: boolean;
}

export interface Checkpoint {
  readonly everyMs: number;
  readonly everyBytes: number;
  /** What one commit brings is in memory once, here and in every rebuild of the catalog. */
  readonly everyItems: number;
}

export interface CycleInput {
  readonly runId: RunId;
  readonly job: JobDescription;
  readonly sources: readonly CycleSource[];
  readonly storage: Storage;
  /** To write; released at the end. The catalog knows all that was committed before it was taken. */
  readonly lock: StorageLock;
  readonly catalog: Catalog;
  readonly random: Random;
  /** A killed first cycle loses at most this much work. */
  readonly checkpoint: Checkpoint;
  /** The counts so far, for the commit. */
  readonly counts: () => RunCounts;
  readonly guards: GuardMemory;
  /** So many servers are compared at the same time. */
  readonly servers: number;
  /** Limited: only these folders of each source are looked into. What they hold is stored; no moment comes of it. */
  readonly only?: ReadonlyMap<SourceId, ReadonlySet<string>>;
  /** What seems unchanged is read again all the same, and held against what is stored. */
  readonly readsAgain?: boolean;
  /** The beginning of a file, to look at; undefined where it cannot be read. */
  readonly peek: (path: string, mostBytes: number) => Uint8Array | undefined;
}

export interface CycleOutcome {
  /** `stopped`: asked to finish soon; what was copied is in a checkpoint. */
  readonly kind: 'complete' | 'stopped' | 'nothing-worked';
  /** Why sources failed as a whole. */
  readonly failures: readonly Failure[];
  /** What looked like an accident or an attack. All of it was stored. */
  readonly alarms: readonly Failure[];
  /** How many items had another content than is stored though their source says that they did not change. They were stored anew. */
  readonly unseen: number;
  /** What guards remember for the next cycle. */
  readonly tallies: readonly ChangeTally[];
  readonly captured: readonly CaptureTally[];
  /** Of a limited cycle: sources of which only a whole one can say what happened. Nothing of theirs was stored. */
  readonly needScan: readonly SourceId[];
  /** Sources that were not wholly listed and stored: nothing of theirs must be removed on account of this cycle. */
  readonly unsure: readonly SourceId[];
}
