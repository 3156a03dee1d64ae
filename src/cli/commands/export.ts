import type { Command } from 'commander';
import { StrataError } from '../../shared/domain/strata-error.ts';
import type { Act } from '../act.ts';
import type { Context } from '../context.ts';
import { restore, type RestoreOptions } from './restore.ts';

const forms = { pocket: 'pocket', eml: 'eml', mbox: 'mbox', files: 'dir' } as const;

type ExportOptions = Pick<RestoreOptions, 'source' | 'folder' | 'at' | 'run' | 'to' | 'recursive' | 'dryRun'> & {
  readonly as: string;
};

/** A restore by another name, for who wants to take something along and not to put it back. */
export function addExportCommand(program: Command, act: Act): void {
  program
    .command('export')
    .description('gives items as files that every program reads')
    .argument('<storage>')
    .argument('[item...]')
    .requiredOption('--to <dir>')
    .option(
      '--as <form>',
      `${Object.keys(forms).join(', ')}: a page to search with, messages, mail folders, or files alone`,
      'pocket',
    )
    .option('--source <name...>')
    .option('--folder <path...>', 'SOURCE/FOLDER')
    .option('--at <time>')
    .option('--run <id>')
    .option('--no-recursive')
    .option('--dry-run')
    .action(act(exportItems));
}

async function exportItems(context: Context, words: string[], { as, to = '', ...options }: ExportOptions): Promise<void> {
  const form = Object.entries(forms).find(([name]) => name === as)?.[1];
  if (form === undefined) throw new StrataError('usage.invalid', 'never', { reason: `--as ${as}` });
  await restore(context, words, { ...options, conflict: 'skip', to: `${form}:${to}` });
}
