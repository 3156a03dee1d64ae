import { existsSync, mkdirSync, mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { openHeadless } from '../../engine-host/headless.ts';
import { StrataError } from '../../shared/domain/strata-error.ts';
import { languageOf } from '../../shared/words/say.ts';
import { createContext, type GlobalOptions } from '../context.ts';
import { Different, removeTour, takeTour } from '../demo/tour.ts';
import { Exit } from '../exit.ts';
import { exitCodes } from '../exit-codes.ts';
import { version } from '../version.ts';

export function addDemoCommand(program: Command): void {
  program
    .command('demo')
    .description('a tour with a sample: back up, change, back up, restore, compare')
    .option('--keep <dir>', 'leave everything there')
    .action(async (_options: unknown, command: Command) => demo(command.optsWithGlobals()));
}

/** A profile, a storage and a sample of its own: the tour touches nothing that a person has. */
async function demo(options: GlobalOptions & { readonly keep?: string }): Promise<void> {
  const directory =
    options.keep === undefined ? mkdtempSync(join(tmpdir(), 'strata-tour-')) : emptyDirectory(resolve(options.keep));
  // The person's keychain is not for samples.
  process.env['STRATA_KEYCHAIN'] = 'off';
  const headless = await openHeadless({ profileDir: join(directory, 'profile'), appVersion: version });
  const context = createContext(
    headless.client,
    options,
    languageOf(process.env['LC_ALL'] || process.env['LC_MESSAGES'] || process.env['LANG'] || 'en'),
  );
  try {
    context.print(context.say('demo.intro', { directory }));
    await takeTour(context, directory);
    context.print(context.say('demo.done'));
  } catch (error) {
    if (!(error instanceof Different)) throw error;
    process.stderr.write(`${context.say('demo.different', { what: error.message })}\n`);
    throw new Exit(exitCodes.failed);
  } finally {
    await headless.close('now');
    if (options.keep === undefined) removeTour(directory);
  }
  if (options.keep !== undefined) context.print(context.say('demo.kept', { directory }));
  context.print(context.say('demo.next'));
}

function emptyDirectory(path: string): string {
  if (existsSync(path) && readdirSync(path).length > 0) throw new StrataError('storage.not-empty', 'after-user-action', { path });
  mkdirSync(path, { recursive: true });
  return path;
}
