import { useState } from 'react';
import type { CallOutput } from '../../../shared/contract/calls.ts';
import type { ChoosableKind } from '../../../shared/domain/choice.ts';
import type { SourceId, StorageId } from '../../../shared/domain/ids.ts';
import type { Retention } from '../../../shared/domain/retention.ts';
import { engine } from '../../client/index.ts';
import { scheduleOf, usualWhen, type When } from '../../parts/schedule/when.ts';
import { type StorageSummary, useAnswer, useStorages } from '../../state/index.ts';
import { useWords } from '../../words/index.ts';

export type SavedSource = CallOutput<'source.saved'>[number];

/** What is chosen is kept while another answer stands, so that going back and forth loses nothing. */
export interface ArchiveAnswers {
  readonly takes: { readonly sources: 'all' | 'some'; readonly kinds: 'all' | 'some' };
  readonly sources: readonly SourceId[];
  readonly kinds: readonly ChoosableKind[];
  readonly way: 'hand' | 'times';
  readonly when: When;
  readonly retention: Retention | null;
  readonly isElsewhere: boolean;
}

/** The first of each month at noon, where nothing was chosen yet. */
const monthly: When = { ...usualWhen, mode: 'times', rules: [{ days: { every: 'month', days: [1] }, minutes: [720] }] };
const usual: ArchiveAnswers = {
  takes: { sources: 'all', kinds: 'all' },
  ...{ sources: [], kinds: [], way: 'hand', when: monthly, retention: null, isElsewhere: false },
};

/** What a new storage is asked besides where it is to be an archive of another one; undefined: it is not. */
export function useArchive(origin: string | undefined) {
  const t = useWords();
  const storages = useStorages((feed) => feed.value) ?? [];
  const storage = storages.find(({ id }) => id === origin);
  const saved = useAnswer(storage?.state === 'open' ? `saved ${storage.id}` : null, () =>
    engine.call('source.saved', { storage: storage?.id as StorageId }),
  );
  const [answers, setAnswers] = useState(usual);
  if (storage === undefined) return undefined;
  const wanted = t('archives.wizard.defaultName', { origin: storage.name });
  return {
    storage,
    saved,
    answers,
    defaultName: freeName(wanted, storages),
    change: (part: Partial<ArchiveAnswers>): void => setAnswers((before) => ({ ...before, ...part })),
    setUp: (made: StorageId): Promise<true> => setUp(storage.id, made, answers),
  };
}
export type ArchiveState = NonNullable<ReturnType<typeof useArchive>>;

function freeName(wanted: string, storages: readonly StorageSummary[]): string {
  const taken = new Set(storages.map(({ name }) => name.toLowerCase()));
  let name = wanted;
  for (let number = 2; taken.has(name.toLowerCase()); number += 1) name = `${wanted} ${number}`;
  return name;
}

/** Each step can be done again: whoever tries once more after a failure ends with the same archive. */
async function setUp(origin: StorageId, mirror: StorageId, answers: ArchiveAnswers): Promise<true> {
  const { takes, retention, isElsewhere, way, when } = answers;
  const archive = {
    sources: takes.sources === 'all' ? null : answers.sources,
    kinds: takes.kinds === 'all' ? null : answers.kinds,
  };
  await engine.call('mirror.add', { origin, mirror, adds: true, archive });
  await engine.call('mirror.change', { mirror, retention, isElsewhere });
  const schedule = way === 'times' ? scheduleOf(when) : null;
  if (schedule?.mode === 'times') {
    const times = { schedule, zone: when.zone, depth: 'quick', percent: 100 } as const;
    await engine.call('upkeep.set', { storage: mirror, kind: 'mirror', times });
  }
  return true;
}

/** Inside the storage it would be lost with it; around it, too. */
export function isInside(path: string, storage: StorageSummary): boolean {
  const [one, other] = [path, storage.path].map((place) => `${place.replaceAll('\\', '/').replace(/\/+$/, '')}/`);
  return one !== undefined && other !== undefined && (one.startsWith(other) || other.startsWith(one));
}
