import type { Command } from 'commander';
import type { CallArguments, CallOutput } from '../../shared/contract/calls.ts';
import type { SourceId, StorageId } from '../../shared/domain/ids.ts';
import type { JsonValue } from '../../shared/domain/json.ts';
import { isStrataError, StrataError } from '../../shared/domain/strata-error.ts';
import { type Difference as VersionDifference, differences } from '../../shared/domain/version-differences.ts';
import type { Act } from '../act.ts';
import type { Context } from '../context.ts';
import { pick } from '../naming.ts';
import { itemJson } from '../output/json.ts';
import { harmless, table } from '../output/table.ts';
import { parseTime } from '../times.ts';
import { unlockedStorage } from '../unlocking.ts';

interface DiffOptions {
  readonly from?: string;
  readonly to?: string;
  readonly source?: string[];
}
type Version = CallOutput<'browse.history'>[number];
type Difference = CallOutput<'browse.differences'>['rows'][number];
type Place = NonNullable<Difference['before']>;

export function addDiffCommand(program: Command, act: Act): void {
  program
    .command('diff')
    .description('what is different at two moments, or between two versions of an item')
    .argument('<storage>')
    .argument('[item]')
    .option(
      '--from <moment>',
      'a time or a run; without it: before everything. Of an item: a version; without it: the one before',
    )
    .option('--to <moment>', 'a time or a run; without it: now. Of an item: a version; without it: the newest')
    .option('--source <source...>', 'only of these')
    .action(act(diff));
}

async function diff(context: Context, [name = '', item]: string[], options: DiffOptions): Promise<void> {
  if (item !== undefined) return diffVersions(context, name, item, options);
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

async function diffVersions(context: Context, name: string, text: string, options: DiffOptions): Promise<void> {
  const { id: storage } = await unlockedStorage(context, name);
  const { item } = await context.client.call('browse.resolve', { storage, text, at: null });
  const versions = (await context.client.call('browse.history', { storage, item })).filter(({ change }) => change !== 'deleted');
  const after = numbered(context, versions, options.to) ?? versions.at(-1);
  const before = numbered(context, versions, options.from) ?? versions.findLast(({ version }) => version < (after?.version ?? 0));
  if (before === undefined || after === undefined)
    throw new StrataError('usage.invalid', 'never', { reason: context.say('onlyOneVersion') });
  const fields = differences(before, after);
  const lines = await linesOf(context, storage, before, after);
  if (context.options.json)
    return context.printJson({ item, from: before.version, to: after.version, differences: fields, lines });
  if (fields.length === 0) return context.print(context.say('nothingDiffers'));
  for (const field of fields) context.print(harmless(fieldText(context, field)));
  if (lines !== null) context.print(lines.map((line) => harmless(line)).join('\n'));
}

function numbered({ say }: Context, versions: readonly Version[], text: string | undefined): Version | undefined {
  if (text === undefined) return undefined;
  const found = versions.find(({ version }) => version === Number(text));
  if (found !== undefined) return found;
  const numbers = versions.map(({ version }) => version).join(', ');
  throw new StrataError('usage.invalid', 'never', { reason: say('noSuchVersion', { version: text, versions: numbers }) });
}

/** As `diff -u` prints them; null where there is no text, or too much to compare. */
async function linesOf(context: Context, storage: StorageId, before: Version, after: Version): Promise<string[] | null> {
  if (before.digest === after.digest) return null;
  const { item, version: from } = before;
  const { reason, hunks } = await context.client.call('browse.textDifference', { storage, item, from, to: after.version });
  if (reason !== null) return null;
  return hunks.flatMap(({ beforeFrom, afterFrom, lines }) => [
    `@@ -${beforeFrom} +${afterFrom} @@`,
    ...lines.map(({ kind, text }) => `${marks[kind]}${text}`),
  ]);
}

const marks = { same: ' ', removed: '-', added: '+' } as const;

function fieldText({ say, formats }: Context, difference: VersionDifference): string {
  switch (difference.field) {
    case 'folder':
    case 'name':
      return `${say(`versionField.${difference.field}`)}: ${difference.before} → ${difference.after}`;
    case 'flags':
      return `${say('versionField.flags')}: ${[...difference.removed.map((flag) => `-${flag}`), ...difference.added.map((flag) => `+${flag}`)].join(' ')}`;
    case 'content':
      return `${say('versionField.content')}: ${formats.bytes(difference.before)} → ${formats.bytes(difference.after)}`;
    case 'metadata':
      return `${difference.key}: ${valueText(difference.before)} → ${valueText(difference.after)}`;
  }
}

const valueText = (value: JsonValue | undefined): string =>
  value === undefined ? '–' : typeof value === 'string' ? value : JSON.stringify(value);
