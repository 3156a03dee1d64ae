import type { RunId } from '../../shared/domain/ids.ts';
import { noCounts } from '../../shared/domain/run.ts';
import { newId, type Random } from '../kernel/random.ts';
import type { RunContext } from '../kernel/run-context.ts';
import type { Storage } from '../storage/index.ts';

/** Makes a storage this installation's own. Who owned it finds out when he next wants to write, and no write of his is lost. */
export async function adoptStorage(storage: Storage, random: Random, run: RunContext): Promise<void> {
  const lock = storage.lock('adopt', 'exclusive');
  try {
    const writer = storage.writer(lock, { locate: () => undefined });
    const nothing = { sources: [], completeSources: [], cursors: [], counts: noCounts };
    await writer.commit({ kind: 'owner', run: newId<RunId>(random), job: null, atMs: run.clock.nowMs(), ...nothing }, run);
  } finally {
    lock.release();
  }
}
