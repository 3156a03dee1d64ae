import type { PackSummary } from '../../shared/domain/commit.ts';
import type { CheckReport } from '../../shared/domain/run.ts';
import type { StorageKeys } from '../crypto/index.ts';
import { type RunContext, stopIfCancelled } from '../kernel/run-context.ts';
import { turn } from '../kernel/turn.ts';
import { PackCheck, type PackReading } from './pack-check.ts';
import type { PackFiles, PackReader } from './pack-reader.ts';
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
  readonly depth: CheckReport['level'];
  readonly take: (pack: PackSummary, reading: PackReading) => void;
}

/** Looks at each pack, in no order. In other threads where there are some, so many at once as they take; here one after the other. */
export async function lookAtPacks({ packs, depth, take }: Round, parts: RoundParts, run: RunContext): Promise<void> {
  const pool = packs.length > 1 && depth === 'all' ? parts.startReaders() : undefined;
  const left = packs[Symbol.iterator]();
  const look = async (at: (pack: PackSummary) => Promise<PackReading>): Promise<void> => {
    for (const pack of left) {
      stopIfCancelled(run);
      take(pack, await at(pack));
      run.progress.done(1, pack.sizeBytes);
    }
  };
  try {
    if (pool === undefined) await look((pack) => lookHere(pack, depth, parts));
    else await Promise.all(Array.from({ length: pool.places }, () => look((pack) => pool.check(pack, depth))));
  } finally {
    pool?.leave();
  }
}

async function lookHere(pack: PackSummary, depth: Round['depth'], parts: RoundParts): Promise<PackReading> {
  await turn();
  return new PackCheck(parts, pack).run(depth);
}
