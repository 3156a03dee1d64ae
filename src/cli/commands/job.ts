import { Command } from 'commander';
import type { CallInput, CallOutput } from '../../shared/contract/calls.ts';
import { type Switch, switches } from '../../shared/domain/capture.ts';
import { type Choice, choiceOf } from '../../shared/domain/choice.ts';
import { StrataError } from '../../shared/domain/strata-error.ts';
import { sayChoice } from '../../shared/words/choice.ts';
import type { Context } from '../context.ts';
import { type ChoiceOptions, type ChosenSources, choicesFrom, withChoice } from '../choosing.ts';
import { confirm } from '../confirming.ts';
import { changesByEdit } from '../job-edit.ts';
import { routesFrom, setRoutes } from '../job-alerts.ts';
import { marksFrom, type MarkOptions, priorityOfJob, withMarks } from '../job-marks.ts';
import { pickJob, pickSource, pickStorage } from '../naming.ts';
import { harmless, table } from '../output/table.ts';
import type { Act } from '../act.ts';
import { parseRetention, retentionText } from '../retention-rules.ts';
import { scheduleFrom, type ScheduleOptions, scheduleText, timingFrom, windowsText, withSchedule } from '../scheduling.ts';
import { captureText } from './capture.ts';
import { jobActionCommands } from './job-action.ts';
import { checkJob } from './job-check.ts';
import { addOrderCommands } from './job-order.ts';
import { answerMissed, dueText, showNext } from './job-next.ts';
import { runCommand } from './job-run.ts';
import { showPreview } from './job-preview.ts';

interface JobOptions extends ChoiceOptions, ScheduleOptions, MarkOptions {
  readonly priority?: string;
  readonly source?: string[];
  readonly storage?: string;
  readonly alsoTo?: string[];
  readonly name?: string;
  readonly keep?: string;
  readonly zone?: string;
  readonly notify?: string[];
  readonly dryRun?: boolean;
  readonly scan?: string;
  readonly capture?: string;
}

const withDefinition = (command: Command): Command =>
  withMarks(withSchedule(withChoice(command)))
    .option('--source <name...>')
    .option('--storage <name>')
    .option('--also-to <name...>', 'further storages that each run serves behind it, or none')
    .option('--scan <state>', 'cycles by the schedule: on, paused or off')
    .option('--capture <state>', 'changes as they happen, while the app is open: on, paused or off')
    .option('--keep <rules>', '"last=10 daily=7 within=30d deleted=30d gone=1y max-age=1y max-versions=50", or none')
    .option('--zone <zone>', 'whose calendar counts: Europe/Vienna')
    .option('--notify <channel:events...>', 'who is told what of it: Phone:failure,guard; see strata alert channel');

export function jobCommands(act: Act): Command {
  const job = new Command('job').description('sources, a storage, and when');
  withDefinition(job.command('create').argument('<name>')).action(act(create));
  withDefinition(job.command('edit').argument('<name>').option('--name <name>'))
    .option('--dry-run', 'says what would change, and changes nothing')
    .action(act(edit));
  job
    .command('run')
    .argument('<name>')
    .option('--wait', 'wait for the end (a command line without the app always does)')
    .option('--source <name...>', 'these of its sources alone')
    .option('--storage <name...>', 'into these of its storages alone')
    .option('--read-again', 'reads what seems unchanged as well, and holds it against what is stored')
    .action(act(runCommand));
  job
    .command('check')
    .description('whether it could run now, and what stands in its way; nothing is changed')
    .argument('<name>')
    .action(act(checkJob));
  job.command('stop').argument('<name>').action(act(stop));
  for (const [command, description, to, from] of switchCommands) {
    job
      .command(command)
      .description(description)
      .argument('<name>')
      .option('--scan', 'that alone')
      .option('--capture', 'that alone')
      .action(
        act((context, [name = ''], only: { scan?: boolean; capture?: boolean }) => setWays(context, name, only, { to, from })),
      );
  }
  addOrderCommands(job, act);
  job.command('remove').argument('<name>').action(act(remove));
  withChoice(job.command('preview').description('counts what would be taken, and what not and why; nothing is saved'))
    .argument('[name]', 'with the options given to try; without it, a job of these sources')
    .option('--source <name...>')
    .action(act(preview));
  job
    .command('next')
    .description('when it runs next by itself')
    .argument('<name>')
    .option('--count <number>', 'so many runs', '5')
    .action(act(showNext));
  job
    .command('answer')
    .description('a missed run that waits for it')
    .argument('<name>')
    .argument('<run or skip>')
    .action(act(answerMissed));
  job.addCommand(jobActionCommands(act));
  job.command('list').action(act(list));
  job.command('show').argument('<name>').action(act(show));
  return job;
}

const switchCommands = [
  ['pause', 'neither scans nor captures for a while', 'paused', 'on'],
  ['resume', 'scans and captures again, as far as it was paused', 'on', 'paused'],
  ['disable', 'runs only when it is asked to', 'off', null],
  ['enable', 'scans and captures', 'on', null],
] as const;

type Definition = CallInput<'job.create'>;

async function create(context: Context, [name = '']: string[], options: JobOptions): Promise<void> {
  if (options.source === undefined) throw missing(context, '--source');
  if (options.storage === undefined) throw missing(context, '--storage');
  const storage = await pickStorage(context, options.storage);
  const sources = await Promise.all(options.source.map(async (source) => pickSource(context, source)));
  const { newJobs } = await context.client.call('app.preferences', {});
  const definition: Definition = {
    name,
    sources: sources.map(({ id }) => id),
    storage: storage.id,
    ...alsoToFrom(options, await furtherStorages(context, options)),
    schedule: scheduleFrom(options) ?? { mode: 'manual' },
    timing: timingFrom(options, newJobs.timing),
    ...watchingFrom(context, options),
    ...(await choosingFrom(context, options, sources, [])),
    ...keepingFrom(options),
    ...marksFrom(context, options),
  };
  const routes = await routesFrom(context, options.notify);
  const { id } = await context.client.call('job.create', definition);
  await setRoutes(context, id, routes);
  if (context.options.json) return context.printJson({ id, ...definition });
  context.print(context.say('jobCreated', { name }));
}

async function edit(context: Context, [name = '']: string[], options: JobOptions): Promise<void> {
  const job = await pickJob(context, name);
  const sources = await Promise.all((options.source ?? job.sources).map(async (source) => pickSource(context, source)));
  const storage = options.storage === undefined ? undefined : await pickStorage(context, options.storage);
  const further = await furtherStorages(context, options);
  const routes = await routesFrom(context, options.notify);
  const change: CallInput<'job.edit'> = {
    id: job.id,
    name: options.name ?? job.name,
    sources: sources.map(({ id }) => id),
    storage: storage?.id ?? job.storage,
    ...alsoToFrom(options, further),
    schedule: scheduleFrom(options, job.schedule) ?? job.schedule,
    timing: timingFrom(options, job.timing),
    ...watchingFrom(context, options),
    ...(await choosingFrom(context, options, sources, job.choices)),
    ...keepingFrom(options),
    ...marksFrom(context, options),
  };
  const storageName = storage?.name ?? job.storageName;
  const furtherNames = (options.alsoTo === undefined ? job.furtherStorages : further).map((one) => one.name);
  const lines = changesByEdit(context, job, change, { sources, storageName, furtherNames });
  if (options.dryRun === true) {
    if (context.options.json) return context.printJson(lines);
    const said = lines.length === 0 ? [context.say('nothingChanges')] : lines.map(({ text }) => harmless(text));
    return context.print(said.join('\n'));
  }
  for (const { text } of lines.filter(({ isLoss }) => isLoss)) context.tell(harmless(text));
  if (change.storage !== job.storage)
    await confirm(context, context.say('askStorage', { name: job.name, before: job.storageName, after: storageName }));
  await context.client.call('job.edit', change);
  await setRoutes(context, job.id, routes);
}

/** As the job chooses, or as it would with these options. */
async function preview(context: Context, [name]: string[], options: JobOptions): Promise<void> {
  const job = name === undefined ? null : await pickJob(context, name);
  const named = options.source ?? job?.sources;
  if (named === undefined) throw missing(context, '--source');
  const sources = await Promise.all(named.map(async (source) => pickSource(context, source)));
  const before = job?.choices ?? [];
  const { choices = before } = await choosingFrom(context, options, sources, before);
  const ids = sources.map(({ id }) => id);
  await showPreview(context, job?.name ?? null, ids, choices);
}

async function choosingFrom(
  context: Context,
  all: JobOptions,
  sources: CallOutput<'source.list'>,
  before: ChosenSources,
): Promise<Pick<Definition, 'choices'>> {
  const { priority, ...others } = all;
  // A job's own priority is said with the same option.
  const options = priority === undefined || priorityOfJob(all) !== undefined ? others : all;
  const named = options.for === undefined ? undefined : await Promise.all(options.for.map((name) => pickSource(context, name)));
  const stranger = named?.find(({ id }) => !sources.some((source) => source.id === id));
  if (stranger !== undefined) throw new StrataError('name.unknown', 'never', { kind: 'source', name: stranger.name });
  const choices = choicesFrom(options, {
    sources: sources.map(({ id, settings }) => ({ id, kind: settings.kind })),
    only: named?.map(({ id }) => id),
    before,
    nowMs: Date.now(),
  });
  return choices === undefined ? {} : { choices };
}

/** `none`: no further ones any more. */
const furtherStorages = (context: Context, { alsoTo = [] }: JobOptions) =>
  Promise.all((alsoTo.join() === 'none' ? [] : alsoTo).map(async (name) => pickStorage(context, name)));

const alsoToFrom = ({ alsoTo }: JobOptions, storages: Awaited<ReturnType<typeof furtherStorages>>): Pick<Definition, 'alsoTo'> =>
  alsoTo === undefined ? {} : { alsoTo: storages.map(({ id }) => id) };

const keepingFrom = ({ keep, zone }: JobOptions): Pick<Definition, 'retention' | 'zone'> => ({
  ...(keep === undefined ? {} : { retention: parseRetention(keep) }),
  ...(zone === undefined ? {} : { zone }),
});

const watchingFrom = (context: Context, { scan, capture }: JobOptions): Pick<Definition, 'scan' | 'capture'> => ({
  ...(scan === undefined ? {} : { scan: switchFrom(context, scan) }),
  ...(capture === undefined ? {} : { capture: switchFrom(context, capture) }),
});

function switchFrom(context: Context, text: string): Switch {
  const state = switches.find((one) => one === text);
  if (state === undefined)
    throw new StrataError('usage.invalid', 'never', { reason: context.say('unknownSwitch', { state: text }) });
  return state;
}

const missing = (context: Context, option: string): StrataError =>
  new StrataError('usage.invalid', 'never', { reason: context.say('optionMissing', { option, kind: 'job' }) });

async function stop(context: Context, [name = '']: string[]): Promise<void> {
  const job = await pickJob(context, name);
  if (job.running === null) throw new StrataError('run.not-running', 'never');
  await context.client.call('run.stop', { id: job.running, how: 'after-item' });
}

/** Both ways of noticing changes, or the one that is named; only what is in the state that the command is for. */
async function setWays(
  context: Context,
  name: string,
  { scan, capture }: { readonly scan?: boolean; readonly capture?: boolean },
  { to, from }: { readonly to: Switch; readonly from: Switch | null },
): Promise<void> {
  const job = await pickJob(context, name);
  const both = scan !== true && capture !== true;
  const applies = (asked: boolean | undefined, now: Switch): boolean =>
    (both || asked === true) && (from === null || now === from);
  await context.client.call('job.switch', {
    id: job.id,
    ...(applies(scan, job.scan) ? { scan: to } : {}),
    ...(applies(capture, job.capture) ? { capture: to } : {}),
  });
}

async function remove(context: Context, [name = '']: string[]): Promise<void> {
  const job = await pickJob(context, name);
  await context.client.call('job.remove', { id: job.id });
}

async function list(context: Context): Promise<void> {
  const jobs = await context.client.call('job.list', {});
  if (context.options.json) return context.printJson(jobs);
  const { say, formats } = context;
  context.print(
    table(
      [
        { title: say('column.name') },
        { title: say('column.group') },
        { title: say('column.mode') },
        { title: say('column.sources') },
        { title: say('column.storage') },
        { title: say('column.lastRun') },
        { title: say('column.status') },
      ],
      jobs.map((job) => [
        job.name,
        job.group ?? '–',
        job.schedule.mode,
        job.sourceNames.map((source) => source.name).join(', '),
        job.storageName,
        formats.time(job.lastRun?.startedAtMs ?? null),
        job.lastRun === null ? '–' : say(`status.${job.lastRun.status}`),
      ]),
    ),
  );
}

async function show(context: Context, [name = '']: string[]): Promise<void> {
  const job = await pickJob(context, name);
  if (context.options.json) return context.printJson(job);
  const { say, formats } = context;
  const rows = [
    [say('column.name'), job.name],
    [say('column.mode'), scheduleText(job.schedule)],
    [say('column.windows'), windowsText(job.timing.windows)],
    [say('column.sources'), job.sourceNames.map((source) => source.name).join(', ')],
    [say('column.storage'), job.storageName],
    ...job.furtherStorages.map((one) => [say('column.alsoTo'), `${one.name} (${formats.time(one.protectedUntilMs)})`]),
    [say('column.scan'), say(`switch.${job.scan}`)],
    [say('column.capture'), captureText(context, job)],
    [say('column.lastRun'), formats.time(job.lastRun?.startedAtMs ?? null)],
    [say('column.nextRun'), dueText(context, job)],
    [say('column.protectedUntil'), formats.time(job.protectedUntilMs)],
    [say('column.group'), job.group ?? '–'],
    [say('column.priority'), say(`priority.${job.priority}`)],
    [say('column.keeps'), `${retentionText(job.retention)} (${job.zone})`],
    ...job.sourceNames.map(({ id, name: source }) => [
      say('takesOf', { source }),
      choiceText(context, choiceOf(job.choices, id)),
    ]),
  ];
  context.print(rows.map(([label = '', value = '']) => harmless(`${label.padEnd(22)}${value}`)).join('\n'));
}

const choiceText = ({ language, formats }: Context, choice: Choice): string => sayChoice(choice, language, formats).join(' ');
