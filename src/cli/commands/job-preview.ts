import type { CallInput } from '../../shared/contract/calls.ts';
import { choiceOf } from '../../shared/domain/choice.ts';
import type { SourceId, SurveyId } from '../../shared/domain/ids.ts';
import {
  type Survey,
  skippedOf,
  type SurveyedFolder,
  type SurveyedSource,
  type SurveyTally,
} from '../../shared/domain/survey.ts';
import { sayNever, sayRule } from '../../shared/words/choice.ts';
import { sayFailure } from '../../shared/words/say.ts';
import type { ChosenSources } from '../choosing.ts';
import type { Context } from '../context.ts';
import { Exit } from '../exit.ts';
import { exitCodeOf, exitCodes } from '../exit-codes.ts';
import { followSurvey } from '../following-survey.ts';
import { surveyJson } from '../output/survey-json.ts';
import { type Column, harmless, table } from '../output/table.ts';
import { unlockSources } from '../unlocking.ts';

type Seen = readonly (readonly [SurveyedSource, readonly SurveyedFolder[]])[];

/** Counts what the choices take, shows it, and ends: 0 all was seen, 3 not all of it, 1 nothing, 130 stopped. */
export async function showPreview(
  context: Context,
  job: string | null,
  sources: readonly SourceId[],
  choices: ChosenSources,
): Promise<void> {
  await unlockSources(context, sources);
  const asked: CallInput<'survey.begin'>['sources'] = sources.map((source) => ({
    source,
    settings: null,
    secret: null,
    choice: choiceOf(choices, source),
  }));
  const { id } = await context.client.call('survey.begin', { sources: asked });
  const survey = await followSurvey(context, id);
  const seen: Seen = await Promise.all(
    survey.sources.map(async (source, index) => [source, await allFolders(context, id, index)] as const),
  );
  if (context.options.json) {
    const shown = seen.map(([source, folders]) => surveyJson(source, folders, sayNever(source.kind, context.language)));
    context.printJson({ job, status: survey.state, sources: shown });
  } else for (const [source, folders] of seen) context.print(sourceText(context, source, folders));
  conclude(context, survey);
}

const perCall = 1000;

async function allFolders({ client }: Context, id: SurveyId, source: number): Promise<SurveyedFolder[]> {
  const folders: SurveyedFolder[] = [];
  for (;;) {
    const page = await client.call('survey.folders', { id, source, after: folders.length - 1, limit: perCall });
    folders.push(...page);
    if (page.length < perCall) return folders;
  }
}

function sourceText(context: Context, source: SurveyedSource, folders: readonly SurveyedFolder[]): string {
  const { say, language } = context;
  const { whole, kind, idle } = source;
  return [
    table(columnsOf(context, source.name), [
      ...folders.filter(isWorthALine).map((folder) => rowOf(context, folder.path || '/', folder.own, noteOf(context, folder))),
      rowOf(context, say('surveyTotal'), whole, ''),
    ]),
    ...whole.skipped.map((one) => {
      const amount = amountText(context, one.items, one.bytes);
      return `${say('surveySkipped')} ${amount}: ${harmless(sayRule(one, language))}`;
    }),
    ...uncertain(context, whole),
    ...(idle.length === 0 ? [] : [say('surveyIdle', { rules: harmless(idle.join(', ')) })]),
    `${say('surveyNever')} ${sayNever(kind, language)}`,
    '',
  ].join('\n');
}

/** The top of an account holds nothing itself, mostly. */
const isWorthALine = ({ path, own }: SurveyedFolder): boolean => path !== '' || own.taken.items + own.skipped.length > 0;

const columnsOf = ({ say }: Context, name: string): Column[] => [
  { title: name },
  { title: say('column.taken'), right: true },
  { title: say('column.size'), right: true },
  { title: say('column.skipped'), right: true },
  { title: say('column.size'), right: true },
  { title: say('column.reason') },
];

function rowOf({ formats }: Context, name: string, tally: SurveyTally, note: string): string[] {
  const skipped = skippedOf(tally);
  return [
    name,
    formats.count(tally.taken.items),
    formats.bytes(tally.taken.bytes),
    formats.count(skipped.items),
    formats.bytes(skipped.bytes),
    note,
  ];
}

function noteOf({ say, language, formats }: Context, { by, own, failure, folded }: SurveyedFolder): string {
  if (failure !== null) return sayFailure(failure, language);
  const reasons = by === null ? own.skipped : [by];
  return [
    reasons.map((reason) => sayRule(reason, language)).join(', '),
    ...(own.unknown > 0 ? [say('surveyUnknown')] : []),
    ...(folded > 0 ? [say('surveyFolded', { folders: formats.count(folded) })] : []),
  ]
    .filter((part) => part !== '')
    .join('; ');
}

function uncertain({ say, formats }: Context, { unsized, untimed, unreadable, unknown }: SurveyTally): string[] {
  const said = (word: 'surveyUnsized' | 'surveyUntimed' | 'surveyUnreadable' | 'surveyUnseen', count: number): string[] =>
    count === 0 ? [] : [say(word, { count: formats.count(count) })];
  return [
    ...said('surveyUnsized', unsized),
    ...said('surveyUntimed', untimed),
    ...said('surveyUnreadable', unreadable),
    ...said('surveyUnseen', unknown),
  ];
}

const amountText = ({ formats, say }: Context, items: number, bytes: number): string =>
  say('surveyAmount', { items: formats.count(items), bytes: formats.bytes(bytes) });

function conclude({ language }: Context, { state, sources }: Survey): void {
  const failures = sources.flatMap(({ name, failure }) => (failure === null ? [] : [{ name, failure }]));
  for (const { name, failure } of failures) {
    process.stderr.write(`${harmless(name)}: ${harmless(sayFailure(failure, language))} [${failure.code}]\n`);
  }
  if (state === 'stopped') throw new Exit(exitCodes.stopped);
  const [first] = failures;
  if (first !== undefined && failures.length === sources.length) throw new Exit(exitCodeOf(first.failure.code));
  if (failures.length > 0 || sources.some(({ whole }) => whole.unreadable > 0)) throw new Exit(exitCodes.warnings);
}
