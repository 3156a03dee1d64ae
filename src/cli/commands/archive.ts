import { Command } from 'commander';
import type { CallOutput } from '../../shared/contract/calls.ts';
import { type ArchiveChoice, wholeArchive } from '../../shared/domain/archive.ts';
import { StrataError } from '../../shared/domain/strata-error.ts';
import { sayKinds } from '../../shared/words/choice.ts';
import type { Act } from '../act.ts';
import { parseKinds } from '../choosing.ts';
import type { Context } from '../context.ts';
import { newMirror, type NewMirrorOptions } from '../mirror-making.ts';
import { pick, pickStorage } from '../naming.ts';
import { table } from '../output/table.ts';
import { parseRetention, retentionText } from '../retention-rules.ts';
import { scheduleFrom, scheduleText } from '../scheduling.ts';
import { unlockedMirror, unlockedStorage, unlockThose, unlockWhatOpens } from '../unlocking.ts';
import { runEach, tellWhy } from './mirror.ts';

type Archive = CallOutput<'mirror.list'>[number];
type Times = NonNullable<CallOutput<'upkeep.list'>[number]['times']>;

interface KeepOptions {
  readonly keep?: string;
  readonly zone?: string;
  readonly elsewhere?: boolean;
  readonly at?: string[];
  readonly cron?: string;
  readonly byHand?: boolean;
}
interface CreateOptions extends KeepOptions, NewMirrorOptions {
  readonly source?: string[];
  readonly kind?: string;
}

/** An archive is called by its own name, wherever its storage is. */
export function archiveCommands(act: Act): Command {
  const archive = new Command('archive').description('a copy that stands for itself, filled when you say so');
  const withRules = (command: Command): Command =>
    command
      .option('--keep <rules>', 'rules of its own: "last=10 daily=7 within=30d deleted=30d", or none')
      .option('--at <times...>', 'when it fills itself: "Sun 03:00", "month 1 02:00", "daily every 6 hours"')
      .option('--cron <expression>', 'five fields: "0 3 1 * *"')
      .option('--zone <zone>', 'whose clock and calendar count: Europe/Vienna')
      .option('--elsewhere', 'it is kept where a fire or a thief does not get both');
  withRules(
    archive.command('create').argument('<storage>').argument('<folder>', 'a new one of its own; a disk that is taken away, too'),
  )
    .option('--name <name>', 'else it is called after the storage')
    .option('--source <name...>', 'these sources and no others; else all, and those to come')
    .option('--kind <kinds>', 'message, event, task, contact, note, file: with commas; else all')
    .option('--recovery-key <file>', 'write its recovery key there')
    .option('--no-keychain', 'keep its key in memory only')
    .action(act(create));
  archive.command('list').argument('[storage]').action(act(list));
  archive.command('run').argument('<archive>').description('brings it what the storage has since the last time').action(act(run));
  withRules(archive.command('edit').argument('<archive>'))
    .option('--by-hand', 'no times of its own any more')
    .option('--no-elsewhere')
    .action(act(edit));
  archive
    .command('remove')
    .argument('<archive>')
    .description('it receives nothing more; what it holds stays')
    .action(act(remove));
  return archive;
}

async function create(context: Context, [name = '', folder = '']: string[], options: CreateOptions): Promise<void> {
  const origin = await unlockedStorage(context, name);
  const [change, times] = [changeOf(options), timesOf(options)];
  const choice = await choiceFrom(context, origin.id, options);
  const made = await newMirror(context, origin, folder, options, 'archiveName');
  const archive = await unlockedMirror(context, made);
  const { warnings } = await context.client.call('mirror.add', { origin: origin.id, mirror: made, adds: true, archive: choice });
  await context.client.call('mirror.change', { mirror: made, ...change });
  if (times !== undefined) await context.client.call('upkeep.set', { storage: made, kind: 'mirror', times });
  if (warnings.includes('same-disk')) context.tell(context.say('mirrorSameDisk', { name: archive.name }));
  if (context.options.json) return context.printJson(await archiveOf(context, made));
  const takes = await takesText(context, { archive: choice, origin: origin.id });
  context.print(context.say('archiveCreated', { name: archive.name, origin: origin.name, takes }));
  if (times === undefined) context.print(context.say('archiveNext', { name: archive.name }));
  else context.print(context.say('archiveAtTimes', { times: scheduleText(times.schedule) }));
}

async function choiceFrom(context: Context, origin: string, { source, kind }: CreateOptions): Promise<ArchiveChoice> {
  const kinds = kind === undefined ? null : parseKinds(kind);
  if (source === undefined) return { ...wholeArchive, kinds };
  const saved = await context.client.call('source.saved', { storage: origin });
  return { sources: source.map((name) => pick('source', name, saved).id), kinds };
}

const changeOf = ({ keep, zone, elsewhere }: KeepOptions) => ({
  ...(keep === undefined ? {} : { retention: parseRetention(keep) }),
  ...(zone === undefined ? {} : { zone }),
  ...(elsewhere === undefined ? {} : { isElsewhere: elsewhere }),
});

/** Undefined: nothing was said about it. */
function timesOf({ at, cron, zone }: KeepOptions): Times | undefined {
  if (at !== undefined && cron !== undefined)
    throw new StrataError('usage.invalid', 'never', { reason: '--at or --cron: see strata storage archive --help.' });
  const schedule = scheduleFrom({ ...(at !== undefined && { at }), ...(cron !== undefined && { cron }) });
  if (schedule === undefined || (schedule.mode !== 'times' && schedule.mode !== 'cron')) return undefined;
  return { schedule, zone: zone ?? null, depth: 'quick', percent: 100 };
}

/** Without a password: what is set up can be changed while both are away. */
async function archiveOf({ client }: Context, name: string): Promise<Archive> {
  const all = await client.call('mirror.list', { origin: null });
  return pick(
    'storage',
    name,
    all.filter(({ archive }) => archive !== null),
  );
}

async function list(context: Context, [name]: string[]): Promise<void> {
  const origin = name === undefined ? null : (await pickStorage(context, name)).id;
  const all = async (): Promise<Archive[]> =>
    (await context.client.call('mirror.list', { origin })).filter(({ archive }) => archive !== null);
  await unlockWhatOpens(context);
  await unlockThose(context, await all());
  const archives = await all();
  if (context.options.json) return context.printJson(archives);
  const timed = new Set(
    (await context.client.call('upkeep.list', { storage: null })).flatMap(({ kind, storage }) =>
      kind === 'mirror' ? [storage] : [],
    ),
  );
  const { formats, say } = context;
  const titles = ['column.name', 'column.storage', 'column.takes', 'column.state', 'column.lastRun', 'column.lacks'] as const;
  const rows = archives.map(async (one) => [
    ...[one.name, one.originName, await takesText(context, one)],
    say(one.enabled && timed.has(one.id) ? 'archive.atTimes' : 'mirror.off'),
    one.lastRun === null ? '–' : `${say(`status.${one.lastRun.status}`)} ${formats.time(one.lastRun.startedAtMs)}`,
    ...[one.lacks === null ? '–' : formats.count(one.lacks.moments), retentionText(one.retention), one.path],
  ]);
  context.print(
    table(
      [...titles, 'column.keeps' as const, 'column.place' as const].map((title) => ({ title: say(title) })),
      await Promise.all(rows),
    ),
  );
  for (const { name: archive, failure } of archives) if (failure !== null) tellWhy(context, archive, failure);
}

async function takesText(context: Context, { archive, origin }: Pick<Archive, 'archive' | 'origin'>): Promise<string> {
  const { sources, kinds } = archive ?? wholeArchive;
  if (sources === null && kinds === null) return context.say('archiveTakesAll');
  const names = sources === null ? [] : await namesOf(context, origin, sources);
  return [...names, ...(kinds === null ? [] : [sayKinds(kinds, context.language)])].join('; ');
}

/** By their ids where nobody can be asked: the storage is away or locked. */
async function namesOf({ client }: Context, origin: string, sources: readonly string[]): Promise<string[]> {
  const here = await client.call('source.list', {});
  const storage = (await client.call('storage.list', {})).find(({ id }) => id === origin);
  const saved = storage?.state === 'open' ? await client.call('source.saved', { storage: origin }) : [];
  return sources.map((id) => [...here, ...saved].find((source) => source.id === id)?.name ?? id);
}

async function run(context: Context, [name = '']: string[]): Promise<void> {
  const archive = await archiveOf(context, name);
  await unlockedStorage(context, archive.origin);
  await runEach(context, [archive]);
}

async function edit(context: Context, [name = '']: string[], options: KeepOptions): Promise<void> {
  const { id } = await archiveOf(context, name);
  const times = options.byHand === true ? null : timesOf(options);
  await context.client.call('mirror.change', { mirror: id, ...changeOf(options) });
  if (times !== undefined) await context.client.call('upkeep.set', { storage: id, kind: 'mirror', times });
  const changed = await archiveOf(context, id);
  if (context.options.json) return context.printJson(changed);
  const place = context.say(changed.isElsewhere ? 'mirrorIsElsewhere' : 'mirrorIsHere');
  context.print(context.say('mirrorChanged', { name: changed.name, place, keep: retentionText(changed.retention) }));
}

async function remove(context: Context, [name = '']: string[]): Promise<void> {
  const archive = await archiveOf(context, name);
  await context.client.call('mirror.remove', { mirror: archive.id });
  context.print(context.say('archiveRemoved', { name: archive.name, origin: archive.originName }));
}
