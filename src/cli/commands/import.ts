import { resolve } from 'node:path';
import type { Command } from 'commander';
import { StrataError } from '../../shared/domain/strata-error.ts';
import type { SourceSettings } from '../../shared/domain/source-settings.ts';
import { sayFailure } from '../../shared/words/say.ts';
import type { Act } from '../act.ts';
import type { Context } from '../context.ts';
import { Exit } from '../exit.ts';
import { exitCodeOf } from '../exit-codes.ts';
import { pickStorage } from '../naming.ts';
import { runJob } from './job-run.ts';

interface ImportOptions {
  readonly storage?: string;
  readonly name?: string;
  readonly dryRun?: boolean;
}

type ImportKind = 'maildir' | 'mbox' | 'item-files' | 'thunderbird';
type ImportSettings = Extract<SourceSettings, { readonly kind: ImportKind }>;
/** What people call it, and the kind of source that reads it. */
const kinds: Readonly<Record<string, ImportKind>> = {
  maildir: 'maildir',
  mbox: 'mbox',
  'imap-backup': 'mbox',
  eml: 'item-files',
  ics: 'item-files',
  vcf: 'item-files',
  thunderbird: 'thunderbird',
};

export function addImportCommand(program: Command, act: Act): void {
  program
    .command('import')
    .description('takes what another program has kept into a storage; again, it takes what is new')
    .argument('<kind>', Object.keys(kinds).join(', '))
    .argument('<path>')
    .requiredOption('--storage <name>')
    .requiredOption('--name <name>', 'of the source, and of the job that reads it')
    .option('--dry-run', 'only say what is there')
    .action(act(importFrom));
}

/** Looks first; then it is a cycle like any other: what it has committed stays, wherever it is broken off. */
async function importFrom(context: Context, [word = '', path = '']: string[], options: ImportOptions): Promise<void> {
  const kind = Object.hasOwn(kinds, word) ? kinds[word] : undefined;
  const { storage: storageName = '', name = '' } = options;
  if (kind === undefined)
    throw new StrataError('usage.invalid', 'never', {
      reason: context.say('unknownImport', { kind: word, kinds: Object.keys(kinds).join(', ') }),
    });
  const storage = await pickStorage(context, storageName);
  const settings: ImportSettings = { kind, path: resolve(path), exclude: [] };
  await look(context, settings);
  if (options.dryRun === true) return;
  const source = await sourceOf(context, name, settings);
  const jobs = await context.client.call('job.list', {});
  const known = jobs.find((job) => job.storage === storage.id && job.sources.length === 1 && job.sources[0] === source);
  const id =
    known?.id ??
    (
      await context.client.call('job.create', {
        ...{ name, sources: [source], storage: storage.id, schedule: { mode: 'manual' }, capture: 'off' },
      })
    ).id;
  await runJob(context, { id, storage: storage.id, alsoTo: [], sources: [source] });
}

async function look(context: Context, settings: ImportSettings): Promise<void> {
  const { failure, folders, items } = await context.client.call('source.test', { settings, secret: null, id: null });
  if (failure !== null) {
    process.stderr.write(`${sayFailure(failure, context.language)} [${failure.code}]\n`);
    throw new Exit(exitCodeOf(failure.code));
  }
  context.tell(context.say('importLooked', { path: settings.path, folders, items: items ?? '–' }));
}

/** The one that an earlier import has made, or a new one. Another source of that name stays what it is. */
async function sourceOf(context: Context, name: string, settings: ImportSettings) {
  const known = (await context.client.call('source.list', {})).find((source) => source.name === name);
  if (
    known !== undefined &&
    known.settings.kind === settings.kind &&
    'path' in known.settings &&
    known.settings.path === settings.path
  )
    return known.id;
  // A name that is taken is refused there.
  return (await context.client.call('source.add', { name, settings, secret: null, keepInKeychain: false })).id;
}
