import type { Command } from 'commander';
import { type ActKind, actKinds, type RecordedAct } from '../../shared/domain/act.ts';
import { StrataError } from '../../shared/domain/strata-error.ts';
import { actSettingNames, recordCsv, sayAbout, sayAct, sayOrigin, sayOutcome } from '../../shared/words/acts.ts';
import type { Act } from '../act.ts';
import type { Context } from '../context.ts';
import { pickStorage } from '../naming.ts';
import { table } from '../output/table.ts';
import { parseSince } from '../times.ts';
import { unlockWhatOpens } from '../unlocking.ts';

interface RecordOptions {
  readonly since?: string;
  readonly act?: string[];
  readonly storage?: string;
  readonly text?: string;
  readonly limit?: string;
  readonly csv?: boolean;
}

export function addRecordCommand(program: Command, act: Act): void {
  program
    .command('record')
    .description('who looked at, took out, restored, deleted or changed what; how far it goes back: strata config set recordDays')
    .option('--since <time>', 'from then on')
    .option('--act <act...>', `only these: ${actKinds.join(', ')}`)
    .option('--storage <storage>', 'only with this storage')
    .option('--text <words>', 'only where these words stand in names, paths, settings, or the user')
    .option('--limit <number>', 'so many, the newest: 1000 unless told otherwise, at most 10000')
    .option('--csv')
    .action(act(record));
}

async function record(context: Context, _words: string[], options: RecordOptions): Promise<void> {
  const { client, print, printJson, tell, say } = context;
  await unlockWhatOpens(context);
  const { rows, more } = await client.call('record.list', {
    sinceMs: options.since === undefined ? null : parseSince(options.since, Date.now()),
    untilMs: null,
    kinds: (options.act ?? []).map(kindOf),
    storage: options.storage === undefined ? null : (await pickStorage(context, options.storage)).id,
    text: options.text ?? '',
    settingNames: actSettingNames(context.language),
    before: null,
    limit: limitOf(options),
  });
  if (context.options.json) printJson(rows.map(asJson));
  else if (options.csv === true) print(recordCsv(rows));
  else print(rows.length === 0 ? say('recordEmpty') : tableOf(context, rows));
  if (more) tell(say('recordMore', { count: rows.length }));
}

function tableOf({ say, formats, language }: Context, rows: readonly RecordedAct[]): string {
  const titles = [
    'column.time',
    'column.act',
    'column.storage',
    'column.what',
    'column.cameFrom',
    'column.user',
    'column.outcome',
  ] as const;
  return table(
    titles.map((title) => ({ title: say(title) })),
    rows.map((row) => [
      formats.time(row.atMs),
      sayAct(row.kind, language),
      row.storageName ?? '–',
      sayAbout(row, language) || '–',
      sayOrigin(row.origin, language),
      row.user,
      sayOutcome(row, language),
    ]),
  );
}

const asJson = ({ atMs, endedAtMs, kind, origin, storage, storageName, ...row }: RecordedAct) => ({
  time: new Date(atMs).toISOString(),
  act: kind,
  from: origin,
  storage: storageName,
  storageId: storage,
  ...row,
  ended: endedAtMs === null ? null : new Date(endedAtMs).toISOString(),
});

function kindOf(text: string): ActKind {
  const kind = actKinds.find((known) => known === text);
  if (kind === undefined) throw wrong(`--act ${text}: ${actKinds.join(', ')}`);
  return kind;
}

function limitOf({ limit = '1000' }: RecordOptions): number {
  const count = Number(limit);
  if (!Number.isInteger(count) || count < 1 || count > 10_000) throw wrong(`--limit ${limit}`);
  return count;
}

const wrong = (reason: string): StrataError => new StrataError('usage.invalid', 'never', { reason });
