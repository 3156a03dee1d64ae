import type { PackSummary } from '../../shared/domain/commit.ts';
import type { StorageKeys } from '../crypto/index.ts';
import { type RunContext, stopIfCancelled } from '../kernel/run-context.ts';
import { turn } from '../kernel/turn.ts';
import { checkPack, type PackDepth, type PackReading } from './pack-check.ts';
import type { PackFiles } from './pack-files.ts';
import type { PackReader } from './pack-reader.ts';
import type { ReaderPool } from './reader-pool.ts';

export interface RoundParts {
  readonly target: PackFiles;
  readonly keys: StorageKeys;
  readonly reader: PackReader;
  /** Undefined where there are no threads for it. Whoever starts them ends them. */
  startReaders(): ReaderPool | undefined;
}

export interface Round {
  readonly packs: readonly PackSummary[];
  readonly depthOf: (pack: PackSummary) => PackDepth;
  readonly take: (pack: PackSummary, reading: PackReading) => void;
}

/**
 * Looks at each pack, the largest first. In other threads where there are some, one at a time in each: a pack that waited behind another
 * one's would leave the other threads idle at the end. Without threads here, one after the other.
 */
export async function lookAtPacks({ packs, depthOf, take }: Round, parts: RoundParts, run: RunContext): Promise<void> {
  const pool = packs.filter((pack) => depthOf(pack) === 'all').length > 1 ? parts.startReaders() : undefined;
  const left = [...packs].sort((a, b) => b.sizeBytes - a.sizeBytes)[Symbol.iterator]();
  const look = async (at: (pack: PackSummary) => Promise<PackReading>): Promise<void> => {
    for (const pack of left) {
      stopIfCancelled(run);
      take(pack, await at(pack));
      run.progress.done(1, pack.sizeBytes);
    }
  };
  try {
    if (pool === undefined) await look((pack) => lookHere(pack, depthOf(pack), parts));
    else await Promise.all(Array.from({ length: pool.threads }, () => look((pack) => pool.check(pack, depthOf(pack)))));
  } finally {
    pool?.leave();
  }
}

async function lookHere(pack: PackSummary, depth: PackDepth, parts: RoundParts): Promise<PackReading> {
  await turn();
  return checkPack(parts, pack, depth);
}
