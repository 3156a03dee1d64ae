import type { Command } from 'commander';
import type { CallInput } from '../shared/contract/calls.ts';
import {
  type ChoosableKind,
  choosableKinds,
  type Choice,
  choiceOf,
  everything,
  type FolderRule,
  type FolderUse,
  leftOutFates,
} from '../shared/domain/choice.ts';
import { presetNames } from '../shared/domain/file-presets.ts';
import type { SourceKind } from '../shared/domain/source-settings.ts';
import { StrataError } from '../shared/domain/strata-error.ts';
import { parseSize } from './sizes.ts';
import { parseDays, parseSince } from './times.ts';

export interface ChoiceOptions {
  readonly for?: string[];
  readonly everything?: boolean;
  readonly folder?: string[];
  readonly skipFolder?: string[];
  readonly recursive?: boolean;
  readonly skipJunk?: boolean;
  readonly skipTrash?: boolean;
  readonly skipDrafts?: boolean;
  readonly skipAll?: boolean;
  readonly skipShared?: boolean;
  readonly kind?: string;
  readonly onlyMeta?: boolean;
  readonly since?: string;
  readonly until?: string;
  readonly newerThan?: string;
  readonly minSize?: string;
  readonly maxSize?: string;
  readonly include?: string[];
  readonly exclude?: string[];
  readonly preset?: string[];
  readonly excludeIfPresent?: string[];
  readonly oneFileSystem?: boolean;
  readonly priority?: string;
  readonly leftOut?: string;
}

export const withChoice = (command: Command): Command =>
  command
    .option('--for <source...>', 'what follows is for these sources of the job; else for all of them')
    .option('--everything', 'begin anew: take everything, less what follows')
    .option(
      '--folder <path...>',
      'these folders and no others; * and ? in a name, ** for any folders, ! takes back, /. at the end: without subfolders',
    )
    .option('--skip-folder <path...>', 'not these folders')
    .option('--no-recursive', 'of these folders what is directly in them, and not their subfolders')
    .option('--skip-junk')
    .option('--skip-trash')
    .option('--skip-drafts')
    .option('--skip-all', 'not the folder that holds what lies in others, too')
    .option('--skip-shared', 'not what belongs to others, or to everybody')
    .option('--kind <kinds>', `${choosableKinds.join(', ')}: with commas`)
    .option('--only-meta', 'folders with their properties, and no items')
    .option('--since <time>', 'items of this time and later, by their own time')
    .option('--until <time>', 'items of before this time')
    .option('--newer-than <days>', 'items that are not older, now and in each cycle to come: 90d, 2y')
    .option('--min-size <size>', '10k, 5M, 2G')
    .option('--max-size <size>')
    .option('--include <pattern...>', 'of files: these and no others, as .gitignore patterns')
    .option('--exclude <pattern...>', 'of files: not these, as .gitignore patterns; of other kinds the same as --skip-folder')
    .option('--preset <name...>', `of files, not: ${presetNames.join(', ')}`)
    .option('--exclude-if-present <name...>', 'of files: folders that hold one of these are kept empty')
    .option('--one-file-system', 'of files: do not look into what is mounted there')
    .option(
      '--priority <which>',
      'of a source: a number, 1 comes first, of equal ones the largest; of a job among jobs: high, normal or low',
    )
    .option(
      '--left-out <fate>',
      'what was saved and is not taken any more: keep (for good), or let-go (after the days that the job keeps gone sources)',
    );

export type ChosenSources = NonNullable<CallInput<'job.create'>['choices']>;

interface Chooser {
  readonly sources: readonly { readonly id: string; readonly kind: SourceKind }[];
  /** Of {@link ChoiceOptions.for}; undefined: all. */
  readonly only: readonly string[] | undefined;
  readonly before: ChosenSources;
  readonly nowMs: number;
}

/** What is given replaces what was; the rest stays. Undefined: nothing was given. */
export function choicesFrom(options: ChoiceOptions, { sources, only, before, nowMs }: Chooser): ChosenSources | undefined {
  const given = Object.keys(givenChoice(options, 'files', nowMs)).length > 0 || options.everything === true;
  if (!given) return undefined;
  return sources.flatMap(({ id, kind }) => {
    const old = choiceOf(before, id);
    if (only !== undefined && !only.includes(id)) return [{ source: id, choice: old }];
    const choice = { ...(options.everything === true ? everything : old), ...givenChoice(options, kind, nowMs) };
    return [{ source: id, choice }];
  });
}

function givenChoice(options: ChoiceOptions, kind: SourceKind, nowMs: number): Partial<Choice> {
  const { folder, include, preset, excludeIfPresent, oneFileSystem, leftOut } = options;
  const subfolders = options.recursive !== false;
  const rules = (paths: readonly string[]): FolderRule[] =>
    paths.map((path) => (path.endsWith('/.') ? { path: path.slice(0, -2), subfolders: false } : { path, subfolders }));
  const isFiles = kind === 'files';
  const skipFolder = isFiles ? options.skipFolder : (options.skipFolder ?? options.exclude);
  return {
    ...(folder === undefined ? {} : { only: rules(folder) }),
    ...(skipFolder === undefined ? {} : { skip: rules(skipFolder) }),
    ...usesFrom(options),
    ...itemRulesFrom(options, nowMs),
    ...(leftOut === undefined ? {} : { leftOut: among(leftOutFates, leftOut) }),
    ...(isFiles && include !== undefined ? { include } : {}),
    ...(isFiles && options.exclude !== undefined ? { exclude: options.exclude } : {}),
    ...(isFiles && preset !== undefined ? { presets: preset.map((name) => among(presetNames, name)) } : {}),
    ...(isFiles && excludeIfPresent !== undefined ? { markers: excludeIfPresent } : {}),
    ...(isFiles && oneFileSystem !== undefined ? { oneFileSystem } : {}),
  };
}

function usesFrom({ skipJunk, skipTrash, skipDrafts, skipAll, skipShared }: ChoiceOptions): Partial<Choice> {
  const given: readonly (readonly [FolderUse, boolean | undefined])[] = [
    ['junk', skipJunk],
    ['trash', skipTrash],
    ['drafts', skipDrafts],
    ['all', skipAll],
    ['shared', skipShared],
  ];
  const skipUses = given.flatMap(([use, isSkipped]) => (isSkipped === true ? [use] : []));
  return skipUses.length === 0 ? {} : { skipUses };
}

/** With commas between them; `mail` is what people say for `message`. */
export const parseKinds = (text: string): ChoosableKind[] =>
  text.split(',').map((name) => among(choosableKinds, name.trim().replace(/^mail$/, 'message')));

function itemRulesFrom(options: ChoiceOptions, nowMs: number): Partial<Choice> {
  const { kind, onlyMeta, since, until, newerThan, minSize, maxSize, priority } = options;
  const kinds = kind === undefined ? undefined : parseKinds(kind);
  return {
    ...(kinds === undefined ? {} : { kinds }),
    ...(onlyMeta === true ? { kinds: [] } : {}),
    ...(since === undefined ? {} : { fromMs: parseSince(since, nowMs) }),
    ...(until === undefined ? {} : { untilMs: parseSince(until, nowMs) }),
    ...(newerThan === undefined ? {} : { newerThanDays: parseDays(newerThan) }),
    ...(minSize === undefined ? {} : { minBytes: parseSize(minSize) }),
    ...(maxSize === undefined ? {} : { maxBytes: parseSize(maxSize) }),
    ...(priority === undefined ? {} : { priority: placeOf(priority) }),
  };
}

function among<Name extends string>(names: readonly Name[], given: string): Name {
  const found = names.find((name) => name === given);
  if (found === undefined) throw unusable(given, names.join(', '));
  return found;
}

function placeOf(text: string): number {
  if (!/^[1-9]\d{0,2}$/.test(text)) throw unusable(text, '1 to 999');
  return Number(text);
}

const unusable = (given: string, possible: string): StrataError =>
  new StrataError('usage.invalid', 'never', { reason: `“${given}” is none of: ${possible}.` });
