import type { CallArguments, CallOutput, Handlers } from '../../../src/shared/contract/calls.ts';
import { type Choice, type FolderUse } from '../../../src/shared/domain/choice.ts';
import { FolderJudge } from '../../../src/shared/domain/folder-rules.ts';
import type { SurveyId } from '../../../src/shared/domain/ids.ts';
import { StrataError } from '../../../src/shared/domain/strata-error.ts';
import type { SurveyedFolder, SurveyedSource, SurveyTally } from '../../../src/shared/domain/survey.ts';
import { idOf } from './draw.ts';
import { tree } from './sample-mail.ts';
import { ids } from './sample-base.ts';
import { sources } from './sample-setup.ts';

type SurveyHandlers = Pick<Handlers, 'survey.begin' | 'survey.show' | 'survey.folders' | 'survey.stop'>;
type Asked = CallArguments<'survey.begin'>['sources'][number];

const useOf: Readonly<Record<string, FolderUse>> = { '\\junk': 'junk', '\\trash': 'trash', '\\drafts': 'drafts' };
const bytesEach = 48_211;

/** Surveys of the sample sources: what a choice of folders does is counted, limits take a fifth away. */
export function createSurveyHandlers(): SurveyHandlers {
  const begun = new Map<SurveyId, readonly Asked[]>();
  const looks = new Map<SurveyId, number>();
  const known = (id: SurveyId): readonly Asked[] => {
    const found = begun.get(id);
    if (found === undefined) throw new StrataError('name.unknown', 'never', { kind: 'survey', name: id });
    return found;
  };
  return {
    'survey.begin': async ({ sources: asked }) => {
      const id = idOf<SurveyId>('survey', begun.size + 1);
      begun.set(id, asked);
      return { id };
    },
    'survey.show': async ({ id }) => {
      const asked = known(id);
      looks.set(id, (looks.get(id) ?? 0) + 1);
      const isGoing = looks.get(id) === 1;
      const state = isGoing ? 'going' : 'done';
      return {
        state,
        startedAtMs: 0,
        endedAtMs: isGoing ? null : 1,
        current: isGoing ? 'Work/Quay 7' : '',
        sources: asked.map((one) => sourceOf(one, state)),
      } satisfies CallOutput<'survey.show'>;
    },
    'survey.folders': async ({ id, source, below, after }) => {
      const asked = known(id)[source];
      const rows = asked === undefined ? [] : rowsOf(asked);
      return rows.filter(({ index, parent }) => index > after && (below === undefined || parent === below));
    },
    'survey.stop': async () => ({}),
  };
}

function sourceOf(asked: Asked, state: SurveyedSource['state']): SurveyedSource {
  const source = sources.find(({ id }) => id === asked.source);
  const rows = rowsOf(asked);
  return {
    source: asked.source,
    name: source?.name ?? '',
    kind: asked.settings?.kind ?? source?.settings.kind ?? 'imap',
    state,
    failure: null,
    folders: rows.length - 1,
    whole: { ...(rows[0]?.whole ?? nothing), unknown: asked.choice.oneFileSystem ? 1 : 0 },
    idle: asked.choice.exclude.filter((pattern) => pattern.includes('nowhere')),
  };
}

const nothing: SurveyTally = { taken: { items: 0, bytes: 0 }, skipped: [], unsized: 0, untimed: 0, unreadable: 0, unknown: 0 };

function rowsOf({ source, settings, choice }: Asked): SurveyedFolder[] {
  const wanted = source ?? (settings?.kind === 'files' ? ids.documents : ids.anna);
  const judge = new FolderJudge(choice);
  const rows: SurveyedFolder[] = [];
  for (const folder of tree.filter((one) => one.source === wanted)) {
    const isRoot = folder.path === '';
    const parent = rows.findLast(({ path }) => !isRoot && (path === '' || folder.path.startsWith(`${path}/`)));
    const use = useOf[folder.specialUse?.toLowerCase() ?? ''];
    const uses = [...new Set([...(parent?.uses ?? []), ...(use === undefined ? [] : [use])])];
    const { verdict, by } = isRoot ? { verdict: 'taken' as const, by: undefined } : judge.verdict(folder.path.split('/'), uses);
    const reason = reasonOf(by);
    rows.push({
      index: rows.length,
      parent: parent?.index ?? null,
      key: folder.path,
      name: folder.name,
      path: folder.path,
      uses,
      verdict,
      by: reason,
      failure: null,
      own: tallyOf(folder.items, verdict === 'taken' ? null : (reason ?? { rule: 'folder', text: null }), choice),
      whole: nothing,
      hasFolders: false,
      folded: 0,
    });
  }
  return rows.map((row) => {
    const below = rows.filter(({ path }) => row.path === '' || path === row.path || path.startsWith(`${row.path}/`));
    return { ...row, hasFolders: below.length > 1, whole: below.map(({ own }) => own).reduce(sum, nothing) };
  });
}

type Reason = NonNullable<SurveyedFolder['by']>;

function reasonOf(by: ReturnType<FolderJudge['verdict']>['by']): Reason | null {
  if (by === undefined) return null;
  if (by === 'not-among') return { rule: by, text: null };
  return 'use' in by ? { rule: by.use, text: null } : { rule: 'folder', text: by.rule.path };
}

function tallyOf(items: number, reason: Reason | null, { maxBytes, newerThanDays }: Choice): SurveyTally {
  const amount = (count: number) => ({ items: count, bytes: count * bytesEach });
  if (reason !== null) return { ...nothing, skipped: items === 0 ? [] : [{ ...reason, ...amount(items) }] };
  const rule = maxBytes !== null ? 'larger' : newerThanDays !== null ? 'age' : null;
  const away = rule === null ? 0 : Math.floor(items / 5);
  return {
    ...nothing,
    taken: amount(items - away),
    skipped: rule === null || away === 0 ? [] : [{ rule, text: null, ...amount(away) }],
  };
}

function sum(one: SurveyTally, other: SurveyTally): SurveyTally {
  const skipped = one.skipped.map((before) => {
    const more = other.skipped.find(({ rule, text }) => rule === before.rule && text === before.text);
    return more === undefined ? before : { ...before, items: before.items + more.items, bytes: before.bytes + more.bytes };
  });
  const fresh = other.skipped.filter(({ rule, text }) => !skipped.some((before) => before.rule === rule && before.text === text));
  const taken = { items: one.taken.items + other.taken.items, bytes: one.taken.bytes + other.taken.bytes };
  return { ...one, taken, skipped: [...skipped, ...fresh] };
}
