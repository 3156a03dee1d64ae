import { Command } from 'commander';
import { preferences } from '../../shared/contract/app.ts';
import { StrataError } from '../../shared/domain/strata-error.ts';
import type { Context } from '../context.ts';
import type { Act } from '../act.ts';
import { addNewJobsCommand } from './new-jobs.ts';

export function configCommands(act: Act): Command {
  const config = new Command('config').description('preferences of this profile');
  config.command('list').action(act(list));
  config.command('get').argument('<key>').action(act(get));
  config.command('set').argument('<key>').argument('<value>').action(act(set));
  addNewJobsCommand(config, act);
  return config;
}

async function list(context: Context): Promise<void> {
  const values = await context.client.call('app.preferences', {});
  if (context.options.json) return context.printJson(values);
  for (const [key, value] of Object.entries(values)) context.print(`${key} ${text(value)}`);
}

async function get(context: Context, [key = '']: string[]): Promise<void> {
  const values: Record<string, unknown> = await context.client.call('app.preferences', {});
  if (!(key in values)) throw new StrataError('name.unknown', 'never', { kind: 'preference', name: key });
  context.print(text(values[key]));
}

const text = (value: unknown): string =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? JSON.stringify(value) : String(value);

/** What a shell cannot say otherwise. */
const values: Readonly<Record<string, boolean | null>> = { true: true, false: false, default: null };

async function set(context: Context, [key = '', text = '']: string[]): Promise<void> {
  const value = Object.hasOwn(values, text) ? values[text] : /^\d+$/.test(text) ? Number(text) : text;
  const change = preferences
    .partial()
    .strict()
    .safeParse({ [key]: value });
  if (!change.success)
    throw new StrataError('usage.invalid', 'never', { reason: context.say('badPreference', { key, value: text }) });
  await context.client.call('app.setPreferences', change.data);
}
