import { useEffect, useState } from 'react';
import type { SourceId } from '../../../shared/domain/ids.ts';
import { type Answers, firstAnswers, type StepKey, stepsFor } from './answers.ts';
import { signsIn } from './what.ts';

/** What was answered in a wizard that was left before its end. Passwords and tokens are no answers, so none is in it. */
export interface Draft {
  readonly answers: Answers;
  readonly step: StepKey;
}

/** Where it is kept: in the window's own storage, on this computer. */
export type DraftShelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

const keyOf = (sourceOnly: boolean): string => `strata.begun.${sourceOnly ? 'source' : 'job'}`;

/** A version that asks other things does not understand these answers. */
const asked = JSON.stringify(firstAnswers);

/** Which folders are left out is chosen in a tree, which is read anew. */
export function keepDraft(shelf: DraftShelf, sourceOnly: boolean, { answers, step }: Draft): void {
  shelf.setItem(keyOf(sourceOnly), JSON.stringify({ asked, answers: { ...answers, leftOut: [] }, step }));
}

export const forgetDraft = (shelf: DraftShelf, sourceOnly: boolean): void => shelf.removeItem(keyOf(sourceOnly));

/** Undefined: nothing was begun, or nothing that can be gone on with. */
export function keptDraft(shelf: DraftShelf, sourceOnly: boolean): Draft | undefined {
  const text = shelf.getItem(keyOf(sourceOnly));
  if (text === null) return undefined;
  try {
    const kept = JSON.parse(text) as Draft & { readonly asked: string };
    if (kept.asked !== asked) return undefined;
    const { when, ...answers } = kept.answers;
    // What was typed is no length, which JSON has no word for.
    const idleMs = when.idleMs ?? Number.NaN;
    return { answers: { ...answers, when: { ...when, idleMs }, leftOut: new Set() }, step: stepToBeginWith(kept, sourceOnly) };
  } catch {
    return undefined; // not what this wizard wrote: it begins anew
  }
}

/** Without what was removed since, at the step that asks for it. */
export function stillThere(
  draft: Draft,
  sources: readonly { readonly id: string }[],
  storages: readonly { readonly id: string }[],
): Draft {
  const { known, storage, alsoTo } = draft.answers;
  const isIn = (all: readonly { readonly id: string }[]) => (id: string) => all.some((one) => one.id === id);
  const answers = {
    ...draft.answers,
    known: known.filter(isIn(sources)),
    storage: storage !== null && isIn(storages)(storage) ? storage : null,
    alsoTo: alsoTo.filter(isIn(storages)),
  };
  const isNoneLeft = answers.what === 'known' && answers.known.length === 0;
  const isWithoutStorage = answers.storage === null && storage !== null;
  return { answers, step: isNoneLeft ? 'what' : isWithoutStorage ? 'where' : draft.step };
}

/** Whoever signs in does so again, before what comes after it. */
function stepToBeginWith({ answers: { what }, step }: Draft, sourceOnly: boolean): StepKey {
  const steps = stepsFor(what, sourceOnly);
  const furthest = signsIn(what) ? steps.indexOf('signIn') : steps.length - 1;
  return steps[Math.min(Math.max(steps.indexOf(step), 0), furthest)] ?? 'what';
}

/** Keeps what is answered until it is let go, on purpose or because it has become a source or a job. */
export function useDraftKeeping(
  sourceOnly: boolean,
  { answers, step }: Draft,
  { added, isBegun }: { readonly added: SourceId | null; readonly isBegun: boolean },
): void {
  const [first] = useState(answers);
  useEffect(() => {
    // What was added is a source like any other: begun once more it would be there twice.
    if (added !== null) forgetDraft(localStorage, sourceOnly);
    else if (answers !== first || isBegun) keepDraft(localStorage, sourceOnly, { answers, step });
  }, [sourceOnly, answers, step, added, first, isBegun]);
}
