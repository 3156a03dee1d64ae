import type { Command } from 'commander';
import { itemKinds, type ItemKind } from '../../shared/domain/item.ts';
import { type FolderSize, noSize, type Size, sizesBy } from '../../shared/domain/size.ts';
import { StrataError } from '../../shared/domain/strata-error.ts';
import { csvOf } from '../../shared/words/csv.ts';
import type { Act } from '../act.ts';
import type { Context } from '../context.ts';
import { table } from '../output/table.ts';
import { chosenFolders, placeOf } from '../places.ts';
import { unlockedStorage } from '../unlocking.ts';

const ways = ['folder', 'kind', 'sender'] as const;
type Way = (typeof ways)[number];

interface StatsOptions {
  readonly csv?: boolean;
  readonly folder?: string[];
  readonly by?: string;
  readonly kind?: string;
  readonly limit?: string;
}

export function addStatsCommand(program: Command, act: Act): void {
  program
    .command('stats')
    .description('how much is in each folder, without what is in those below it; or of which kind, or from whom')
    .argument('<storage>')
    .option('--csv')
    .option('--folder <place...>', 'only SOURCE[/FOLDER] and what is below it')
    .option('--by <what>', 'folder (unless told otherwise), kind, or sender')
    .option('--kind <kind>', 'only items of this kind')
    .option('--limit <number>', 'so many senders, the largest: 100 unless told otherwise, at most 10000')
    .action(act(stats));
}

interface Row extends Size {
  readonly name: string;
  /** What else is told of it in JSON. */
  readonly facts: Readonly<Record<string, string | boolean>>;
}

async function stats(context: Context, [name = '']: string[], options: StatsOptions): Promise<void> {
  const way = ways.find((one) => one === (options.by ?? 'folder'));
  if (way === undefined) throw wrong(`--by ${options.by}`);
  const kind = itemKinds.find((one) => one === options.kind) ?? null;
  if (options.kind !== undefined && kind === null) throw wrong(context.say('unknownKind', { kind: options.kind }));
  print(context, way, await rowsOf(context, name, { way, kind, folders: options.folder, limit: limitOf(options) }), options);
}

interface Wish {
  readonly way: Way;
  readonly kind: ItemKind | null;
  readonly folders: readonly string[] | undefined;
  readonly limit: number;
}

async function rowsOf(context: Context, name: string, { way, kind, folders, limit }: Wish): Promise<readonly Row[]> {
  const { client, say } = context;
  const { id: storage } = await unlockedStorage(context, name);
  const tree = chosenFolders(await client.call('browse.tree', { storage, at: null }), folders);
  const chosen = tree.map(({ item }) => item);
  if (way === 'sender') {
    const { rows, others } = await client.call('storage.senders', { storage, folders: chosen, kind, limit });
    const named = rows.map((row) => ({ ...row, name: row.address, facts: { sender: row.address, name: row.name } }));
    const rest = { ...others, name: say('otherSenders', { count: others.senders }), facts: { sender: '', others: true } };
    return others.senders === 0 ? named : [...named, rest];
  }
  const sizes = (await client.call('storage.folderSizes', { storage })).filter((one) => kind === null || one.kind === kind);
  if (way === 'kind') return byKind(sizes, new Set<string | null>(folders === undefined ? [...chosen, null] : chosen));
  const inFolder = sizesBy(sizes, ({ folder }) => folder);
  return tree.map((folder) => {
    const facts = { path: placeOf(folder), deleted: folder.deleted };
    return { name: placeOf(folder), facts, ...(inFolder.get(folder.item) ?? noSize) };
  });
}

function byKind(sizes: readonly FolderSize[], chosen: ReadonlySet<string | null>): readonly Row[] {
  const some = sizes.filter(({ folder }) => chosen.has(folder));
  return [...sizesBy(some, ({ kind }) => kind)]
    .map(([kind, size]) => ({ name: kind, facts: { kind }, ...size }))
    .sort((a, b) => b.versionBytes - a.versionBytes);
}

function print(
  { options: { json }, formats, print, printJson, say }: Context,
  way: Way,
  rows: readonly Row[],
  { csv }: StatsOptions,
): void {
  if (json)
    return printJson(
      rows.map(({ facts, items, itemBytes: bytes, versions, versionBytes }) => ({
        ...facts,
        items,
        bytes,
        versions,
        versionBytes,
      })),
    );
  // The names of columns are a contract with scripts.
  const first = way === 'folder' ? 'path' : way;
  if (csv === true)
    return print(
      csvOf(
        [first, 'items', 'bytes', 'versions', 'versionBytes'],
        rows
          .filter(({ facts }) => facts['others'] !== true)
          .map(({ name, items, itemBytes, versions, versionBytes }) => [name, items, itemBytes, versions, versionBytes]),
      ),
    );
  print(
    table(
      [
        { title: say('column.items'), right: true },
        { title: say('column.size'), right: true },
        { title: say('column.versions'), right: true },
        { title: say('column.allVersions'), right: true },
        { title: say(titles[way]) },
      ],
      rows.map(({ name, items, itemBytes, versions, versionBytes }) => [
        formats.count(items),
        formats.bytes(itemBytes),
        formats.count(versions),
        formats.bytes(versionBytes),
        name === '' ? '–' : name,
      ]),
    ),
  );
}

const titles = { folder: 'column.place', kind: 'column.kind', sender: 'column.sender' } as const;

function limitOf({ limit }: StatsOptions): number {
  if (limit === undefined) return 100;
  const count = Number(limit);
  if (!Number.isInteger(count) || count < 1 || count > 10_000) throw wrong(`--limit ${limit}`);
  return count;
}

const wrong = (reason: string): StrataError => new StrataError('usage.invalid', 'never', { reason });
