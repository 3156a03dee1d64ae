import type { Command } from 'commander';
import type { CallOutput } from '../../shared/contract/calls.ts';
import { csvOf } from '../../shared/words/csv.ts';
import type { Act } from '../act.ts';
import type { Context } from '../context.ts';
import { table } from '../output/table.ts';
import { chosenFolders, placeOf } from '../places.ts';
import { unlockedStorage } from '../unlocking.ts';

interface StatsOptions {
  readonly csv?: boolean;
  readonly folder?: string[];
}
type Size = CallOutput<'storage.folderSizes'>[number];

export function addStatsCommand(program: Command, act: Act): void {
  program
    .command('stats')
    .description('how much is in each folder, without what is in those below it')
    .argument('<storage>')
    .option('--csv')
    .option('--folder <place...>', 'only SOURCE[/FOLDER] and what is below it')
    .action(act(stats));
}

const nothing = { items: 0, itemBytes: 0, versions: 0, versionBytes: 0 };

async function stats(context: Context, [name = '']: string[], options: StatsOptions): Promise<void> {
  const { id: storage } = await unlockedStorage(context, name);
  const tree = chosenFolders(await context.client.call('browse.tree', { storage, at: null }), options.folder);
  const sizes = new Map<string | null, Size>(
    (await context.client.call('storage.folderSizes', { storage })).map((size) => [size.folder, size]),
  );
  const rows = tree.map((folder) => {
    const { items, itemBytes, versions, versionBytes } = sizes.get(folder.item) ?? nothing;
    return { path: placeOf(folder), items, bytes: itemBytes, versions, versionBytes, deleted: folder.deleted };
  });
  if (context.options.json) return context.printJson(rows);
  if (options.csv === true) {
    // The names of columns are a contract with scripts.
    const columns = ['path', 'items', 'bytes', 'versions', 'versionBytes'] as const;
    return context.print(
      csvOf(
        columns,
        rows.map((row) => columns.map((column) => row[column])),
      ),
    );
  }
  const { formats, print, say } = context;
  print(
    table(
      [
        { title: say('column.items'), right: true },
        { title: say('column.size'), right: true },
        { title: say('column.versions'), right: true },
        { title: say('column.allVersions'), right: true },
        { title: say('column.place') },
      ],
      rows.map(({ path, items, bytes, versions, versionBytes }) => [
        formats.count(items),
        formats.bytes(bytes),
        formats.count(versions),
        formats.bytes(versionBytes),
        path,
      ]),
    ),
  );
}
