import { type FolderUse, folderUses } from './choice.ts';
import type { SourceId } from './ids.ts';
import type { SourceKind } from './source-settings.ts';
import type { Failure } from './strata-error.ts';

/**
 * What leaves something out before it is judged: patterns of files, what a person does not want looked into, the source's own settings.
 * `mounted`: another disk. `storage`: one of our own.
 */
export const leavingRules = ['pattern', 'not-included', 'marker', 'mounted', 'storage', 'source'] as const;
export interface LeftOut {
  readonly rule: (typeof leavingRules)[number];
  /** The pattern or the marker. */
  readonly text: string | null;
}

/** Why an item is not taken. `not-among`: folders were named, and its own is none of them. */
export const skipRules = [
  'folder',
  'not-among',
  ...folderUses,
  'kind',
  'larger',
  'smaller',
  'before',
  'after',
  'age',
  ...leavingRules,
] as const;
export type SkipRule = (typeof skipRules)[number];

export interface Amount {
  readonly items: number;
  readonly bytes: number;
}

export interface Skipped extends Amount {
  readonly rule: SkipRule;
  /** The folder rule, the pattern or the marker that decided. */
  readonly text: string | null;
}

/** What a choice makes of some items, as far as it can be said without reading them. */
export interface SurveyTally {
  readonly taken: Amount;
  readonly skipped: readonly Skipped[];
  /** Of those that are taken, whose size nobody tells: the bytes are at least these. */
  readonly unsized: number;
  /** Of those that are taken, whose time nobody tells although a period or an age was chosen. */
  readonly untimed: number;
  /** Folders that could not be listed. */
  readonly unreadable: number;
  /** Folders that nobody looks into, so that nobody knows what is in them. */
  readonly unknown: number;
}

export interface SurveyedFolder {
  /** Its place in the walk, parents before children. */
  readonly index: number;
  readonly parent: number | null;
  readonly key: string;
  readonly name: string;
  /** Names from the top joined by `/`. */
  readonly path: string;
  readonly uses: readonly FolderUse[];
  /** `passed`: nothing in it, but something below it may be taken. */
  readonly verdict: 'taken' | 'passed' | 'skipped';
  /** What decided against it. */
  readonly by: { readonly rule: SkipRule; readonly text: string | null } | null;
  readonly failure: Failure | null;
  /** Directly in it, and with all below it. */
  readonly own: SurveyTally;
  readonly whole: SurveyTally;
  readonly hasFolders: boolean;
  /** Folders below it that have no row of their own, because there are too many: their items are counted in it. */
  readonly folded: number;
}

export interface SurveyedSource {
  readonly source: SourceId | null;
  readonly name: string;
  readonly kind: SourceKind;
  readonly state: 'waiting' | 'going' | 'done' | 'failed' | 'stopped';
  readonly failure: Failure | null;
  readonly folders: number;
  readonly whole: SurveyTally;
  /** Folder rules and patterns that fit nothing; known at the end. */
  readonly idle: readonly string[];
}

/** What the choices of some sources would take, counted without reading items and without writing anything. */
export interface Survey {
  readonly state: 'going' | 'done' | 'stopped';
  readonly startedAtMs: number;
  readonly endedAtMs: number | null;
  /** What is being looked at, as a person knows it. */
  readonly current: string;
  readonly sources: readonly SurveyedSource[];
}

export const skippedOf = ({ skipped }: Pick<SurveyTally, 'skipped'>): Amount =>
  skipped.reduce<Amount>((sum, { items, bytes }) => ({ items: sum.items + items, bytes: sum.bytes + bytes }), {
    items: 0,
    bytes: 0,
  });
