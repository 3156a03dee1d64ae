import type { CommitActs, CommitKind, PackSummary } from '../../../shared/domain/commit.ts';
import { noCounts } from '../../../shared/domain/run.ts';
import type { StorageKeys } from '../../crypto/index.ts';
import type { ChunkerParameters, CommitPayload } from '../../format/index.ts';
import type { Target } from '../../targets/target.ts';
import type { Ballast } from '../ballast.ts';
import type { CommitChain } from '../commit-chain.ts';
import type { Zstd } from '../compress.ts';
import type { PackReader } from '../pack-reader.ts';
import type { PackSizes } from '../pack-sizes.ts';
import type { StorageDeps, StorageLock } from '../storage.ts';
import { signatureOf } from '../storage-writer.ts';
import type { Author } from './removal.ts';

/** What removing and repairing work with. The lock is exclusive. */
export interface RemovalParts {
  readonly target: Target;
  readonly keys: StorageKeys;
  readonly chunking: ChunkerParameters;
  readonly chain: CommitChain;
  readonly reader: PackReader;
  readonly zstd: Zstd;
  readonly sizes: PackSizes;
  readonly ballast: Ballast;
  readonly lock: StorageLock;
  readonly deps: StorageDeps;
}

/** A commit that is about the storage as a whole, and brings no manifests. */
export function upkeepPayload(
  { chain, deps }: RemovalParts,
  kind: CommitKind,
  { run, atMs }: Author,
  acts: CommitActs,
  packs: readonly PackSummary[],
): CommitPayload {
  const nothing = { job: null, sources: [], completeSources: [], cursors: [], counts: noCounts, manifests: [] };
  const { appVersion } = deps;
  return { ...nothing, kind, run, atMs, writer: signatureOf(chain, deps, atMs), appVersion, packs, ...acts };
}
