/** The command line: the same contract as the window, in this process or through the app that is running. */
import { CommanderError } from 'commander';
import { openHeadless } from '../engine-host/headless.ts';
import { failureOf, isStrataError } from '../shared/domain/strata-error.ts';
import { languageOf, sayFailure } from '../shared/words/say.ts';
import { outliveReaders } from './closed-streams.ts';
import { createContext, type GlobalOptions } from './context.ts';
import { Exit } from './exit.ts';
import { exitCodeOf, exitCodes } from './exit-codes.ts';
import { createProgram } from './program.ts';
import { wordsOf } from './words-of.ts';
import { version } from './version.ts';

const language = languageOf(process.env['LC_ALL'] || process.env['LC_MESSAGES'] || process.env['LANG'] || 'en');

async function perform(options: GlobalOptions, action: Parameters<Parameters<typeof createProgram>[1]>[1]): Promise<void> {
  const headless = await openHeadless({
    appVersion: version,
    ...(options.profile === undefined ? {} : { profileDir: absolute(options.profile) }),
  });
  try {
    await action(createContext(headless.client, options, language));
  } finally {
    await headless.close();
  }
}

const absolute = (path: string): string => (path.startsWith('/') || /^[A-Za-z]:/.test(path) ? path : `${process.cwd()}/${path}`);

/** Runs one command; says on standard error why it failed; answers the exit code. */
async function main(words: readonly string[]): Promise<number> {
  try {
    await createProgram(version, perform).parseAsync([...words], { from: 'user' });
    return exitCodes.done;
  } catch (error) {
    if (error instanceof Exit) return error.exitCode;
    // Commander has already said what is wrong, or shown the help or version that was asked for.
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
    const failure = failureOf(error);
    process.stderr.write(`${sayFailure(failure, language)} [${failure.code}]\n`);
    if (!isStrataError(error) && process.env['STRATA_DEBUG'] !== undefined)
      process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    return exitCodeOf(failure.code);
  }
}

outliveReaders([process.stdout, process.stderr]);

/** Loading this module is running the command. Whoever loads it inside a larger process ends that with this code. */
export const finished: Promise<number> = main(wordsOf(process.argv)).then((exitCode) => {
  process.exitCode = exitCode;
  return exitCode;
});
