import { Command, type OptionValues } from 'commander';
import { alertCommands } from './commands/alert.ts';
import { addBrowseCommands } from './commands/browse.ts';
import { captureCommands } from './commands/capture.ts';
import { configCommands } from './commands/config.ts';
import { addDemoCommand } from './commands/demo.ts';
import { addImportCommand } from './commands/import.ts';
import { jobCommands } from './commands/job.ts';
import { holdCommands } from './commands/keeping.ts';
import { operationCommands } from './commands/operations.ts';
import { addRecordCommand } from './commands/record.ts';
import { addRehearseCommand } from './commands/rehearse.ts';
import { addExportCommand } from './commands/export.ts';
import { addRestoreCommand } from './commands/restore.ts';
import { addDiffCommand } from './commands/diff.ts';
import { addStatsCommand } from './commands/folder-stats.ts';
import { addIndexCommand } from './commands/index-items.ts';
import { addUndeleteCommand } from './commands/undelete.ts';
import { runCommands } from './commands/run.ts';
import { setupCommands } from './commands/setup.ts';
import { sourceCommands } from './commands/source.ts';
import { addStatusCommand } from './commands/status.ts';
import { addShowCommand } from './commands/show.ts';
import { storageCommands } from './commands/storage.ts';
import type { Act, Action } from './act.ts';
import type { Context, GlobalOptions } from './context.ts';

/** The whole command line. `perform` is what a command does once its words are understood. */
export function createProgram(
  version: string,
  perform: (options: GlobalOptions, action: (context: Context) => Promise<void>) => Promise<void>,
): Command {
  const program = new Command('strata')
    // Options after a command are the command's: `restore --version 3` is not `--version`.
    .enablePositionalOptions()
    .version(version, '--version')
    .description('Encrypted, versioned backups of mail and files');
  withGlobalOptions(program);
  const act: Act =
    <Options>(action: Action<Options>) =>
    async (...received) => {
      const command = received.at(-1) as Command;
      const words = received
        .slice(0, -2)
        .flat()
        .filter((word) => typeof word === 'string');
      await perform(command.optsWithGlobals(), (context) => action(context, words, command.opts<Options & OptionValues>()));
    };
  program
    .addCommand(storageCommands(act))
    .addCommand(sourceCommands(act))
    .addCommand(jobCommands(act))
    .addCommand(captureCommands(act))
    .addCommand(runCommands(act))
    .addCommand(operationCommands(act))
    .addCommand(holdCommands(act))
    .addCommand(alertCommands(act))
    .addCommand(configCommands(act))
    .addCommand(setupCommands(act));
  addStatusCommand(program, act);
  addBrowseCommands(program, act);
  addShowCommand(program, act);
  addRestoreCommand(program, act);
  addExportCommand(program, act);
  addRehearseCommand(program, act);
  addDiffCommand(program, act);
  addIndexCommand(program, act);
  addStatsCommand(program, act);
  addRecordCommand(program, act);
  addUndeleteCommand(program, act);
  addImportCommand(program, act);
  addDemoCommand(program);
  eachCommand(program, (command) => {
    command.exitOverride().showHelpAfterError();
    const isDone = command.commands.length === 0 || command.registeredArguments.length > 0;
    if (command !== program && isDone) withGlobalOptions(command);
  });
  return program;
}

/** Before or after the command's own words: both are natural. */
function withGlobalOptions(command: Command): void {
  command
    .option('--profile <dir>', 'where settings and catalogs live (STRATA_PROFILE)')
    .option('--json', 'one JSON document on standard output')
    .option('--quiet')
    .option('--verbose')
    .option('--yes', 'answers every question')
    .option('--progress <how>', 'json: one object a line on standard error')
    .option('--password-file <file>')
    .option('--password-stdin')
    .option('--recovery-key-file <file>', 'instead of the password: what is on the recovery sheet')
    .option('--mirror-password-file <file>', 'a mirror’s own password')
    .option('--secret-file <file>', "a source's password")
    .option('--secret-stdin');
}

function eachCommand(command: Command, visit: (command: Command) => void): void {
  visit(command);
  for (const child of command.commands) eachCommand(child, visit);
}
