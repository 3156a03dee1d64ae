import type { Command } from 'commander';
import type { CallInput, CallOutput } from '../../shared/contract/calls.ts';
import { StrataError } from '../../shared/domain/strata-error.ts';
import { csvCell } from '../../shared/words/csv.ts';
import type { Act } from '../act.ts';
import type { Context } from '../context.ts';
import { itemJson } from '../output/json.ts';
import { table } from '../output/table.ts';
import { chosenFolders, placeOf } from '../places.ts';
import { parseTime } from '../times.ts';
import { unlockedStorage } from '../unlocking.ts';
import { momentOf, pagesOf, stateOf } from './browse.ts';

interface IndexOptions {
  readonly csv?: boolean;
  readonly folder?: string[];
  readonly since?: string;
  readonly until?: string;
  readonly deleted?: string;
  readonly at?: string;
  readonly run?: string;
}
type Folder = CallOutput<'browse.tree'>[number];
type Item = CallOutput<'browse.items'>['rows'][number];
type Mode = CallInput<'browse.items'>['mode'];

/** What `--deleted` asks for. */
const modes: Readonly<Record<string, Mode>> = { yes: 'all', no: 'as-of', only: 'vanished' };

/** The names of columns are a contract with scripts. */
const columns = ['item', 'kind', 'source', 'folder', 'name', 'title', 'time', 'bytes', 'versions', 'deleted'] as const;

export function addIndexCommand(program: Command, act: Act): void {
  program
    .command('index')
    .description('one line for each item, by date')
    .argument('<storage>')
    .option('--csv')
    .option('--folder <place...>', 'only what lies in SOURCE[/FOLDER] or below it')
    .option('--since <time>', 'dated then or later')
    .option('--until <time>', 'dated before')
    .option('--deleted <yes|no|only>', 'also what is no longer at its source (yes), not (no), nothing else (only)', 'yes')
    .option('--at <time>')
    .option('--run <id>')
    .action(act(index));
}

async function index(context: Context, [name = '']: string[], options: IndexOptions): Promise<void> {
  if (context.options.json === true) return list(context, name, options, asJson(context));
  return options.csv === true ? list(context, name, options, asCsv(context)) : list(context, name, options, asTable(context));
}

/** What becomes of a row, and of all of them. Rows themselves are not kept: there may be a million. */
interface Form<Line> {
  line(row: Item, folder: Folder): Line;
  all(lines: readonly Line[]): void;
}

async function list<Line>(context: Context, name: string, options: IndexOptions, form: Form<Line>): Promise<void> {
  const mode = modes[options.deleted ?? 'yes'];
  if (mode === undefined) throw new StrataError('usage.invalid', 'never', { reason: `--deleted ${String(options.deleted)}` });
  const isInPeriod = period(options);
  const { id: storage } = await unlockedStorage(context, name);
  const at = await momentOf(context, options);
  const tree = await context.client.call('browse.tree', { storage, at });
  const lines: (readonly [timeMs: number, line: Line])[] = [];
  for (const folder of chosenFolders(tree, options.folder)) {
    for await (const rows of pagesOf(context, { storage, folder: folder.item, at, mode }))
      for (const row of rows) if (isInPeriod(row)) lines.push([row.timeMs ?? Number.MIN_SAFE_INTEGER, form.line(row, folder)]);
  }
  lines.sort(([a], [b]) => a - b);
  form.all(lines.map(([, line]) => line));
}

/** Begin inclusive, end exclusive. What has no date is in no period. */
function period({ since, until }: IndexOptions): (row: Item) => boolean {
  const nowMs = Date.now();
  const from = since === undefined ? null : parseTime(since, nowMs);
  const to = until === undefined ? null : parseTime(until, nowMs);
  return ({ timeMs }) =>
    (from === null || (timeMs !== null && timeMs >= from)) && (to === null || (timeMs !== null && timeMs < to));
}

const asJson = ({ print }: Context): Form<string> => ({
  line: (row) => JSON.stringify(itemJson(row)),
  all(lines) {
    print('[');
    for (const [at, line] of lines.entries()) print(at === lines.length - 1 ? line : `${line},`);
    print(']');
  },
});

const asCsv = ({ print }: Context): Form<string> => ({
  line: (row, folder) => cells(row, folder).map(csvCell).join(','),
  all(lines) {
    print(columns.join(','));
    for (const line of lines) print(line);
  },
});

const asTable = ({ formats, print, say }: Context): Form<readonly string[]> => ({
  line: (row, folder) => [
    row.item,
    formats.time(row.timeMs),
    formats.bytes(row.sizeBytes),
    `${placeOf(folder)}/${row.title || row.name}${stateOf(row, say)}`,
  ],
  all(lines) {
    const right = { title: say('column.size'), right: true };
    print(table([{ title: say('column.item') }, { title: say('column.date') }, right, { title: say('column.name') }], lines));
  },
});

const isGone = ({ deleted, vanishedAtMs }: Item): boolean => deleted || vanishedAtMs !== null;

function cells(row: Item, { sourceName, path }: Folder): (string | number)[] {
  const time = row.timeMs === null ? '' : new Date(row.timeMs).toISOString();
  const { item, kind, name, title, sizeBytes, versions } = row;
  return [item, kind, sourceName, path, name, title, time, sizeBytes, versions, isGone(row) ? 'yes' : 'no'];
}
