import { Command } from 'commander';
import type { CallInput, CallOutput } from '../../shared/contract/calls.ts';
import { isStrataError, StrataError } from '../../shared/domain/strata-error.ts';
import { sayFailure } from '../../shared/words/say.ts';
import type { Act } from '../act.ts';
import type { Context } from '../context.ts';
import { exitCodeOfStatus } from '../exit-codes.ts';
import { concludeRun, follow } from '../following.ts';
import { pickJob } from '../naming.ts';
import { runJson } from '../output/json.ts';
import { harmless } from '../output/table.ts';
import { unlockedStorage, unlockSources } from '../unlocking.ts';
import { runSummary } from './run.ts';

/** Where jobs stand, their copies, and what is done to all of a group. */
export function addOrderCommands(job: Command, act: Act): void {
  job
    .command('move')
    .description('to another place in the order of one’s own; past others than those of its group, with its group')
    .argument('<name>')
    .option('--before <job>')
    .option('--after <job>')
    .option('--first')
    .option('--last')
    .action(act(move));
  job
    .command('clone')
    .description('everything of it but its history; it runs only when asked to')
    .argument('<name>')
    .argument('<new>')
    .option('--enabled', 'scans and captures as the first does')
    .action(act(clone));
  const group = job.command('group').description('all jobs of a group');
  group
    .command('enable')
    .argument('<group>')
    .action(act(switchGroup('on')));
  group
    .command('disable')
    .argument('<group>')
    .action(act(switchGroup('off')));
  group.command('run').description('one cycle of each now').argument('<group>').action(act(runGroup));
}

interface PlaceOptions {
  readonly before?: string;
  readonly after?: string;
  readonly first?: boolean;
  readonly last?: boolean;
}

async function move(context: Context, [name = '']: string[], options: PlaceOptions): Promise<void> {
  const job = await pickJob(context, name);
  await context.client.call('job.move', { id: job.id, to: await placeFrom(context, options) });
}

async function placeFrom(context: Context, options: PlaceOptions): Promise<CallInput<'job.move'>['to']> {
  const { before, after, first, last } = options;
  if (Object.keys(options).length !== 1) throw new StrataError('usage.invalid', 'never', { reason: context.say('onePlace') });
  if (first === true) return { at: 'first' };
  if (last === true) return { at: 'last' };
  const other = await pickJob(context, before ?? after ?? '');
  return { at: before === undefined ? 'after' : 'before', job: other.id };
}

async function clone(context: Context, [name = '', copy = '']: string[], options: { enabled?: boolean }): Promise<void> {
  const job = await pickJob(context, name);
  const made = await context.client.call('job.clone', { id: job.id, name: copy, enabled: options.enabled === true });
  if (context.options.json) return context.printJson(made);
  context.print(context.say(options.enabled === true ? 'jobCreated' : 'jobCloned', { name: copy }));
}

const switchGroup =
  (to: 'on' | 'off') =>
  async (context: Context, [group = '']: string[]): Promise<void> => {
    for (const { id } of await jobsOf(context, group)) await context.client.call('job.switch', { id, scan: to, capture: to });
  };

/** One that cannot begin does not keep the others from it. */
async function runGroup(context: Context, [group = '']: string[]): Promise<void> {
  const runs: CallOutput<'job.run'>['run'][] = [];
  let failed: StrataError | undefined;
  for (const { id, name, storage, sources } of await jobsOf(context, group)) {
    try {
      await unlockedStorage(context, storage);
      await unlockSources(context, sources);
      runs.push((await context.client.call('job.run', { id })).run);
    } catch (error) {
      if (!isStrataError(error)) throw error;
      context.tell(`${harmless(name)}: ${harmless(sayFailure(error, context.language))} [${error.code}]`);
      failed = error;
    }
  }
  const ended = await Promise.all(runs.map((run) => follow(context, run)));
  if (context.options.json) context.printJson(ended.map(runJson));
  else for (const run of ended) context.print(`${harmless(run.jobName ?? '')}: ${runSummary(context, run)}`);
  if (failed !== undefined) throw failed;
  const worst = ended.toSorted((a, b) => exitCodeOfStatus(b.status) - exitCodeOfStatus(a.status)).at(0);
  if (worst !== undefined) concludeRun(context, worst);
}

async function jobsOf(context: Context, group: string) {
  const wanted = group.toLocaleLowerCase('en');
  const jobs = (await context.client.call('job.list', {})).filter((job) => job.group?.toLocaleLowerCase('en') === wanted);
  if (jobs.length === 0) throw new StrataError('name.unknown', 'never', { kind: 'group', name: group });
  return jobs;
}
