import { Command } from 'commander';
import type { CallInput } from '../../shared/contract/calls.ts';
import type { StorageId } from '../../shared/domain/ids.ts';
import { StrataError } from '../../shared/domain/strata-error.ts';
import { sayFailure } from '../../shared/words/say.ts';
import type { Act } from '../act.ts';
import type { Context } from '../context.ts';
import { freezeJson, momentJson } from '../output/removal-json.ts';
import { harmless, table } from '../output/table.ts';
import { placeOf, placeText } from '../places.ts';
import { unlockedStorage } from '../unlocking.ts';

type Scope = CallInput<'hold.add'>['scope'];
interface HoldOptions {
  readonly source?: string;
  readonly folder?: string;
  readonly item?: string;
  readonly version?: string;
  readonly reason?: string;
}

/** What must stay: exceptions that people set, and answers to what guards ask. */
export function holdCommands(act: Act): Command {
  const hold = new Command('hold').description('what must never be removed');
  hold
    .command('add')
    .argument('<storage>')
    .option('--source <name>')
    .option('--folder <place>', 'SOURCE/FOLDER, with all below it')
    .option('--item <item>')
    .option('--version <number>', 'of the item')
    .option('--reason <text>')
    .action(act(add));
  hold.command('list').argument('<storage>').action(act(list));
  hold.command('remove').argument('<storage>').argument('<id>').action(act(remove));
  return hold;
}

export function addKeepingCommands(storage: Command, act: Act): void {
  storage.command('moments').argument('<name>').action(act(moments));
  storage.command('forget').argument('<name>').argument('<runs...>').action(act(forget));
  storage.command('remember').argument('<name>').argument('<runs...>').action(act(remember));
  storage.command('freezes').argument('<name>').action(act(freezes));
  storage.command('answer').argument('<name>').argument('<id>').argument('<answer>', 'mine, empty, or keep').action(act(answer));
}

async function add(context: Context, [name = '']: string[], options: HoldOptions): Promise<void> {
  const { id: storage } = await unlockedStorage(context, name);
  const scope = await scopeOf(context, storage, options);
  const { id } = await context.client.call('hold.add', { storage, scope, reason: options.reason ?? '' });
  if (context.options.json) return context.printJson({ id, scope, reason: options.reason ?? '' });
  context.print(context.say('held', { id }));
}

async function scopeOf(context: Context, storage: StorageId, options: HoldOptions): Promise<Scope> {
  const { source, folder, item, version } = options;
  const given = [source, folder, item].filter((option) => option !== undefined);
  if (given.length !== 1) throw new StrataError('usage.invalid', 'never', { reason: context.say('holdWhat') });
  if (item !== undefined) {
    const found = await context.client.call('browse.resolve', { storage, text: item, at: null });
    return version === undefined
      ? { what: 'item', item: found.item }
      : { what: 'version', item: found.item, version: Number(version) };
  }
  const tree = await context.client.call('browse.tree', { storage, at: null });
  if (source !== undefined) {
    const wanted = source.toLowerCase();
    const root = tree.find((one) => one.parent === null && (one.sourceName.toLowerCase() === wanted || one.source === source));
    if (root === undefined) throw new StrataError('name.unknown', 'never', { kind: 'source', name: source });
    return { what: 'source', source: root.source };
  }
  const place = placeText(folder ?? '');
  const found = tree.find((one) => placeOf(one) === place);
  if (found === undefined) throw new StrataError('name.unknown', 'never', { kind: 'folder', name: place });
  return { what: 'folder', item: found.item };
}

async function list(context: Context, [name = '']: string[]): Promise<void> {
  const { id: storage } = await unlockedStorage(context, name);
  const holds = await context.client.call('hold.list', { storage });
  if (context.options.json)
    return context.printJson(holds.map(({ atMs, ...hold }) => ({ ...hold, at: new Date(atMs).toISOString() })));
  const { say, formats } = context;
  context.print(
    table(
      [
        { title: say('column.hold') },
        { title: say('column.date') },
        { title: say('column.place') },
        { title: say('column.reason') },
      ],
      holds.map(({ id, atMs, place, reason }) => [id, formats.time(atMs), place, reason]),
    ),
  );
}

async function remove(context: Context, [name = '', text = '']: string[]): Promise<void> {
  const { id: storage } = await unlockedStorage(context, name);
  const id = only('hold', text, await context.client.call('hold.list', { storage }));
  await context.client.call('hold.remove', { storage, id });
}

/** An id, or an unambiguous beginning of one. */
function only<Id extends string>(kind: string, text: string, things: readonly { readonly id: Id }[]): Id {
  const found = things.filter(({ id }) => id.startsWith(text.toLowerCase()));
  if (found.length > 1) throw new StrataError('name.ambiguous', 'never', { kind, name: text });
  const [one] = found;
  if (one === undefined) throw new StrataError('name.unknown', 'never', { kind, name: text });
  return one.id;
}

async function moments(context: Context, [name = '']: string[]): Promise<void> {
  const { id: storage } = await unlockedStorage(context, name);
  const rows = await context.client.call('moment.list', { storage, limit: 10_000 });
  if (context.options.json) return context.printJson(rows.map(momentJson));
  const { say, formats } = context;
  context.print(
    table(
      [
        { title: say('column.moment') },
        { title: say('column.job') },
        { title: say('column.keptBy') },
        { title: say('column.run') },
      ],
      rows.map(({ atMs, jobName, keptBy, run }) => [
        formats.time(atMs),
        jobName,
        keptBy.length === 0 ? say('keptBy.nothing') : keptBy.map((rule) => say(`keptBy.${rule}`)).join(', '),
        run,
      ]),
    ),
  );
}

async function forget(context: Context, [name = '', ...texts]: string[]): Promise<void> {
  const { id: storage } = await unlockedStorage(context, name);
  const all = (await context.client.call('moment.list', { storage, limit: 10_000 })).map(({ run }) => ({ id: run }));
  const answer = await context.client.call('moment.forget', { storage, runs: texts.map((text) => only('run', text, all)) });
  if (context.options.json) return context.printJson(answer);
  context.print(context.say('momentsForgotten', answer));
}

async function remember(context: Context, [name = '', ...texts]: string[]): Promise<void> {
  const { id: storage } = await unlockedStorage(context, name);
  const all = await context.client.call('run.list', { job: null, storage, kind: 'backup', limit: 1000 });
  const answer = await context.client.call('moment.remember', { storage, runs: texts.map((text) => only('run', text, all)) });
  if (context.options.json) return context.printJson(answer);
  context.print(context.say('momentsRemembered', answer));
}

async function freezes(context: Context, [name = '']: string[]): Promise<void> {
  const { id: storage } = await unlockedStorage(context, name);
  const rows = await context.client.call('freeze.list', { storage });
  if (context.options.json) return context.printJson(rows.map(freezeJson));
  for (const { id, sourceName, failure, atMs } of rows) {
    context.print(harmless(`${id}  ${context.formats.time(atMs)}  ${sourceName}: ${sayFailure(failure, context.language)}`));
  }
}

async function answer(context: Context, [name = '', text = '', word = '']: string[]): Promise<void> {
  const { id: storage } = await unlockedStorage(context, name);
  const meant = (['mine', 'empty', 'keep'] as const).find((one) => one === word);
  if (meant === undefined) throw new StrataError('usage.invalid', 'never', { reason: context.say('answers') });
  const id = only('freeze', text, await context.client.call('freeze.list', { storage }));
  await context.client.call('freeze.answer', { storage, id, answer: meant });
}
