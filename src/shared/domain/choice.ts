import type { SourceId } from './ids.ts';
import type { PresetName } from './file-presets.ts';
import type { ItemKind } from './item.ts';

/** Folders that a source says are for something (RFC 6154); what a name suggests is never believed. */
export const folderUses = ['junk', 'trash', 'drafts', 'all', 'shared'] as const;
/** `all`: holds what lies in other folders, too. `shared`: belongs to others, or to everybody. */
export type FolderUse = (typeof folderUses)[number];

/** Kinds of item that can be chosen; folders are always kept, because what is chosen lies in them. */
export const choosableKinds = ['message', 'event', 'task', 'contact', 'note', 'file'] as const satisfies readonly ItemKind[];
export type ChoosableKind = (typeof choosableKinds)[number];

export interface FolderRule {
  /** Names from the top joined by `/`, with `*`, `?` (in one name) and `**` (any number of folders); `!` in front takes back. */
  readonly path: string;
  readonly subfolders: boolean;
}

/** `keep`: for good. `let-go`: as a source that no job saves any more, once the rules of retention let that go. */
export const leftOutFates = ['keep', 'let-go'] as const;
export type LeftOutFate = (typeof leftOutFates)[number];

/** What a job takes of one of its sources. */
export interface Choice {
  /** Nothing else than these folders; empty: all. The last rule that fits decides, here and in `skip`. */
  readonly only: readonly FolderRule[];
  readonly skip: readonly FolderRule[];
  readonly skipUses: readonly FolderUse[];
  /** Null: all kinds. Empty: no items, but folders with their properties and an account's own settings. */
  readonly kinds: readonly ChoosableKind[] | null;
  /** By the item's own time: begin inclusive, end exclusive. */
  readonly fromMs: number | null;
  readonly untilMs: number | null;
  /** Not older than so many whole days (UTC). */
  readonly newerThanDays: number | null;
  readonly minBytes: number | null;
  readonly maxBytes: number | null;
  /** Of files: .gitignore patterns. Where there are any of `include`, nothing else is taken. */
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly presets: readonly PresetName[];
  /** Of files: a folder that holds one of these is kept empty. */
  readonly markers: readonly string[];
  readonly oneFileSystem: boolean;
  /** 1 comes first; of equal ones the largest. */
  readonly priority: number;
  /** What becomes of what was saved and is not taken any more. */
  readonly leftOut: LeftOutFate;
}

export const everything: Choice = {
  only: [],
  skip: [],
  skipUses: [],
  kinds: null,
  fromMs: null,
  untilMs: null,
  newerThanDays: null,
  minBytes: null,
  maxBytes: null,
  include: [],
  exclude: [],
  presets: [],
  markers: [],
  oneFileSystem: false,
  priority: 1,
  leftOut: 'keep',
};

/** What decides whether something is chosen, and nothing else. Equal texts: the same is chosen. */
export function choiceText({ priority: _priority, leftOut: _leftOut, ...rules }: Choice): string {
  return JSON.stringify(Object.entries(rules).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The same is chosen, and the same becomes of the rest. */
export const isSameChoice = (one: Choice, other: Choice): boolean =>
  choiceText(one) === choiceText(other) && one.leftOut === other.leftOut;

export const takesEverything = (choice: Choice): boolean => choiceText(choice) === choiceText(everything);

/** One for each source of a job of which it does not take everything. */
export interface ChosenSource {
  readonly source: SourceId;
  readonly choice: Choice;
}

export const choiceOf = (choices: readonly { readonly source: string; readonly choice: Choice }[], source: string): Choice =>
  choices.find((one) => one.source === source)?.choice ?? everything;
