import { Command } from 'commander';
import type { CallOutput } from '../../shared/contract/calls.ts';
import { actionFailures, actionMoments, webhookMethods } from '../../shared/domain/action.ts';
import type { JobId } from '../../shared/domain/ids.ts';
import { StrataError } from '../../shared/domain/strata-error.ts';
import type { Act } from '../act.ts';
import type { Context } from '../context.ts';
import { actionFrom, type ActionOptions, secretsFrom } from '../job-action-options.ts';
import { pick, pickJob } from '../naming.ts';
import { harmless, table } from '../output/table.ts';
import { keychainUsable } from '../unlocking.ts';

type Action = CallOutput<'action.list'>[number];

const withAction = (command: Command): Command =>
  command
    .option('--when <moment>', actionMoments.join(', '))
    .option('--on-failure <rule>', `${actionFailures.join(', ')}; stop is for before alone`)
    .option('--timeout <seconds>', 'it is ended after that, with all that it started; 60 without')
    .option('--folder <path>', 'of a command: where it runs; the home without')
    .option('--shell <line>', 'a line for the system’s shell; what follows -- are its $1, $2, …')
    .option('--url <address>', 'a request instead of a command')
    .option('--method <method>', webhookMethods.join(', '))
    .option('--header <header...>', '"Name: value"')
    .option('--secret-header <header...>', 'NAME=FILE; its value is kept in the keychain')
    .option('--body <text>', 'with {{job}}, {{status}}, {{items_new}}, … in it; all facts as JSON without')
    .option('--no-verify-tls', 'whoever answers')
    .option('--verify-tls')
    .option('--no-keychain', 'keep secrets in memory only');

/** What a person wants done before and after the runs of a job. */
export function jobActionCommands(act: Act): Command {
  const action = new Command('action').description('commands and requests before and after the runs of a job');
  withAction(
    action
      .command('add')
      .argument('<job>')
      .argument('<name>')
      .argument('[program...]', 'after --, word by word; no shell reads it'),
  ).action(act(add));
  withAction(action.command('edit').argument('<job>').argument('<name>').argument('[program...]'))
    .option('--new-name <name>')
    .option('--on')
    .option('--off')
    .action(act(edit));
  action.command('list').argument('<job>').action(act(list));
  action.command('remove').argument('<job>').argument('<name>').action(act(remove));
  action
    .command('test')
    .description('shows what would be run or sent, and does it')
    .argument('<job>')
    .argument('<name>')
    .option('--dry-run', 'shows it alone')
    .action(act(test));
  return action;
}

async function pickAction(context: Context, job: string, name: string): Promise<{ job: JobId; action: Action }> {
  const { id } = await pickJob(context, job);
  return { job: id, action: pick('action', name, await context.client.call('action.list', { job: id })) };
}

async function add(context: Context, [job = '', name = '', ...words]: string[], options: ActionOptions): Promise<void> {
  const { id } = await pickJob(context, job);
  await put(context, options, { job: id, id: null, name, words, before: undefined });
}

async function edit(context: Context, [jobName = '', name = '', ...words]: string[], options: ActionOptions): Promise<void> {
  const { job, action } = await pickAction(context, jobName, name);
  await put(context, options, { job, id: action.id, name: action.name, words, before: action });
}

interface Putting {
  readonly job: JobId;
  readonly id: Action['id'] | null;
  readonly name: string;
  readonly words: readonly string[];
  readonly before: Action | undefined;
}

async function put(context: Context, options: ActionOptions, { job, id, ...given }: Putting): Promise<void> {
  const definition = actionFrom(context, options, given);
  const secrets = secretsFrom(context, options);
  const hasSecrets = Object.keys(secrets).length > 0;
  const keepInKeychain = options.keychain && (!hasSecrets || (await keychainUsable(context)));
  if (hasSecrets && options.keychain && !keepInKeychain) context.tell(context.say('noKeychain'));
  const made = await context.client.call('action.put', { job, id, definition, secrets, keepInKeychain });
  if (context.options.json) return context.printJson({ id: made.id, ...definition });
  context.print(context.say('actionKept', { name: definition.name }));
}

async function list(context: Context, [job = '']: string[]): Promise<void> {
  const actions = await context.client.call('action.list', { job: (await pickJob(context, job)).id });
  if (context.options.json) return context.printJson(actions);
  const { say } = context;
  const titles = ['column.name', 'column.when', 'column.onFailure', 'column.does', 'column.state'] as const;
  const rows = actions.map(({ name, when, onFailure, deed, isOn }) => [
    name,
    when,
    onFailure,
    deed.kind === 'webhook' ? `${deed.method} ${deed.url}` : shownWords([deed.program, ...deed.arguments]),
    say(isOn ? 'switch.on' : 'switch.off'),
  ]);
  context.print(
    table(
      titles.map((title) => ({ title: say(title) })),
      rows,
    ),
  );
}

async function remove(context: Context, [jobName = '', name = '']: string[]): Promise<void> {
  const { job, action } = await pickAction(context, jobName, name);
  await context.client.call('action.remove', { job, id: action.id });
}

async function test(
  context: Context,
  [jobName = '', name = '']: string[],
  options: { readonly dryRun?: boolean },
): Promise<void> {
  const { job, action } = await pickAction(context, jobName, name);
  const { id, secretsInKeychain: _kept, missingSecrets: _missing, ...definition } = action;
  const preview = await context.client.call('action.preview', { job, definition });
  const result = options.dryRun === true ? null : await context.client.call('action.try', { job, id });
  if (context.options.json) context.printJson({ preview, result });
  else {
    printPreview(context, preview);
    if (result !== null) context.print(harmless(result.output.replace(/\n$/, '')));
    if (result?.failure === null)
      context.print(context.say('actionWorked', { name, took: context.formats.duration(result.tookMs) }));
  }
  if (result?.failure) throw new StrataError(result.failure.code, result.failure.retry, result.failure.facts);
}

function printPreview({ print, say }: Context, preview: CallOutput<'action.preview'>): void {
  if (preview.kind === 'command') {
    print(harmless(`${say('actionRuns')} ${shownWords(preview.words)}`));
    print(harmless(`${say('actionFolder')} ${preview.folder}`));
    for (const [name, value] of Object.entries(preview.environment)) print(harmless(`  ${name}=${value}`));
    return;
  }
  print(harmless(`${preview.method} ${preview.url}`));
  for (const { name, value } of preview.headers) print(harmless(`  ${name}: ${value ?? '•••'}`));
  if (!preview.verifiesTls) print(say('actionUnverified'));
  if (preview.body !== '') print(harmless(preview.body));
}

/** With quotes where a shell would need them, so that words can be told apart. */
const shownWords = (words: readonly string[]): string =>
  words.map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`)).join(' ');
