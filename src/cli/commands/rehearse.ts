import { writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import type { CallOutput } from '../../shared/contract/calls.ts';
import { usualRehearsalItems } from '../../shared/domain/rehearsal.ts';
import { StrataError } from '../../shared/domain/strata-error.ts';
import { certificateText } from '../../shared/words/rehearsal.ts';
import type { Act } from '../act.ts';
import type { Context } from '../context.ts';
import { concludeRun, follow } from '../following.ts';
import { pick } from '../naming.ts';
import { rehearsalJson, runJson } from '../output/json.ts';
import { table } from '../output/table.ts';
import { unlockedStorage } from '../unlocking.ts';

type Storage = CallOutput<'storage.show'>;
type Run = CallOutput<'run.show'>;

interface Options {
  readonly source?: string;
  readonly items: string;
  readonly seed?: string;
  readonly certificate?: string;
}

export function addRehearseCommand(program: Command, act: Act): void {
  program
    .command('rehearse')
    .description('trial restore: restores a little of everything, reads it back, compares it, and removes it')
    .argument('<storage>')
    .option('--source <name>', 'of this source only')
    .option('--items <number>', 'at most so many of each source', String(usualRehearsalItems))
    .option('--seed <number>', 'draws the same again as an earlier one')
    .option('--certificate <file>', 'writes down what the last one proved, as JSON where the name ends in .json; begins none')
    .action(act(rehearse));
}

async function rehearse(context: Context, [name = '']: string[], options: Options): Promise<void> {
  const storage = await unlockedStorage(context, name);
  if (options.certificate !== undefined) return certify(context, storage, options.certificate);
  const wish = {
    items: numberFrom(options.items, '--items'),
    seed: options.seed === undefined ? null : numberFrom(options.seed, '--seed'),
  };
  const source = options.source === undefined ? null : await sourceIn(context, storage, options.source);
  const { run } = await context.client.call('storage.rehearse', { id: storage.id, source, ...wish });
  const ended = await follow(context, run);
  if (context.options.json) context.printJson(runJson(ended));
  else if (ended.rehearsal) printReport(context, ended.rehearsal);
  concludeRun(context, ended);
}

function numberFrom(text: string, option: string): number {
  if (/^[0-9]{1,10}$/.test(text)) return Number(text);
  throw new StrataError('usage.invalid', 'never', { reason: `${option} ${text}` });
}

/** Also one that is no longer set up here, or never was. */
async function sourceIn({ client }: Context, { id }: Storage, name: string): Promise<string> {
  const { sources } = await client.call('storage.sizes', { storage: id });
  return pick(
    'source',
    name,
    sources.map((one) => ({ id: one.source, name: one.name })),
  ).id;
}

function printReport({ say, formats, print }: Context, { sources, seed }: NonNullable<Run['rehearsal']>): void {
  const columns = [
    'column.source',
    'column.restorable',
    'column.items',
    'column.size',
    'column.unequal',
    'column.seconds',
  ] as const;
  print(
    table(
      columns.map((title, index) => ({ title: say(title), right: index > 1 })),
      sources.map(({ name, outcome, items, bytes, unequal, milliseconds }) => [
        name,
        say(`rehearsal.${outcome}`),
        formats.count(items),
        formats.bytes(bytes),
        formats.count(unequal),
        (milliseconds / 1000).toFixed(1),
      ]),
    ),
  );
  print(say('rehearsalSeed', { seed }));
}

/** What was proven of each source, in sentences. */
export function rehearsalLines({ say, formats }: Context, rehearsed: Storage['rehearsed']): string[] {
  return rehearsed.map(({ name, outcome, atMs, items, unequal }) =>
    say(outcome === 'unequal' ? 'notProven' : 'proven', {
      name,
      time: formats.time(atMs),
      items: formats.count(items),
      unequal: formats.count(unequal),
    }),
  );
}

async function certify(context: Context, storage: Storage, file: string): Promise<void> {
  const runs = await context.client.call('run.list', { job: null, storage: storage.id, kind: 'rehearsal', limit: 1000 });
  const last = runs.find(({ rehearsal }) => rehearsal !== null && rehearsal !== undefined);
  if (last === undefined) throw new StrataError('rehearsal.none-yet', 'after-user-action', { storage: storage.name });
  const run = await context.client.call('run.show', { id: last.id });
  const { version } = await context.client.call('app.info', {});
  const text = file.endsWith('.json')
    ? `${JSON.stringify({ ...runJson(run), path: storage.path, version }, null, 2)}\n`
    : certificateText({ run, path: storage.path, version }, context.language);
  writeFileSync(file, text, { mode: 0o600 });
  if (context.options.json)
    context.printJson({ run: run.id, file, rehearsal: run.rehearsal ? rehearsalJson(run.rehearsal) : null });
  else context.print(context.say('certificateWritten', { file }));
}
