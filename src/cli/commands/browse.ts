import type { Command } from 'commander';
import type { CallOutput } from '../../shared/contract/calls.ts';
import type { ItemId, StorageId } from '../../shared/domain/ids.ts';
import { itemKinds } from '../../shared/domain/item.ts';
import { StrataError } from '../../shared/domain/strata-error.ts';
import type { Context } from '../context.ts';
import { pickRun } from '../naming.ts';
import { itemJson } from '../output/json.ts';
import { harmless, table } from '../output/table.ts';
import type { Act } from '../act.ts';
import { placeOf, placeText } from '../places.ts';
import { parseTime } from '../times.ts';
import { unlockedStorage } from '../unlocking.ts';
import { tellOfTexts } from './search-texts.ts';

interface AtOptions {
  readonly at?: string;
  readonly run?: string;
}
type ItemRow = CallOutput<'browse.item'>;
type FoundRow = ItemRow & Partial<Pick<CallOutput<'search.find'>[number], 'extract' | 'firstSeenMs'>>;

export function addBrowseCommands(program: Command, act: Act): void {
  program
    .command('ls')
    .argument('<storage>')
    .argument('[place]', 'SOURCE[/FOLDER]')
    .option('--at <time>')
    .option('--run <id>')
    .option('--deleted')
    .option('--all-versions')
    .option('--recursive')
    .action(act(ls));
  program
    .command('find')
    .argument('<storage>')
    .argument('<query>')
    .option('--at <time>')
    .option('--deleted')
    .option('--kind <kind>')
    .option('--limit <number>')
    .action(act(find));
  program.command('history').argument('<storage>').argument('<item>').action(act(history));
  program.command('moments').argument('<storage>').action(act(moments));
}

export async function momentOf(context: Context, { at, run }: AtOptions): Promise<number | null> {
  if (run !== undefined) return (await pickRun(context, run)).endedAtMs;
  return at === undefined ? null : parseTime(at, Date.now());
}

interface FolderQuery {
  readonly storage: StorageId;
  readonly folder: ItemId;
  readonly at: number | null;
  readonly mode: 'as-of' | 'all' | 'vanished';
}

/** Until all rows are there: the contract hands out 500 at a time. */
export async function* pagesOf(context: Context, query: FolderQuery): AsyncGenerator<readonly ItemRow[]> {
  for (let offset = 0; ; ) {
    const page = await context.client.call('browse.items', { ...query, sort: 'name', descending: false, offset, limit: 500 });
    offset += page.rows.length;
    yield page.rows;
    if (page.rows.length === 0 || offset >= page.total) return;
  }
}

async function ls(
  context: Context,
  [name = '', place]: string[],
  options: AtOptions & { deleted?: boolean; allVersions?: boolean; recursive?: boolean },
): Promise<void> {
  const { id } = await unlockedStorage(context, name);
  const at = await momentOf(context, options);
  const tree = await context.client.call('browse.tree', { storage: id, at });
  if (place === undefined && !options.recursive) return listSources(context, tree);
  const folders = place === undefined ? tree : foldersAt(tree, placeText(place), options.recursive ?? false);
  if (folders.length === 0) throw new StrataError('name.unknown', 'never', { kind: 'folder', name: place ?? '' });
  const mode = options.allVersions ? 'all' : options.deleted ? 'vanished' : 'as-of';
  const rows: ItemRow[] = [];
  for (const folder of folders)
    for await (const page of pagesOf(context, { storage: id, folder: folder.item, at, mode })) rows.push(...page);
  if (context.options.json) return context.printJson(rows.map(itemJson));
  const [base] = folders;
  if (!options.recursive) for (const folder of tree) if (folder.parent === base?.item) context.print(harmless(`${folder.name}/`));
  printRows(context, rows);
}

type TreeRow = CallOutput<'browse.tree'>[number];

function listSources(context: Context, tree: readonly TreeRow[]): void {
  const roots = tree.filter((folder) => folder.parent === null);
  if (context.options.json)
    return context.printJson(roots.map(({ source, sourceName, sourceKind }) => ({ source, name: sourceName, kind: sourceKind })));
  for (const root of roots) context.print(harmless(`${root.sourceName}/`));
}

/** `SOURCE`, or `SOURCE/path/of/folder`, where a source's name may hold slashes. */
function foldersAt(tree: readonly TreeRow[], place: string, recursive: boolean): TreeRow[] {
  return tree.filter((folder) => placeOf(folder) === place || (recursive && placeOf(folder).startsWith(`${place}/`)));
}

export function stateOf(row: ItemRow, say: Context['say']): string {
  if (row.deleted || row.vanishedAtMs !== null) return ` (${say('vanished')})`;
  return row.unchosenSinceMs === null ? '' : ` (${say('unchosen')})`;
}

function printRows({ say, formats, print }: Context, rows: readonly FoundRow[]): void {
  const areTexts = rows.some(({ extract }) => extract);
  const areFound = rows.some(({ firstSeenMs }) => firstSeenMs !== undefined);
  print(
    table(
      [
        { title: say('column.item') },
        { title: say('column.version'), right: true },
        { title: say('column.size'), right: true },
        { title: say('column.date') },
        ...(areFound ? [{ title: say('column.firstSeen') }, { title: say('column.vanished') }] : []),
        { title: say('column.name') },
        ...(areTexts ? [{ title: say('column.text') }] : []),
      ],
      rows.map((row) => [
        row.item,
        `${row.version}/${row.versions}`,
        formats.bytes(row.sizeBytes),
        formats.time(row.timeMs),
        ...(areFound ? [row.firstSeenMs ?? null, row.vanishedAtMs].map((ms) => formats.time(ms)) : []),
        `${row.title || row.name}${row.from === null ? '' : ` · ${row.from}`}${stateOf(row, say)}`,
        ...(areTexts ? [extractText(row)] : []),
      ]),
    ),
  );
}

/** The hit in brackets. */
const extractText = ({ extract }: FoundRow): string => (extract ? `${extract.before}[${extract.hit}]${extract.after}` : '');

async function find(
  context: Context,
  [name = '', query = '']: string[],
  options: { at?: string; deleted?: boolean; kind?: string; limit?: string },
): Promise<void> {
  const { id } = await unlockedStorage(context, name);
  const kind = itemKinds.find((known) => known === options.kind) ?? null;
  if (options.kind !== undefined && kind === null)
    throw new StrataError('usage.invalid', 'never', { reason: context.say('unknownKind', { kind: options.kind }) });
  const limit = Math.min(1000, Number(options.limit ?? 100) || 100);
  const rows = await context.client.call('search.find', {
    storage: id,
    text: query,
    at: await momentOf(context, options),
    deleted: options.deleted ?? false,
    kind,
    limit,
  });
  await tellOfTexts(context, { id, name }, query);
  if (context.options.json)
    return context.printJson(
      rows.map((row) => ({ ...itemJson(row), firstSeen: new Date(row.firstSeenMs).toISOString(), extract: row.extract })),
    );
  printRows(context, rows);
}

export async function resolved(context: Context, name: string, text: string): Promise<{ storage: StorageId; item: ItemId }> {
  const { id } = await unlockedStorage(context, name);
  return { storage: id, item: (await context.client.call('browse.resolve', { storage: id, text, at: null })).item };
}

async function history(context: Context, [name = '', text = '']: string[]): Promise<void> {
  const found = await resolved(context, name, text);
  const rows = await context.client.call('browse.history', found);
  if (context.options.json) return context.printJson(rows.map(historyJson));
  const { say, formats } = context;
  context.print(
    table(
      [
        { title: say('column.version'), right: true },
        { title: say('column.from') },
        { title: say('column.until') },
        { title: say('column.change') },
        { title: say('column.size'), right: true },
        { title: say('column.place') },
      ],
      rows.map((row) => [
        String(row.version),
        formats.time(Date.parse(row.validFrom)),
        row.validTo === null ? '–' : formats.time(Date.parse(row.validTo)),
        [say(`change.${row.change}`), ...hiddenOrPurged(row).map((state) => say(`history.${state}`))].join(', '),
        formats.bytes(row.sizeBytes),
        row.purged ? '–' : `${row.folderPath}/${row.name}`,
      ]),
    ),
  );
}

type HistoryRow = CallOutput<'browse.history'>[number];

const hiddenOrPurged = ({ hidden, purged }: HistoryRow): ('hidden' | 'purged')[] =>
  purged ? ['purged'] : hidden ? ['hidden'] : [];

/** Of a purged version there is no more to tell than that it was. */
function historyJson({ sizeBytes, ...row }: HistoryRow): object {
  if (row.purged !== true) return { ...row, size: sizeBytes };
  const { transaction, item, version, validFrom, validTo, change, run, folder, purged } = row;
  return { transaction, item, version, validFrom, validTo, change, run, folder, purged };
}

async function moments(context: Context, [name = '']: string[]): Promise<void> {
  const { id } = await unlockedStorage(context, name);
  const list = await context.client.call('browse.moments', { storage: id, limit: 10_000 });
  if (context.options.json)
    return context.printJson(list.map(({ atMs, ...moment }) => ({ ...moment, at: new Date(atMs).toISOString() })));
  const { say, formats } = context;
  context.print(
    table(
      [
        { title: say('column.moment') },
        { title: say('column.job') },
        { title: say('column.saved'), right: true },
        { title: say('column.vanished'), right: true },
        { title: say('column.run') },
      ],
      list.map((one) => [formats.time(one.atMs), one.jobName, formats.count(one.saved), formats.count(one.vanished), one.run]),
    ),
  );
}
