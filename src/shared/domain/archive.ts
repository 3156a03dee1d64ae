import { type ChoosableKind, choosableKinds } from './choice.ts';
import type { SourceId } from './ids.ts';
import type { Manifest } from './item.ts';

/** What an archive takes of its storage. */
export interface ArchiveChoice {
  /** Null: all of them, and those to come. */
  readonly sources: readonly SourceId[] | null;
  /** Null: all kinds. Folders and an account's own settings are always taken. */
  readonly kinds: readonly ChoosableKind[] | null;
}

export const wholeArchive: ArchiveChoice = { sources: null, kinds: null };

export const takesWhole = ({ sources, kinds }: ArchiveChoice): boolean => sources === null && kinds === null;

/** In one order, whatever the order in which somebody chose. */
export const tidied = ({ sources, kinds }: ArchiveChoice): ArchiveChoice => ({
  sources: sources === null ? null : [...new Set(sources)].sort(),
  kinds: kinds === null ? null : choosableKinds.filter((kind) => kinds.includes(kind)),
});

/** Equal texts: the same is taken. */
export const archiveText = (choice: ArchiveChoice = wholeArchive): string => {
  const { sources, kinds } = tidied(choice);
  return JSON.stringify([sources, kinds]);
};

export const takesSource = ({ sources }: ArchiveChoice, source: SourceId): boolean =>
  sources === null || sources.includes(source);

export function takesItem(choice: ArchiveChoice, { source, kind }: Pick<Manifest, 'source' | 'kind'>): boolean {
  if (!takesSource(choice, source)) return false;
  const { kinds } = choice;
  return kinds === null || !choosableKinds.some((one) => one === kind) || kinds.some((one) => one === kind);
}
