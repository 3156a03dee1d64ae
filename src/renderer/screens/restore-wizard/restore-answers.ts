import type { CallInput } from '../../../shared/contract/calls.ts';
import type { SourceId, StorageId } from '../../../shared/domain/ids.ts';
import { canReadBack, type RestorePart } from '../../../shared/domain/restore-parts.ts';
import { localKinds, type SourceKind } from '../../../shared/domain/source-settings.ts';
import type { RestoreSelection } from '../../state/index.ts';

export type RestoreRequest = CallInput<'restore.start'>;
export type AsOf = RestoreSelection['asOf'];
export type TargetKind = RestoreRequest['target']['kind'];
export type StepKey = 'what' | 'asOf' | 'where' | 'how' | 'run';
export const steps: readonly StepKey[] = ['what', 'asOf', 'where', 'how', 'run'];

export interface Answers {
  readonly storage: StorageId | null;
  /** `selection`: what Browse handed over. */
  readonly scope: 'selection' | 'everything' | 'sources';
  readonly sources: readonly SourceId[];
  readonly asOf: AsOf;
  /** When the run of `asOf` kept its moment; null where it was not chosen from the list. */
  readonly momentMs: number | null;
  readonly target: TargetKind;
  /** Of a directory, an EML tree, mbox files, or a pocket archive. */
  readonly path: string;
  readonly source: SourceId | null;
  /** Which account each source goes to, by the source's id. */
  readonly matches: Readonly<Record<string, SourceId>>;
  /** Below which folder of that source; empty: its folders as they were. */
  readonly folder: string;
  /** Null: what is usual for the target. */
  readonly ownFolder: boolean | null;
  readonly rootName: string;
  readonly conflict: RestoreRequest['conflict'];
  readonly without: readonly RestorePart[];
  /** Whether everything is read back afterwards. */
  readonly verify: boolean;
}

/** The kinds of sources that are concerned; null while nobody knows. */
export type Kinds = ReadonlySet<SourceKind> | null;

const mailKinds = ['imap', 'jmap', 'maildir', ...localKinds] as const;
const hasMail = (kinds: Kinds): boolean => kinds === null || mailKinds.some((kind) => kinds.has(kind));
const hasFiles = (kinds: Kinds): boolean => kinds === null || kinds.has('files');

const writable: readonly SourceKind[] = ['imap', 'maildir', 'caldav', 'carddav'];
const isMail = (kind: SourceKind): boolean => (mailKinds as readonly SourceKind[]).includes(kind);

/** Whether what came from the one kind of source can go into the other: mail into mail, calendars into calendars. */
export const takes = (to: SourceKind, from: SourceKind): boolean =>
  writable.includes(to) && (to === from || (isMail(to) && isMail(from)));

/** Only what can take the items: files have no place in a mailbox. @param several Sources are concerned. @param goesBack Nothing is in the way. */
export const targetsFor = (kinds: Kinds, several = false, goesBack = true): readonly TargetKind[] => [
  ...(goesBack ? (['original'] as const) : []),
  ...(kinds === null || [...kinds].some((kind) => kind !== 'files') ? (['source'] as const) : []),
  ...(several && kinds !== null && !kinds.has('files') ? (['matched'] as const) : []),
  ...(hasMail(kinds) ? (['eml', 'mbox'] as const) : []),
  'directory',
  'pocket',
];

/** Files go back to their absolute paths; a folder above those would be one at the root of the disk. */
export const canHaveOwnFolder = (target: TargetKind, kinds: Kinds): boolean => target !== 'original' || !hasFiles(kinds);

/** What comes back into a mailbox should not be scattered among what is there. What vanished belongs where it was. */
export function hasOwnFolder({ ownFolder, target, asOf }: Pick<Answers, 'ownFolder' | 'target' | 'asOf'>, kinds: Kinds): boolean {
  const isUsual = (target === 'original' && asOf.kind !== 'vanished') || target === 'source' || target === 'matched';
  return canHaveOwnFolder(target, kinds) && (ownFolder ?? isUsual);
}

/** Whole folders of one source, that go to where a source has them. The engine says it of single items, and of what is not saved. */
export const canEmptyFirst = (answers: Answers, kinds: Kinds, sources: number): boolean =>
  sources === 1 &&
  answers.without.length === 0 &&
  (answers.target === 'original' || answers.target === 'source') &&
  answers.asOf.kind !== 'version' &&
  answers.asOf.kind !== 'vanished' &&
  !hasOwnFolder(answers, kinds);

export const needsPath = (target: TargetKind): target is 'directory' | 'eml' | 'mbox' | 'pocket' =>
  target === 'directory' || target === 'eml' || target === 'mbox' || target === 'pocket';

/** A name is one level: no separator of any system. */
export const isRootName = (name: string): boolean => name.trim() !== '' && !/[/\\]/.test(name);

function targetOf(answers: Answers): RestoreRequest['target'] | null {
  const { target, path, source, folder, matches } = answers;
  if (needsPath(target)) return path.trim() === '' ? null : { kind: target, path: path.trim() };
  if (target === 'original') return { kind: target };
  if (target === 'matched') {
    const pairs = Object.entries(matches).map(([from, to]) => ({ from: from as SourceId, to, folder: null }));
    return pairs.length === 0 ? null : { kind: target, matches: pairs };
  }
  return source === null ? null : { kind: target, source, folder: folder.trim() === '' ? null : folder.trim() };
}

export function selectionOf({ scope, sources }: Answers, selection: RestoreSelection | null): RestoreRequest['selection'] {
  if (scope === 'selection' && selection !== null)
    return { items: [...selection.items], sources: [...selection.sources], recursive: true };
  return { items: [], sources: scope === 'sources' ? [...sources] : [], recursive: true };
}

/** Afterwards, where that can be done. */
export const reads = ({ verify, target }: Answers): boolean => verify && canReadBack(target);

/** Null while an answer is missing. */
export function requestOf(
  answers: Answers,
  selection: RestoreSelection | null,
  kinds: Kinds,
  dryRun: boolean,
  confirm?: string,
): RestoreRequest | null {
  const target = targetOf(answers);
  if (answers.storage === null || target === null) return null;
  // Nothing chosen would mean everything.
  if (answers.scope === 'sources' && answers.sources.length === 0) return null;
  const ownFolder = hasOwnFolder(answers, kinds);
  if (ownFolder && !isRootName(answers.rootName)) return null;
  return {
    storage: answers.storage,
    selection: selectionOf(answers, selection),
    asOf: answers.asOf,
    target,
    restoreRoot: ownFolder ? answers.rootName.trim() : null,
    conflict: answers.conflict,
    tag: null,
    dryRun,
    verify: reads(answers),
    ...(answers.without.length > 0 && { without: answers.without }),
    ...(confirm === undefined ? {} : { confirm }),
  };
}
