import { Command } from 'commander';
import type { CallOutput } from '../../shared/contract/calls.ts';
import { StrataError } from '../../shared/domain/strata-error.ts';
import type { Act } from '../act.ts';
import type { Context } from '../context.ts';
import { pickRun } from '../naming.ts';
import { runJson } from '../output/json.ts';
import { table } from '../output/table.ts';
import { showRun } from './run.ts';

type Run = CallOutput<'run.show'>;

interface Operation {
  readonly run: Run;
  readonly state: 'running' | 'waiting' | 'paused' | 'done';
  /** Of one that waits: who goes first. */
  readonly waitsFor: string | null;
}

/** Everything long, of every kind: what runs, what waits and for whom, what is done. */
export function operationCommands(act: Act): Command {
  const op = new Command('op').description('what runs, waits and is done');
  op.command('list').option('--last <number>', 'so many that are done', '20').action(act(list));
  op.command('show').argument('<id>').action(act(showRun));
  op.command('stop')
    .argument('[id]')
    .option('--all', 'everything that runs or waits')
    .option('--now', 'without finishing the item at hand')
    .action(act(stop));
  return op;
}

async function list(context: Context, _: string[], { last }: { last?: string }): Promise<void> {
  const mostDone = Math.min(1000, Math.max(1, Number(last) || 20));
  const runs = await context.client.call('run.list', { job: null, storage: null, kind: null, limit: 1000 });
  const all = await Promise.all(runs.map((run) => operationOf(context, run)));
  const of = (state: Operation['state']): Operation[] => all.filter((one) => one.state === state);
  const shown = [...of('running'), ...of('waiting'), ...of('paused'), ...of('done').slice(0, mostDone)];
  if (context.options.json)
    return context.printJson(shown.map(({ run, state, waitsFor }) => ({ state, waitsFor, ...runJson(run) })));
  const { say, formats } = context;
  context.print(
    table(
      [
        { title: say('column.state') },
        { title: say('column.run') },
        { title: say('column.kind') },
        { title: say('column.job') },
        { title: say('column.storage') },
        { title: say('column.started') },
        { title: say('column.status') },
      ],
      shown.map(({ run, state, waitsFor }) => [
        say(`operation.${state}`),
        run.id,
        say(`kind.${run.kind}`),
        run.jobName ?? '–',
        run.storageName ?? '–',
        formats.time(run.startedAtMs),
        waitsFor === null ? say(`status.${run.status}`) : say('waitsFor', { name: waitsFor }),
      ]),
    ),
  );
}

async function operationOf({ client }: Context, run: Run): Promise<Operation> {
  if (run.status === 'paused') return { run, state: 'paused', waitsFor: null };
  if (run.status !== 'running') return { run, state: 'done', waitsFor: null };
  const progress = await client.call('run.progress', { id: run.id });
  if (progress?.phase !== 'waiting') return { run, state: 'running', waitsFor: null };
  return { run, state: 'waiting', waitsFor: progress.current };
}

async function stop(context: Context, [id]: string[], options: { all?: boolean; now?: boolean }): Promise<void> {
  if ((id === undefined) !== (options.all === true))
    throw new StrataError('usage.invalid', 'never', { reason: context.say('oneOrAll') });
  const how = options.now === true ? 'now' : 'after-item';
  const runs = await context.client.call('run.list', { job: null, storage: null, kind: null, limit: 1000 });
  const which = id === undefined ? runs.filter(({ status }) => status === 'running') : [await pickRun(context, id)];
  for (const run of which) await context.client.call('run.stop', { id: run.id, how });
}
