import type { Switch } from '../domain/capture.ts';
import { type Choice, choiceOf, type ChosenSource, isSameChoice, takesEverything } from '../domain/choice.ts';
import type { SourceId } from '../domain/ids.ts';
import type { JobColor, Priority } from '../domain/job-marks.ts';
import { keepsLess } from '../domain/keeps-less.ts';
import { keepRuleNames, type Retention } from '../domain/retention.ts';
import type { Schedule, Timing } from '../domain/schedule.ts';
import type { Facts } from '../domain/strata-error.ts';
import { timeRuleText, windowLines } from '../domain/week-text.ts';
import { type ChoiceFormats, sayChoice } from './choice.ts';
import { jobChangesDe } from './job-changes.de.ts';
import { jobChangesEn, type JobChangeWord, type JobChangeWords } from './job-changes.en.ts';
import { fill, type Language } from './say.ts';

/** All of a job that a person sets, with names in the place of ids where people read them. */
export interface JobFacts {
  readonly name: string;
  readonly sources: readonly { readonly id: SourceId; readonly name: string }[];
  readonly storageName: string;
  /** Its further storages; absent: they stay as they are. */
  readonly furtherNames?: readonly string[] | undefined;
  readonly schedule: Schedule;
  readonly timing: Timing;
  readonly scan: Switch;
  readonly capture: Switch;
  readonly choices: readonly ChosenSource[];
  readonly retention: Retention | null;
  readonly zone: string;
  readonly group: string | null;
  readonly color: JobColor | null;
  readonly priority: Priority;
}

export interface JobChangeLine {
  readonly text: string;
  /** Something is protected less than before. */
  readonly isLoss: boolean;
}

const words: Readonly<Record<Language, JobChangeWords>> = { en: jobChangesEn, de: jobChangesDe };

/** What was and what becomes, in words: what loses protection first and loudly, then each change. Empty: nothing changes. */
export function sayJobChanges(
  before: JobFacts,
  after: JobFacts,
  language: Language,
  formats: ChoiceFormats,
): readonly JobChangeLine[] {
  const say = (word: JobChangeWord, facts: Facts = {}): string => fill(words[language][word], facts);
  const list = (parts: readonly string[]): string =>
    parts.length === 0 ? say('none') : new Intl.ListFormat(language).format(parts);
  const value = (one: Switch | Priority | JobColor | null): string => (one === null ? say('none') : say(`value.${one}`));
  const choice = (one: Choice): string => sayChoice(one, language, formats).join(' ');
  const pairs: (readonly [what: string, before: string, after: string])[] = [
    [say('what.name'), before.name, after.name],
    [say('what.sources'), list(namesOf(before)), list(namesOf(after))],
    [say('what.storage'), before.storageName, after.storageName],
    [say('what.alsoTo'), list(before.furtherNames ?? []), list(after.furtherNames ?? before.furtherNames ?? [])],
    [say('what.schedule'), scheduleWords(before.schedule, say, list), scheduleWords(after.schedule, say, list)],
    [say('what.windows'), windowWords(before.timing, say, list), windowWords(after.timing, say, list)],
    [say('what.conditions'), conditionWords(before.timing, say, list), conditionWords(after.timing, say, list)],
    [say('what.scan'), value(before.scan), value(after.scan)],
    [say('what.capture'), value(before.capture), value(after.capture)],
    ...after.sources
      .filter(({ id }) => before.sources.some((one) => one.id === id))
      .map(({ id, name }) => {
        const [then, now] = [choiceOf(before.choices, id), choiceOf(after.choices, id)];
        const isSame = isSameChoice(then, now);
        return [say('what.choice', { source: name }), isSame ? '' : choice(then), isSame ? '' : choice(now)] as const;
      }),
    ...after.sources.map(({ id, name }) => {
      const place = (choices: readonly ChosenSource[]): string => String(choiceOf(choices, id).priority);
      return [say('what.sourcePriority', { source: name }), place(before.choices), place(after.choices)] as const;
    }),
    [say('what.retention'), retentionWords(before.retention, say, list), retentionWords(after.retention, say, list)],
    [say('what.zone'), before.zone, after.zone],
    [say('what.group'), before.group ?? say('none'), after.group ?? say('none')],
    [say('what.color'), value(before.color), value(after.color)],
    [say('what.priority'), value(before.priority), value(after.priority)],
  ];
  const changes = pairs
    .filter(([, then, now]) => then !== now)
    .map(([what, then, now]) => ({ text: say('change', { what, before: then, after: now }), isLoss: false }));
  return [...losses(before, after, say, list).map((text) => ({ text, isLoss: true })), ...changes];
}

type Say = (word: JobChangeWord, facts?: Facts) => string;
type List = (parts: readonly string[]) => string;

const namesOf = ({ sources }: JobFacts): string[] => sources.map(({ name }) => name).toSorted();

function losses(before: JobFacts, after: JobFacts, say: Say, list: List): string[] {
  const gone = before.sources.filter(({ id }) => !after.sources.some((one) => one.id === id)).map(({ name }) => name);
  const isUnwatched = ({ scan, capture }: JobFacts): boolean => scan !== 'on' && capture !== 'on';
  const narrowed = after.sources.filter(({ id }) => {
    const [then, now] = [choiceOf(before.choices, id), choiceOf(after.choices, id)];
    return before.sources.some((one) => one.id === id) && !isSameChoice(then, now) && !takesEverything(now);
  });
  const left = (before.furtherNames ?? []).filter(
    (name) => after.furtherNames?.includes(name) === false && name !== after.storageName,
  );
  return [
    ...(left.length === 0 ? [] : [say('loss.further', { names: list(left) })]),
    ...(gone.length === 0 ? [] : [say('loss.sources', { names: list(gone) })]),
    ...(keepsLess(before.retention, after.retention) ? [say('loss.retention')] : []),
    ...(isUnwatched(after) && !isUnwatched(before) ? [say('loss.unwatched')] : []),
    ...(after.schedule.mode === 'manual' && before.schedule.mode !== 'manual' && after.capture !== 'on'
      ? [say('loss.manual')]
      : []),
    ...narrowed.map(({ id, name }) =>
      say(choiceOf(after.choices, id).leftOut === 'keep' ? 'loss.choice' : 'loss.letGo', { source: name }),
    ),
  ];
}

function scheduleWords(schedule: Schedule, say: Say, list: List): string {
  switch (schedule.mode) {
    case 'continuous':
      return say('schedule.continuous', { minutes: Math.round(schedule.idleMs / 600) / 100 });
    case 'times':
      return say('schedule.times', { rules: list(schedule.rules.map((rule) => timeRuleText(rule))) });
    case 'cron':
      return say('schedule.cron', { expression: schedule.expression });
    default:
      return say(`schedule.${schedule.mode}`);
  }
}

function windowWords({ windows }: Timing, say: Say, list: List): string {
  if (windows === null) return say('windows.always');
  const slow = windowLines(windows, 'slow').map((stretch) => say('windows.slow', { stretch }));
  const all = [...windowLines(windows, 'allowed'), ...slow];
  return all.length === 0 ? say('windows.never') : list(all);
}

/** Everything else of the timing, so that no change of it goes unsaid. */
function conditionWords(timing: Timing, say: Say, list: List): string {
  const { batteryAbove, onMetered, networks, missed, retries, delayMs, retryPauseMs, enoughMs, slowBytesPerSecond } = timing;
  const others = [timing.windowEnd, slowBytesPerSecond, delayMs, retryPauseMs, enoughMs];
  return `${list([
    ...(batteryAbove > 100 ? [say('condition.noBattery')] : []),
    ...(batteryAbove > 0 && batteryAbove <= 100 ? [say('condition.battery', { count: batteryAbove })] : []),
    ...(onMetered ? [] : [say('condition.metered')]),
    ...(networks.length === 0 ? [] : [say('condition.networks', { names: list(networks) })]),
    say(`condition.missed.${missed}`),
    say('condition.retries', { count: retries }),
  ])} (${others.join(' · ')})`;
}

function retentionWords(retention: Retention | null, say: Say, list: List): string {
  if (retention === null) return say('everything');
  const { keep, deletedDays, goneSourceDays, maxAgeDays, maxVersions } = retention.rules;
  const numbers = { ...keep, deletedDays, goneSourceDays, maxAgeDays: maxAgeDays ?? 0, maxVersions: maxVersions ?? 0 };
  const names = [...keepRuleNames, 'deletedDays', 'goneSourceDays', 'maxAgeDays', 'maxVersions'] as const;
  const kinds = Object.entries(retention.byKind).map(([kind, rules]) => `${kind} ${JSON.stringify(Object.values(rules))}`);
  return list([
    ...names.filter((name) => numbers[name] > 0).map((name) => say(`rule.${name}`, { count: numbers[name] })),
    ...(kinds.length === 0 ? [] : [say('rule.byKind', { kinds: list(kinds) })]),
  ]);
}
