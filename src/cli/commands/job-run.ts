import type { CallOutput } from '../../shared/contract/calls.ts';
import type { RunWish } from '../../shared/domain/run-cause.ts';
import type { Context } from '../context.ts';
import { concludeRun, follow } from '../following.ts';
import { pickJob, pickSource, pickStorage } from '../naming.ts';
import { runJson } from '../output/json.ts';
import { unlockJobStorages, unlockSources } from '../unlocking.ts';
import { runSummary } from './run.ts';

interface RunOptions {
  readonly source?: readonly string[];
  readonly storage?: readonly string[];
  readonly readAgain?: boolean;
}

export async function runCommand(context: Context, [name = '']: string[], options: RunOptions): Promise<void> {
  const job = await pickJob(context, name);
  await runJob(context, job, await wishFrom(context, options));
}

/** Undefined: an ordinary run. */
async function wishFrom(
  context: Context,
  { source, storage, readAgain: readsAgain = false }: RunOptions,
): Promise<RunWish | undefined> {
  if (source === undefined && storage === undefined && !readsAgain) return undefined;
  const sources = source === undefined ? null : await idsOf(context, source, pickSource);
  return { sources, readsAgain, ...(storage && { storages: await idsOf(context, storage, pickStorage) }) };
}

const idsOf = <Id>(
  context: Context,
  names: readonly string[],
  find: (context: Context, name: string) => Promise<{ readonly id: Id }>,
): Promise<Id[]> => Promise.all(names.map(async (name) => (await find(context, name)).id));

/** Runs it, shows how it goes, and ends as it ended. */
export async function runJob(
  context: Context,
  job: Pick<CallOutput<'job.list'>[number], 'id' | 'storage' | 'alsoTo' | 'sources'>,
  wish?: RunWish,
): Promise<void> {
  await unlockJobStorages(context, job);
  await unlockSources(context, wish?.sources ?? job.sources);
  const started = await context.client.call('job.run', { id: job.id, ...(wish && { wish }) });
  const ended = await follow(context, started.run);
  if (context.options.json) context.printJson(runJson(ended));
  // What failed as a whole has no result: the sentence that follows is all there is to say.
  else if (ended.failure === null) context.print(runSummary(context, ended));
  concludeRun(context, ended);
}
