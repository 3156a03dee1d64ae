import type { CommitActs, CommitKind, PackSummary } from '../../../shared/domain/commit.ts';
import { noCounts } from '../../../shared/domain/run.ts';
import type { CommitPayload } from '../../format/index.ts';
import { type PackingParts, signatureOf } from '../storage-writer.ts';
import type { Author } from './removal.ts';

/** What removing and repairing work with. The lock is exclusive. */
export type RemovalParts = PackingParts;

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
