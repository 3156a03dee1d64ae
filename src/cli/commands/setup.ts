import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { Command } from 'commander';
import type { CallOutput } from '../../shared/contract/calls.ts';
import { StrataError } from '../../shared/domain/strata-error.ts';
import type { Act } from '../act.ts';
import { confirm } from '../confirming.ts';
import type { Context } from '../context.ts';
import { harmless } from '../output/table.ts';
import { askSecret, secretAt } from '../secrets.ts';
import { readSetup } from '../setup-file.ts';
import { shallKeep } from '../storage-making.ts';

type Steps = CallOutput<'setup.plan'>['steps'];
type Step = Steps[number];

/** One file for all that is set up, without secrets: docs/format/setup.md. */
export function setupCommands(act: Act): Command {
  const setup = new Command('setup').description('all that is set up, as one file without secrets');
  setup.command('export').argument('<file>', 'or - for standard output').action(act(exportTo));
  setup
    .command('apply')
    .description('makes what is in the file and changes what differs; removes nothing')
    .argument('<file>')
    .option('--dry-run', 'says what would be done, and does nothing')
    .option(
      '--recovery-keys <folder>',
      'where the recovery key of each storage that is made is written; without it they are shown',
    )
    .option('--no-keychain', 'keeps no secret on this computer')
    .action(act(apply));
  return setup;
}

async function exportTo(context: Context, [file = '']: string[]): Promise<void> {
  const { text } = await context.client.call('setup.export', {});
  if (file === '-') return context.print(text.trimEnd());
  try {
    writeFileSync(file, text, { mode: 0o600, flag: 'wx' });
  } catch (cause) {
    throw new StrataError('path.denied', 'after-user-action', { path: file }, { cause });
  }
}

interface ApplyOptions {
  readonly dryRun?: boolean;
  readonly recoveryKeys?: string;
  readonly keychain?: boolean;
}

async function apply(context: Context, [file = '']: string[], options: ApplyOptions): Promise<void> {
  const text = readSetup(file);
  const { steps } = await context.client.call('setup.plan', { text });
  if (options.dryRun === true && context.options.json) return context.printJson(steps);
  const show = options.dryRun === true ? context.print : context.tell;
  for (const line of steps.flatMap((step) => linesOf(context, step))) show(harmless(line));
  if (options.dryRun === true) return;
  if (steps.some(({ action }) => action === 'change')) await confirm(context, context.say('askSetup'));
  const secrets = await secretsFor(context, steps);
  const keepInKeychain = secrets.length > 0 && (await shallKeep(context, options.keychain !== false));
  const applied = await context.client.call('setup.apply', { text, secrets, keepInKeychain });
  for (const { name, recoveryKey } of applied.made) {
    if (options.recoveryKeys === undefined) {
      context.print(`${name}: ${context.say('recoveryKeyIs')}\n\n${recoveryKey}\n`);
      continue;
    }
    const target = path.join(options.recoveryKeys, `${name.replaceAll(/[^\p{L}\p{N} ._-]/gu, '_')}.txt`);
    writeFileSync(target, `${recoveryKey}\n`, { mode: 0o600, flag: 'wx' });
    context.tell(context.say('recoveryKeyWritten', { file: target }));
  }
  if (context.options.json) context.printJson(applied.steps);
}

function linesOf({ say }: Context, { kind, name, action, changes }: Step): string[] {
  const head = say('setupStep', { action: say(`setupAction.${action}`), kind: say(`setupKind.${kind}`), name });
  if (action !== 'change') return [head];
  const value = (text: string | null): string => text ?? '–';
  return [head, ...changes.map(({ member, before, after }) => `  ${member}: ${value(before)} → ${value(after)}`)];
}

/** From where the file says they lie; else asked for, where somebody can answer. What a source can do without for now is left out. */
async function secretsFor(context: Context, steps: Steps) {
  const secrets: { kind: Step['kind']; name: string; secret: string }[] = [];
  for (const { kind, name, action, secret } of steps) {
    if (secret === null || action === 'same') continue;
    const ask = (): Promise<string | undefined> => askSecret(`${context.say('askSecretOf', { name: harmless(name) })} `);
    const found = secret.reference === null ? (kind === 'storage' ? await ask() : undefined) : secretAt(secret.reference);
    if (found === undefined && kind === 'storage')
      throw new StrataError('setup.needs-secret', 'after-user-action', { kind, name });
    if (found !== undefined) secrets.push({ kind, name, secret: found });
  }
  return secrets;
}
