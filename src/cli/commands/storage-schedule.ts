import type { Command } from 'commander';
import type { CallInput, CallOutput } from '../../shared/contract/calls.ts';
import { StrataError } from '../../shared/domain/strata-error.ts';
import { upkeepKinds } from '../../shared/domain/upkeep.ts';
import type { Act } from '../act.ts';
import { among } from '../alert-channels.ts';
import { wishFrom } from './check.ts';
import type { Context } from '../context.ts';
import { pickStorage } from '../naming.ts';
import { table } from '../output/table.ts';
import { scheduleFrom, scheduleText } from '../scheduling.ts';

interface Options {
  readonly at?: string[];
  readonly cron?: string;
  readonly zone?: string;
  readonly data?: string;
  readonly usual?: boolean;
}
type Times = NonNullable<CallInput<'upkeep.set'>['times']>;
type Upkeep = CallOutput<'upkeep.list'>[number];

const everything = 100;

export function addScheduleCommand(storage: Command, act: Act): void {
  storage
    .command('schedule')
    .description(
      'times of its own for checks, trial restores (rehearsal), purges, or a mirror that receives; without times: what comes when',
    )
    .argument('[name]')
    .argument('[what]', upkeepKinds.join(', '))
    .option('--at <times...>', '"Sun 03:00", "daily every 6 hours", "month 1,15 02:00", "every 2 days from 2026-01-01 02:30"')
    .option('--cron <expression>', 'five fields: "0 3 * * 0"')
    .option('--zone <zone>', 'whose clock counts: Europe/Vienna; else this computer’s')
    .option('--data <level>', 'of a check: a share like 10%, or all; structure; else names and sizes')
    .option('--usual', 'no times of its own any more')
    .action(act(schedule));
}

async function schedule(context: Context, [name, what]: string[], options: Options): Promise<void> {
  const storage = name === undefined ? null : await pickStorage(context, name);
  refuseUnclear(what, options);
  if (storage === null || what === undefined) return list(context, storage?.id ?? null);
  const kind = among(context, upkeepKinds, what);
  const [before] = (await context.client.call('upkeep.list', { storage: storage.id })).filter((one) => one.kind === kind);
  const times = options.usual === true ? null : timesFrom(context, options, before?.times);
  await context.client.call('upkeep.set', { storage: storage.id, kind, times });
  return list(context, storage.id);
}

/** What would be passed over in silence, and look as if it had been done. */
function refuseUnclear(what: string | undefined, { usual, at, cron, zone, data }: Options): void {
  const isSaid = [at, cron, zone, data].some((option) => option !== undefined);
  if (what === undefined && (isSaid || usual === true)) wrong('of which of check, rehearsal, purge and mirror');
  if (usual === true && isSaid) wrong('--usual alone');
  if (at !== undefined && cron !== undefined) wrong('--at or --cron');
}

function wrong(reason: string): never {
  throw new StrataError('usage.invalid', 'never', { reason: `${reason}: see strata storage schedule --help.` });
}

function timesFrom(context: Context, options: Options, before: Times | undefined): Times {
  const { at, cron } = options;
  const made = scheduleFrom({ ...(at !== undefined && { at }), ...(cron !== undefined && { cron }) }, before?.schedule);
  const chosen = made ?? before?.schedule;
  if (chosen === undefined || (chosen.mode !== 'times' && chosen.mode !== 'cron')) {
    wrong('--at, --cron or --usual');
  }
  const zone = options.zone ?? before?.zone ?? null;
  const depth = options.data === undefined && before !== undefined ? before : depthFrom(context, options.data);
  return { schedule: chosen, zone, depth: depth.depth, percent: depth.percent };
}

function depthFrom(context: Context, data = 'quick'): Pick<Times, 'depth' | 'percent'> {
  const { level, percent } = wishFrom(context, data);
  return { depth: level === 'since' ? 'all' : level, percent: percent ?? everything };
}

async function list(context: Context, storage: CallInput<'upkeep.list'>['storage']): Promise<void> {
  const all = await context.client.call('upkeep.list', { storage });
  if (context.options.json) return context.printJson(all);
  const { say, formats } = context;
  const columns = ['column.storage', 'column.kind', 'column.nextRun', 'column.schedule', 'column.lastRun'] as const;
  context.print(
    table(
      columns.map((title) => ({ title: say(title) })),
      all.map((one) => [
        one.storageName,
        kindText(one),
        formats.time(one.nextMs),
        scheduleText(one.times.schedule),
        lastText(context, one),
      ]),
    ),
  );
}

const kindText = ({ kind, times: { depth, percent } }: Upkeep): string =>
  kind === 'check' ? `${kind} ${depth === 'part' ? `${percent}%` : depth}` : kind;

const lastText = ({ formats, say }: Context, { lastRun }: Upkeep): string =>
  lastRun === null ? '' : `${formats.time(lastRun.startedAtMs)} ${say(`status.${lastRun.status}`)}`;
