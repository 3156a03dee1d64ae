import type { Command } from 'commander';
import type { CallArguments, CallOutput } from '../../shared/contract/calls.ts';
import type { SourceId, StorageId } from '../../shared/domain/ids.ts';
import { isStrataError, StrataError } from '../../shared/domain/strata-error.ts';
import type { Act } from '../act.ts';
import type { Context } from '../context.ts';
import { pick } from '../naming.ts';
import { itemJson } from '../output/json.ts';
import { table } from '../output/table.ts';
import { parseTime } from '../times.ts';
import { unlockedStorage } from '../unlocking.ts';

interface DiffOptions {
  readonly from?: string;
  readonly to?: string;
  readonly source?: string[];
}
type Difference = CallOutput<'browse.differences'>['rows'][number];
type Place = NonNullable<Difference['before']>;

export function addDiffCommand(program: Command, act: Act): void {
  program
    .command('diff')
    .description('what is different at two moments')
    .argument('<storage>')
    .option('--from <moment>', 'a time or a run; without it: before everything')
    .option('--to <moment>', 'a time or a run; without it: now')
    .option('--source <source...>', 'only of these')
    .action(act(diff));
}

async function diff(context: Context, [name = '']: string[], options: DiffOptions): Promise<void> {
  const { id } = await unlockedStorage(context, name);
  const from = await momentOf(context, id, options.from);
  const to = await momentOf(context, id, options.to);
  if (from !== null && to !== null && from > to)
    throw new StrataError('usage.invalid', 'never', { reason: context.say('laterFirst') });
  const sources = await sourcesOf(context, id, options.source ?? []);
  const { counts, rows } = await allOf(context, { storage: id, from, to, sources });
  if (context.options.json) return context.printJson(rows.map(differenceJson));
  if (rows.length === 0) return context.print(context.say('nothingDiffers'));
  printRows(context, rows);
  const { formats, say, print } = context;
  const { added, content, moved, metadata, vanished } = counts;
  print(
    say('differs', {
      added: formats.count(added),
      content: formats.count(content),
      moved: formats.count(moved),
      metadata: formats.count(metadata),
      vanished: formats.count(vanished),
    }),
  );
}

/** A run stands for the moment that it made. */
async function momentOf(context: Context, storage: StorageId, text: string | undefined): Promise<number | null> {
  if (text === undefined) return null;
  try {
    return parseTime(text, Date.now());
  } catch (error) {
    if (!isStrataError(error)) throw error;
    const moments = await context.client.call('browse.moments', { storage, limit: 10_000 });
    const found = moments.filter(({ run }) => run.startsWith(text.toLowerCase()));
    // Neither: what a time looks like is the more useful answer.
    if (found.length === 0) throw error;
    return pick(
      'run',
      text,
      found.map(({ run, atMs }) => ({ id: run, atMs })),
    ).atMs;
  }
}

async function sourcesOf(context: Context, storage: StorageId, names: readonly string[]): Promise<SourceId[]> {
  if (names.length === 0) return [];
  const tree = await context.client.call('browse.tree', { storage, at: null });
  const known = tree.filter(({ parent }) => parent === null).map((row) => ({ id: row.source, name: row.sourceName }));
  return names.map((name) => pick('source', name, known).id);
}

/** Pages until all rows are there: the contract hands out 500 at a time. */
async function allOf(
  context: Context,
  query: Pick<CallArguments<'browse.differences'>, 'storage' | 'from' | 'to' | 'sources'>,
): Promise<Pick<CallOutput<'browse.differences'>, 'counts' | 'rows'>> {
  const rows: Difference[] = [];
  for (;;) {
    const page = await context.client.call('browse.differences', { ...query, kind: null, offset: rows.length, limit: 500 });
    rows.push(...page.rows);
    if (page.rows.length === 0 || rows.length >= page.total) return { counts: page.counts, rows };
  }
}

const differenceJson = ({ kind, before, after }: Difference): object => ({
  change: kind,
  before: before && itemJson(before),
  after: after && itemJson(after),
});

function printRows({ say, formats, print }: Context, rows: readonly Difference[]): void {
  print(
    table(
      [
        { title: say('column.change') },
        { title: say('column.item') },
        { title: say('column.size'), right: true },
        { title: say('column.name') },
      ],
      rows.map(({ kind, before, after }) => {
        const shown = after ?? before;
        return [
          say(`difference.${kind}`),
          shown?.item ?? '',
          formats.bytes(shown?.sizeBytes ?? 0),
          [...new Set([before, after].flatMap((row) => (row === null ? [] : [placeOf(row)])))].join(' → '),
        ];
      }),
    ),
  );
}

const placeOf = ({ folderPath, title, name }: Place): string =>
  [folderPath, title || name].filter((part) => part !== '').join('/');
