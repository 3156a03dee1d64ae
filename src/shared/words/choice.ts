import { type ChoosableKind, type Choice, type FolderRule, takesEverything } from '../domain/choice.ts';
import type { SourceKind } from '../domain/source-settings.ts';
import type { Skipped } from '../domain/survey.ts';
import { choiceDe } from './choice.de.ts';
import { choiceEn, type ChoiceWord, type ChoiceWords } from './choice.en.ts';
import { fill, type Language } from './say.ts';

export const choiceWords: Readonly<Record<Language, ChoiceWords>> = { en: choiceEn, de: choiceDe };

/** How the reader's shell writes numbers and times. */
export interface ChoiceFormats {
  time(timeMs: number): string;
  bytes(bytes: number): string;
}

/** What a choice takes, in short sentences: the largest first, and never none. */
export function sayChoice(choice: Choice, language: Language, formats: ChoiceFormats): readonly string[] {
  const say = (word: ChoiceWord, facts = {}): string => fill(choiceWords[language][word], facts);
  const list = (parts: readonly string[]): string => new Intl.ListFormat(language).format(parts);
  if (takesEverything(choice)) return [say('everything')];
  const folders = (rules: readonly FolderRule[]): string => list(rules.map((rule) => sayFolder(rule, language)));
  const limit = (word: ChoiceWord, value: number | null, facts: (value: number) => object): string[] =>
    value === null ? [] : [say(word, facts(value))];
  const listed = (word: ChoiceWord, name: string, parts: readonly string[]): string[] =>
    parts.length === 0 ? [] : [say(word, { [name]: list(parts) })];
  const { only, skip, skipUses, kinds } = choice;
  return [
    ...(only.length === 0 ? [] : [say(leadsOn(only) ? 'only' : 'onlyFlat', { folders: folders(only) })]),
    ...(skip.length === 0 ? [] : [say('skip', { folders: folders(skip) })]),
    ...listed(
      'uses',
      'uses',
      skipUses.map((use) => say(`use.${use}`)),
    ),
    ...(kinds === null ? [] : kinds.length === 0 ? [say('noKinds')] : [say('kinds', { kinds: sayKinds(kinds, language) })]),
    ...limit('from', choice.fromMs, (value) => ({ time: formats.time(value) })),
    ...limit('until', choice.untilMs, (value) => ({ time: formats.time(value) })),
    ...limit('newerThan', choice.newerThanDays, (days) => ({ days })),
    ...limit('minBytes', choice.minBytes, (value) => ({ size: formats.bytes(value) })),
    ...limit('maxBytes', choice.maxBytes, (value) => ({ size: formats.bytes(value) })),
    ...listed('include', 'patterns', choice.include),
    ...listed('exclude', 'patterns', choice.exclude),
    ...listed(
      'presets',
      'presets',
      choice.presets.map((preset) => say(`preset.${preset}`)),
    ),
    ...listed('markers', 'names', choice.markers),
    ...(choice.oneFileSystem ? [say('oneFileSystem')] : []),
    ...(only.length === 0 ? [say('newFolders')] : []),
    ...(choice.leftOut === 'let-go' ? [say('letGo')] : []),
  ];
}

/** In the order in which they are given. */
export const sayKinds = (kinds: readonly ChoosableKind[], language: Language): string =>
  new Intl.ListFormat(language).format(kinds.map((kind) => choiceWords[language][`kind.${kind}`]));

/** Something that is not there yet may be taken. */
const leadsOn = (only: readonly FolderRule[]): boolean => only.some(({ path, subfolders }) => subfolders || /[*?]/.test(path));

function sayFolder({ path, subfolders }: FolderRule, language: Language): string {
  const isBack = path.startsWith('!');
  const folder = isBack ? path.slice(1) : path;
  const flat = subfolders ? folder : fill(choiceWords[language].flat, { folder });
  return isBack ? fill(choiceWords[language].back, { folder: flat }) : flat;
}

/** Why something is left out. */
export function sayRule({ rule, text }: Pick<Skipped, 'rule' | 'text'>, language: Language): string {
  const said = choiceWords[language][`rule.${rule}`];
  return text === null ? said : `${said}: ${text}`;
}

/** What no choice can take of a source of this kind. */
export const sayNever = (kind: SourceKind, language: Language): string => choiceWords[language][`never.${kind}`];
