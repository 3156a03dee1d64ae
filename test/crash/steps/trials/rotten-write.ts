import { isStrataError } from '../../../../src/shared/domain/strata-error.ts';
import type { Workload } from '../../workload.ts';

/** The disk keeps other bytes than it took, of one write alone. Nothing is put away of which there is no good copy. */
export async function tryRottenWrite(workload: Workload): Promise<string | undefined> {
  for (let which = 1; ; which++) {
    const { complaint, wasReached } = await rottenAt(workload, which);
    if (complaint !== undefined) return `write ${which}: ${complaint}`;
    if (!wasReached) return undefined;
  }
}

async function rottenAt(workload: Workload, which: number): Promise<{ complaint?: string; wasReached: boolean }> {
  const files = workload.before.copy();
  const progress = { promised: workload.promisedBefore };
  let writes = 0;
  files.onOperation(({ kind }) => {
    if (kind === 'write') files.pretend(++writes === which ? 'rot' : undefined);
  });
  try {
    await workload.run(files, progress);
  } catch (error) {
    if (!isStrataError(error)) throw error;
  }
  files.onOperation(undefined);
  files.pretend(undefined);
  try {
    await workload.judge(files, progress.promised);
    return { wasReached: writes >= which };
  } catch (error) {
    // Nobody can say whose the lock is: it is waited for, and nothing is done meanwhile.
    if (isStrataError(error) && error.code === 'storage.locked') return { wasReached: true };
    return { wasReached: true, complaint: error instanceof Error ? error.message : String(error) };
  }
}
