import type { Command } from 'commander';
import type { CallOutput } from '../../shared/contract/calls.ts';
import { removalReasons } from '../../shared/domain/retention.ts';
import { StrataError } from '../../shared/domain/strata-error.ts';
import { sayFailure } from '../../shared/words/say.ts';
import type { Act } from '../act.ts';
import { confirm } from '../confirming.ts';
import type { Context } from '../context.ts';
import { concludeRun, follow } from '../following.ts';
import { runJson } from '../output/json.ts';
import { planJson } from '../output/removal-json.ts';
import { harmless, table } from '../output/table.ts';
import { placeText } from '../places.ts';
import { unlockedStorage } from '../unlocking.ts';

type Plan = CallOutput<'storage.removalPlan'>;
type Run = CallOutput<'run.show'>;

interface PurgeOptions {
  readonly dryRun?: boolean;
  readonly olderThan?: string;
}

/** How much of a plan is shown. */
const shownRows = 40;

export function addRemovalCommands(storage: Command, act: Act): void {
  storage
    .command('purge')
    .argument('<name>')
    .option('--dry-run', 'show what would go, change nothing')
    .option('--older-than <days>', 'also what was deleted at its source so many days ago')
    .action(act(purge));
  storage.command('retention').argument('<name>').option('--dry-run').action(act(retention));
  storage.command('undo-retention').argument('<name>').argument('<run>').action(act(undo));
  storage.command('believe-clock').argument('<name>').description('the time is right').action(act(believeClock));
  storage.command('doubt-clock').argument('<name>').description('remove nothing until it is').action(act(doubtClock));
  storage.command('trash').argument('<name>').option('--return [batch]', 'bring it back, or all of it').action(act(trash));
}

async function purge(context: Context, [name = '']: string[], options: PurgeOptions): Promise<void> {
  const { id } = await unlockedStorage(context, name);
  const olderThanDays = wholeDays(options.olderThan);
  const plan = await context.client.call('storage.removalPlan', { storage: id, olderThanDays, limit: shownRows });
  if (plan.paused !== null) throw new StrataError(plan.paused.code, plan.paused.retry, plan.paused.facts);
  const dryRun = options.dryRun ?? false;
  if (!context.options.json) printPlan(context, plan);
  if (!dryRun) await confirm(context, context.say('askPurge'));
  const { run } = await context.client.call('storage.purge', {
    storage: id,
    olderThanDays,
    dryRun,
    token: dryRun ? null : plan.token,
  });
  const ended = await follow(context, run);
  if (context.options.json) context.printJson({ plan: planJson(plan), run: runJson(ended) });
  else printPurge(context, ended);
  concludeRun(context, ended);
}

function wholeDays(text: string | undefined): number | null {
  if (text === undefined) return null;
  if (!/^[0-9]{1,6}$/.test(text)) throw new StrataError('usage.invalid', 'never', { reason: `--older-than ${text}` });
  return Number(text);
}

export function printPlan(context: Context, plan: Plan): void {
  const { say, formats, print } = context;
  const { totals } = plan;
  print(
    say('planTotals', {
      versions: formats.count(totals.versions),
      items: formats.count(totals.items),
      moments: formats.count(totals.moments),
      bytes: formats.bytes(totals.bytes),
    }),
  );
  for (const reason of removalReasons) {
    if (plan.byReason[reason] > 0) print(`  ${formats.count(plan.byReason[reason])}  ${say(`reason.${reason}`)}`);
  }
  if (plan.rows.length > 0) print(planTable(context, plan));
  if (totals.versions > plan.rows.length) print(say('planMore', { count: formats.count(totals.versions - plan.rows.length) }));
  for (const frozen of plan.frozen) print(harmless(`! ${frozen.sourceName}: ${sayFailure(frozen.failure, context.language)}`));
  print(
    say('planTrash', {
      packs: formats.count(plan.trash.packs),
      bytes: formats.bytes(plan.trash.bytes),
      due: formats.bytes(plan.trash.dueBytes),
    }),
  );
}

const planTable = ({ say, formats }: Context, plan: Plan): string =>
  table(
    [
      { title: say('column.version'), right: true },
      { title: say('column.from') },
      { title: say('column.until') },
      { title: say('column.size'), right: true },
      { title: say('column.reason') },
      { title: say('column.place') },
    ],
    plan.rows.map((row) => [
      `${row.version}/${row.versions}`,
      formats.time(row.validFromMs),
      formats.time(row.validToMs),
      formats.bytes(row.sizeBytes),
      say(`reason.${row.reason}`),
      placeText([row.sourceName, row.folderPath, row.name].filter((part) => part !== '').join('/')),
    ]),
  );

function printPurge({ say, formats, print }: Context, { purge: report }: Run): void {
  if (report === null) return;
  const facts = {
    trashed: formats.bytes(report.trashedBytes),
    rewritten: formats.bytes(report.rewrittenBytes),
    freed: formats.bytes(report.deletedBytes),
    waiting: formats.bytes(report.waitingBytes),
  };
  print(say(report.dryRun ? 'wouldPurge' : 'purged', facts));
  for (const { name, versions, bytes } of report.spared?.sources ?? []) {
    print(harmless(`! ${say('spared', { source: name, versions: formats.count(versions), bytes: formats.bytes(bytes) })}`));
  }
  if ((report.spared?.trashPacks ?? 0) > 0)
    print(`! ${say('sparedTrash', { bytes: formats.bytes(report.spared?.trashBytes ?? 0) })}`);
}

async function retention(context: Context, [name = '']: string[], options: { dryRun?: boolean }): Promise<void> {
  const { id } = await unlockedStorage(context, name);
  const plan = await context.client.call('storage.removalPlan', { storage: id, olderThanDays: null, limit: shownRows });
  if (plan.paused !== null) throw new StrataError(plan.paused.code, plan.paused.retry, plan.paused.facts);
  if (!context.options.json) printPlan(context, plan);
  if (options.dryRun) {
    if (context.options.json) context.printJson({ plan: planJson(plan) });
    return;
  }
  if (plan.needsConfirmation !== null) await confirm(context, context.say('askPurge'));
  const { run } = await context.client.call('storage.applyRetention', { storage: id, token: plan.token });
  const ended = await follow(context, run);
  if (context.options.json) context.printJson({ plan: planJson(plan), run: runJson(ended) });
  concludeRun(context, ended);
}

async function undo(context: Context, [name = '', text = '']: string[]): Promise<void> {
  const { id } = await unlockedStorage(context, name);
  const runs = await context.client.call('run.list', { job: null, storage: id, kind: null, limit: 1000 });
  const run = runs.find((one) => one.id.startsWith(text));
  if (run === undefined) throw new StrataError('name.unknown', 'never', { kind: 'run', name: text });
  const undone = await context.client.call('storage.undoRetention', { storage: id, run: run.id });
  if (context.options.json) return context.printJson(undone);
  context.print(context.say('retentionUndone', undone));
}

/** After a removal was refused because of the time. */
async function believeClock(context: Context, [name = '']: string[]): Promise<void> {
  const { id } = await unlockedStorage(context, name);
  await context.client.call('storage.believeClock', { storage: id });
}

async function doubtClock(context: Context, [name = '']: string[]): Promise<void> {
  const { id } = await unlockedStorage(context, name);
  await context.client.call('storage.doubtClock', { storage: id });
}

async function trash(context: Context, [name = '']: string[], options: { return?: string | true }): Promise<void> {
  const { id } = await unlockedStorage(context, name);
  const { say, formats } = context;
  if (options.return !== undefined) {
    const batch = options.return === true ? null : options.return;
    const returned = await context.client.call('storage.returnFromTrash', { storage: id, batch });
    if (context.options.json) return context.printJson(returned);
    return context.print(say('trashReturned', { packs: formats.count(returned.packs), bytes: formats.bytes(returned.bytes) }));
  }
  const lying = await context.client.call('storage.trash', { storage: id });
  if (context.options.json) {
    const iso = (timeMs: number): string => new Date(timeMs).toISOString();
    const batches = lying.batches.map(({ atMs, dueAtMs, ...batch }) => ({ ...batch, at: iso(atMs), dueAt: iso(dueAtMs) }));
    return context.printJson({ ...lying, batches });
  }
  context.print(
    table(
      [
        { title: say('column.batch') },
        { title: say('column.date') },
        { title: say('column.size'), right: true },
        { title: say('column.due') },
      ],
      lying.batches.map(({ batch, atMs, bytes, dueAtMs }) => [
        batch,
        formats.time(atMs),
        formats.bytes(bytes),
        formats.time(dueAtMs),
      ]),
    ),
  );
}
