import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from '../../shared/contract/client.ts';
import type { CallOutput } from '../../shared/contract/calls.ts';
import type { ItemId, JobId, RunId, SourceId, StorageId } from '../../shared/domain/ids.ts';
import type { Context } from '../context.ts';
import { follow } from '../following.ts';
import { table } from '../output/table.ts';
import { compareMessages, compareTrees, filesThatShow, readMessages, readTree, sizeOf, type Tree } from './compare.ts';
import { changeSample, makeSample, type Sample } from './sample.ts';

/** Something came back otherwise than it went in. */
export class Different extends Error {
  override readonly name = 'Different';
}

interface Moment {
  readonly run: RunId;
  readonly folder: Tree;
  readonly messages: readonly Buffer[];
}

interface Names {
  readonly storage: StorageId;
  readonly mail: SourceId;
  readonly files: SourceId;
  readonly job: JobId;
}

/** In the Maildir: the messages themselves. In a restored tree of EML: its files. */
const isMaildirMessage = (path: string): boolean => /(^|\/)(cur|new)\//.test(path);
const isEml = (path: string): boolean => path.endsWith('.eml');

/** From a sample to the proof. Throws {@link Different} as soon as anything is not as it should be. */
export async function takeTour(context: Context, directory: string): Promise<void> {
  const sample = makeSample(directory);
  const before = readTree(sample.folder);
  const { formats, say, print } = context;
  print(
    say('demo.sample', {
      messages: formats.count(sample.messages),
      folders: sample.mailFolders,
      files: formats.count(sample.files),
      bytes: formats.bytes(sizeOf(before) + sizeOf(readTree(sample.mailbox))),
    }),
  );

  const names = await setUp(context, sample, directory);
  const first = await cycle(context, names, sample, 'demo.first');
  const changes = changeSample(sample);
  print(say('demo.changed', { ...changes }));
  const second = await cycle(context, names, sample, 'demo.second');
  await showHistory(context, names);
  await prove(context, names, sample, first, join(directory, 'First moment'), 'demo.equal');
  await prove(context, names, sample, second, join(directory, 'Second moment'), 'demo.second-equal');
  await check(context, names.storage);
  await rebuild(context, names.storage);
  const shown = filesThatShow(sample.telltales, [join(directory, 'Storage'), join(directory, 'profile')]);
  if (shown.length > 0) throw new Different(`readable text in ${shown[0]}`);
  print(say('demo.unreadable'));
}

async function setUp({ client, formats, say, print }: Context, sample: Sample, directory: string): Promise<Names> {
  const started = performance.now();
  const storage = await client.call('storage.create', {
    name: 'Tour',
    path: join(directory, 'Storage'),
    password: 'granite-otter-ferry-cobalt-82',
    keepInKeychain: false,
  });
  print(say('demo.storage', { took: formats.duration(performance.now() - started) }));
  const none = { secret: null, keepInKeychain: false };
  const mail = await client.call('source.add', {
    name: 'Mail',
    settings: { kind: 'maildir', path: sample.mailbox, exclude: [] },
    ...none,
  });
  const files = await client.call('source.add', {
    name: 'Documents',
    settings: { kind: 'files', paths: [sample.folder], exclude: [], excludeIfPresent: [], oneFileSystem: false },
    ...none,
  });
  const job = await client.call('job.create', {
    name: 'Tour',
    sources: [mail.id, files.id],
    storage: storage.id,
    schedule: { mode: 'manual' },
  });
  return { storage: storage.id, mail: mail.id, files: files.id, job: job.id };
}

async function cycle(context: Context, names: Names, sample: Sample, word: 'demo.first' | 'demo.second'): Promise<Moment> {
  const run = await finished(context, (await context.client.call('job.run', { id: names.job })).run);
  const { formats } = context;
  const counts = Object.fromEntries(Object.entries(run.counts).map(([name, value]) => [name, formats.count(value)]));
  context.print(
    context.say(word, {
      ...counts,
      took: took(context, run),
      read: formats.bytes(run.bytes.read),
      stored: formats.bytes(run.bytes.stored),
    }),
  );
  return { run: run.id, folder: readTree(sample.folder), messages: readMessages(sample.mailbox, isMaildirMessage) };
}

async function showHistory(context: Context, { storage }: Names): Promise<void> {
  const item = await edited(context.client, storage);
  const rows = await context.client.call('browse.history', { storage, item });
  const { formats, say, print } = context;
  print(say('demo.history', { name: rows[0]?.name ?? '' }));
  print(
    table(
      [
        { title: say('column.version') },
        { title: say('column.from') },
        { title: say('column.change') },
        { title: say('column.size'), right: true },
      ],
      rows.map((row) => [
        String(row.version),
        formats.time(Date.parse(row.validFrom)),
        say(`change.${row.change}`),
        formats.bytes(row.sizeBytes),
      ]),
    ).replace(/^/gm, '  '),
  );
  if (rows.length !== 2) throw new Different(`${rows.length} versions instead of 2`);
}

async function edited(client: Client, storage: StorageId): Promise<ItemId> {
  const [row] = await client.call('search.find', { storage, text: 'run me', at: null, deleted: false, kind: 'file', limit: 1 });
  if (row === undefined) throw new Different('search does not find “run me”');
  return row.item;
}

/** Restores a moment beside the sample and compares all of it. */
async function prove(
  context: Context,
  names: Names,
  sample: Sample,
  moment: Moment,
  directory: string,
  word: 'demo.equal' | 'demo.second-equal',
): Promise<void> {
  mkdirSync(directory);
  const target = { files: join(directory, 'files'), mail: join(directory, 'mail') };
  const filesRun = await restore(context, names.storage, names.files, moment.run, { kind: 'directory', path: target.files });
  const mailRun = await restore(context, names.storage, names.mail, moment.run, { kind: 'eml', path: target.mail });
  if (word === 'demo.equal') {
    const reports = [filesRun.restore, mailRun.restore];
    const sum = (which: 'created' | 'verified'): string =>
      context.formats.count(reports.reduce((total, report) => total + (report?.[which] ?? 0), 0));
    context.print(
      context.say('demo.restore', {
        took: context.formats.duration(lasted(filesRun) + lasted(mailRun)),
        created: sum('created'),
        verified: sum('verified'),
      }),
    );
  }
  const differences = [
    ...compareTrees(moment.folder, readTree(join(target.files, sample.folder))),
    ...compareMessages(moment.messages, readMessages(target.mail, isEml)),
  ];
  if (differences.length > 0) throw new Different(`${differences.slice(0, 5).join('; ')} (${differences.length})`);
  const { formats } = context;
  const bytes = sizeOf(moment.folder) + moment.messages.reduce((total, message) => total + message.length, 0);
  const files = [...moment.folder.values()].filter(({ kind }) => kind !== 'directory').length;
  context.print(
    context.say(word, {
      files: formats.count(files),
      messages: formats.count(moment.messages.length),
      bytes: formats.bytes(bytes),
    }),
  );
}

type Target = { readonly kind: 'directory' | 'eml'; readonly path: string };

async function restore(
  context: Context,
  storage: StorageId,
  source: SourceId,
  run: RunId,
  target: Target,
): Promise<CallOutput<'run.show'>> {
  const started = await context.client.call('restore.start', {
    storage,
    selection: { items: [], sources: [source], recursive: true },
    asOf: { kind: 'run', run },
    target,
    restoreRoot: null,
    conflict: 'skip',
    tag: null,
    dryRun: false,
  });
  return finished(context, started.run);
}

async function check(context: Context, id: StorageId): Promise<void> {
  const run = await finished(context, (await context.client.call('storage.check', { id, level: 'all' })).run);
  context.print(context.say('demo.checked', { packs: run.check?.packs ?? 0 }));
}

async function rebuild(context: Context, id: StorageId): Promise<void> {
  const listing = async (): Promise<string> =>
    JSON.stringify(await context.client.call('browse.tree', { storage: id, at: null }));
  const before = await listing();
  await finished(context, (await context.client.call('storage.rebuildCatalog', { id })).run);
  if ((await listing()) !== before) throw new Different('the rebuilt catalog answers otherwise');
  context.print(context.say('demo.rebuilt'));
}

async function finished(context: Context, id: RunId): Promise<CallOutput<'run.show'>> {
  const run = await follow(context, id);
  if (run.status !== 'success')
    throw new Different(`${run.kind}: ${run.status} ${run.failure?.code ?? run.problems[0]?.failure.code ?? ''}`);
  return run;
}

const lasted = (run: CallOutput<'run.show'>): number => (run.endedAtMs ?? run.startedAtMs) - run.startedAtMs;
const took = (context: Context, run: CallOutput<'run.show'>): string => context.formats.duration(lasted(run));

export const removeTour = (directory: string): void => rmSync(directory, { recursive: true, force: true });
