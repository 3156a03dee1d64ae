import { isStrataError } from '../../../../src/shared/domain/strata-error.ts';
import type { Workload } from '../../workload.ts';

/** From some write on, the disk gives back other bytes than it took. Nobody is told that something is saved that is not. */
export async function tryLyingDisk(workload: Workload): Promise<string | undefined> {
  for (let from = 1; ; from++) {
    const { complaint, wasReached } = await lyingFrom(workload, from);
    if (complaint !== undefined) return `from write ${from} on: ${complaint}`;
    if (!wasReached) return undefined;
  }
}

async function lyingFrom(workload: Workload, from: number): Promise<{ complaint?: string; wasReached: boolean }> {
  const files = workload.before.copy();
  const progress = { promised: workload.promisedBefore };
  let writes = 0;
  files.onOperation(({ kind }) => {
    if (kind === 'write' && ++writes === from) files.pretend('rot');
  });
  try {
    await workload.run(files, progress);
  } catch (error) {
    if (isStrataError(error)) return { wasReached: true };
    throw error;
  }
  files.onOperation(undefined);
  files.pretend(undefined);
  try {
    await workload.judge(files, progress.promised);
    return { wasReached: writes >= from };
  } catch (error) {
    return { wasReached: true, complaint: error instanceof Error ? error.message : String(error) };
  }
}
