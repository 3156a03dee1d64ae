import type { RunId } from '../../shared/domain/ids.ts';
import { newId } from '../kernel/random.ts';
import type { RunContext } from '../kernel/run-context.ts';
import type { Saying } from '../maintenance/index.ts';
import type { OpenStorage, OpenStorages } from './open-storages.ts';
import type { Parts } from './parts.ts';
import { quietRun } from './quiet-run.ts';

/** What a person says of a storage, while he waits for it: under a lock of its own, as a run that nobody lists. */
export async function sayTo<Value>(
  open: OpenStorage,
  parts: Parts,
  storages: OpenStorages,
  say: (saying: Saying, run: RunContext) => Promise<Value>,
): Promise<Value> {
  const { clock, log, random } = parts;
  const { storage, catalog } = open;
  const lock = storage.lock('retention', 'write');
  try {
    return await say({ storage, catalog, lock, run: newId<RunId>(random), atMs: clock.nowMs() }, quietRun(clock, log));
  } finally {
    lock.release();
    storages.trust(open);
    parts.changed('storages');
  }
}
