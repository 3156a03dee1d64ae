import { createInterface } from 'node:readline/promises';
import { StrataError } from '../shared/domain/strata-error.ts';
import type { Context } from './context.ts';

/** `--yes`, or the person at the terminal. Where nobody could answer it is refused. */
export async function confirm(context: Context, question: string): Promise<void> {
  if (context.options.yes === true) return;
  if (process.stdin.isTTY && process.stderr.isTTY) {
    const terminal = createInterface({ input: process.stdin, output: process.stderr });
    const answer = await terminal.question(`${question} [y/N] `);
    terminal.close();
    if (/^(y|yes|j|ja)$/i.test(answer.trim())) return;
  }
  throw new StrataError('confirmation.needed', 'after-user-action');
}
