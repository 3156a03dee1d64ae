import { useState } from 'react';
import type { CallOutput } from '../../../shared/contract/calls.ts';
import type { RunId, SourceId, StorageId } from '../../../shared/domain/ids.ts';
import type { SourceKind } from '../../../shared/domain/source-settings.ts';
import { noWayBack } from '../../../shared/domain/way-back.ts';
import { engine, shell } from '../../client/index.ts';
import { isLockedOut } from '../../parts/locked-out.ts';
import { localDateTime } from '../../parts/local-date-time.ts';
import { type FolderRow, type RestoreSelection, useAnswer, useAttempt, useSources, useStorages } from '../../state/index.ts';
import { useWords } from '../../words/index.ts';
import { signsIn } from './signs-in.ts';
import {
  type Answers,
  canEmptyFirst,
  type Kinds,
  requestOf,
  selectionOf,
  type StepKey,
  steps,
  targetsFor,
} from './restore-answers.ts';

/** As the storage remembers it. */
export interface SavedSource
  extends Pick<CallOutput<'source.saved'>[number], 'id' | 'name' | 'settings' | 'items' | 'bytes' | 'newestMs'> {
  readonly kind: SourceKind;
}

/** The answers, what the storage says to them, the dry run, and the restore itself. */
export function useRestoreWizard(selection: RestoreSelection | null, given: StorageId | null) {
  const t = useWords();
  const storages = useStorages((feed) => feed.value);
  const [answers, setAnswers] = useState<Answers>(() => ({
    storage: selection?.storage ?? given,
    scope: selection === null ? 'everything' : 'selection',
    sources: [],
    asOf: selection?.asOf ?? { kind: 'now' },
    momentMs: null,
    target: selection?.target ?? 'original',
    path: '',
    source: null,
    matches: {},
    folder: '',
    ownFolder: null,
    rootName: t('restoreWizard.where.rootName', { date: localDateTime(Date.now()).slice(0, 10) }),
    conflict: 'skip',
    without: [],
    verify: false,
  }));
  const [step, setStep] = useState<StepKey>('what');
  const [reached, setReached] = useState(0);
  const [dryRun, setDryRun] = useState<RunId | null>(null);
  const [run, setRun] = useState<RunId | null>(null);
  const { busy, failure, attempt, forget } = useAttempt();

  // The only storage there is needs no choosing.
  const storage = storages?.find(({ id }) => id === (answers.storage ?? (storages.length === 1 ? storages[0]?.id : null)));
  const placed: Answers = { ...answers, storage: storage?.id ?? null };
  const opened = storage !== undefined && storage.state !== 'locked' ? storage.id : null;
  const tree = useAnswer(opened === null ? null : `restore tree ${opened}`, () =>
    engine.call('browse.tree', { storage: opened as StorageId, at: null }),
  );
  const saved = useAnswer(opened === null ? null : `restore sources ${opened}`, () =>
    engine.call('source.saved', { storage: opened as StorageId }),
  );
  const sources = (saved.value ?? []).map((source): SavedSource => ({ ...source, kind: source.settings.kind }));
  const concerned = useConcerned(placed, selection, sources, tree.value ?? []);
  const kinds: Kinds = concerned.length === 0 ? null : new Set(concerned.map(({ kind }) => kind));
  // What cannot take the items is not offered, so it cannot be what is meant.
  const obstacle = concerned.map((one) => noWayBack(one, shell.platform)).find((one) => one !== undefined);
  const targets = targetsFor(kinds, concerned.length > 1, obstacle === undefined);
  const target = targets.find((one) => one === placed.target) ?? 'directory';
  const aimed: Answers = { ...placed, target };
  const canEmpty = canEmptyFirst(aimed, kinds, concerned.length);
  const filled: Answers = { ...aimed, conflict: aimed.conflict === 'empty-first' && !canEmpty ? 'skip' : aimed.conflict };
  const known = useSources((feed) => feed.value) ?? [];
  const unknown = target === 'original' ? concerned.filter((one) => signsIn(one) && !known.some(({ id }) => id === one.id)) : [];
  const writtenTo = writtenToBy(filled, concerned);
  const asked = { storage: opened, selection: selectionOf(filled, selection), asOf: filled.asOf };
  const isNothing = filled.scope === 'sources' && filled.sources.length === 0;
  const measured = useAnswer(opened === null || isNothing ? null : `measure ${JSON.stringify(asked)}`, () =>
    engine.call('restore.measure', { ...asked, storage: opened as StorageId }),
  );

  const start = async (isDry: boolean, confirm?: string): Promise<void> => {
    const request = requestOf(filled, selection, kinds, isDry, confirm);
    if (request === null) return;
    const started = await attempt(() => engine.call('restore.start', request));
    if (started === undefined) return;
    if (isDry) setDryRun(started.run);
    else setRun(started.run);
  };

  const goTo = (key: StepKey): void => {
    if (run !== null) return; // what was begun cannot be answered differently any more
    forget();
    setStep(key);
    setReached((former) => Math.max(former, steps.indexOf(key)));
    if (key === 'run' && dryRun === null) void start(true);
  };

  return {
    answers: filled,
    selection,
    storages,
    storage,
    tree,
    saved,
    sources,
    concerned,
    kinds,
    targets,
    /** Why nothing can go back to where it came from. */
    obstacle,
    canEmpty,
    /** Of those that would be written to: what this computer does not know, and what does not let it in. */
    unknown,
    lockedOut: known.filter((source) => isLockedOut(source) && writtenTo.includes(source.id)),
    measured,
    step,
    reached,
    goTo,
    dryRun,
    run,
    busy,
    failure,
    /** Another answer makes the dry run one of something else. */
    change(changed: Partial<Answers>): void {
      setAnswers({ ...filled, ...changed });
      setDryRun(null);
      forget();
    },
    check: () => start(true),
    /** @param confirm the name of what is emptied first, as it was typed. */
    restore: (confirm?: string) => start(false, confirm),
  };
}
export type RestoreWizardState = ReturnType<typeof useRestoreWizard>;

/** The sources of this computer that the items would go to. */
function writtenToBy({ target, source, matches }: Answers, concerned: readonly SavedSource[]): readonly SourceId[] {
  if (target === 'original') return concerned.map(({ id }) => id);
  if (target === 'source') return source === null ? [] : [source];
  return target === 'matched' ? concerned.flatMap(({ id }) => matches[id] ?? []) : [];
}

/** The sources of what is chosen; none while nobody knows. Items that Browse hands over lie in one folder, so the first one tells. */
function useConcerned(
  { storage, scope, sources: chosen }: Answers,
  selection: RestoreSelection | null,
  sources: readonly SavedSource[],
  folders: readonly FolderRow[],
): readonly SavedSource[] {
  const first = scope === 'selection' ? (selection?.items[0] ?? null) : null;
  const folder = folders.find(({ item }) => item === first);
  const asksItem = storage !== null && first !== null && folders.length > 0 && folder === undefined;
  const item = useAnswer(asksItem ? `restore item ${first}` : null, () =>
    engine.call('browse.item', {
      storage: storage as NonNullable<typeof storage>,
      item: first as NonNullable<typeof first>,
      version: selection?.asOf.kind === 'version' ? selection.asOf.version : null,
      at: selection?.asOf.kind === 'time' ? selection.asOf.atMs : null,
    }),
  );
  if (first !== null) return sources.filter(({ id }) => id === (folder?.source ?? item.value?.source));
  const ids = scope === 'sources' ? chosen : scope === 'selection' ? (selection?.sources ?? []) : [];
  return scope === 'sources' || ids.length > 0 ? sources.filter(({ id }) => ids.includes(id)) : sources;
}
