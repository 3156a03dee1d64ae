import { isStrataError } from '../../../../src/shared/domain/strata-error.ts';
import type { Workload } from '../../workload.ts';
import { workloads } from '../../workloads/index.ts';

/** The disk keeps other bytes than it took, of one write alone. A repair does not put away what it has no good copy of. */
export async function tryRottenWrite(): Promise<string | undefined> {
  const workload = await workloads.find(({ name }) => name === 'repair')?.make();
  if (workload === undefined) throw new Error('no such workload');
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
    return { wasReached: true, complaint: error instanceof Error ? error.message : String(error) };
  }
}
