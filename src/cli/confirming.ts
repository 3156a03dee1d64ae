import { createInterface } from 'node:readline/promises';
import { StrataError } from '../shared/domain/strata-error.ts';
import type { Context } from './context.ts';
import { harmless } from './output/table.ts';

/** For what is much: `--yes`, or the name, typed by the person at the terminal. */
export async function confirmName(context: Context, name: string): Promise<void> {
  if (context.options.yes === true) return;
  if (canAsk() && (await askForName(context, name)) === name) return;
  throw new StrataError('confirmation.needed', 'after-user-action');
}

export const canAsk = (): boolean => process.stdin.isTTY && process.stderr.isTTY;

/** What was typed. */
export const askForName = async (context: Context, name: string): Promise<string> =>
  (await ask(`${context.say('askName', { name: harmless(name) })} `)).trim();

/** `--yes`, or the person at the terminal. Where nobody could answer it is refused. */
export async function confirm(context: Context, question: string): Promise<void> {
  if (context.options.yes === true) return;
  if (canAsk()) {
    if (/^(y|yes|j|ja)$/i.test((await ask(`${question} [y/N] `)).trim())) return;
  }
  throw new StrataError('confirmation.needed', 'after-user-action');
}

async function ask(question: string): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await terminal.question(question);
  } finally {
    terminal.close();
  }
}
