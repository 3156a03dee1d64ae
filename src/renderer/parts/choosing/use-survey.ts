import { useEffect, useRef, useState } from 'react';
import type { CallInput, CallOutput } from '../../../shared/contract/calls.ts';
import type { SurveyId } from '../../../shared/domain/ids.ts';
import type { Survey, SurveyedFolder } from '../../../shared/domain/survey.ts';
import { type Failure, failureOf } from '../../../shared/domain/strata-error.ts';
import { engine } from '../../client/index.ts';

export type SurveyRequest = CallInput<'survey.begin'>['sources'];

interface Held {
  readonly id: SurveyId | null;
  readonly survey: Survey | null;
  readonly failure: Failure | null;
}

/** Somebody who clicks again within this time was not done choosing. */
const settleMs = 500;
const askEveryMs = 400;
const nothing: Held = { id: null, survey: null, failure: null };

/**
 * Looks at sources whenever `question` changes, once it has settled, and stops looking when it changes again. The answer to the question
 * before stays until there is one to this.
 * @param question says what is asked without any secret; null asks nothing.
 */
export function useSurvey(question: string | null, request: SurveyRequest) {
  const [held, setHeld] = useState<Held>(nothing);
  const [asked, setAsked] = useState<string | null>(null);
  const [round, setRound] = useState(0);
  const latest = useRef(request);
  latest.current = request;

  useEffect(() => {
    if (question === null) return undefined;
    let id: SurveyId | null = null;
    let isOver = false;
    const look = async (): Promise<void> => {
      ({ id } = await engine.call('survey.begin', { sources: latest.current }));
      for (
        let survey: CallOutput<'survey.show'> | null = null;
        !isOver && survey?.state !== 'done' && survey?.state !== 'stopped';
      ) {
        survey = await engine.call('survey.show', { id });
        if (isOver) break;
        setHeld({ id, survey, failure: null });
        setAsked(question);
        if (survey.state === 'going') await new Promise((resolve) => setTimeout(resolve, askEveryMs));
      }
    };
    const timer = setTimeout(() => {
      look().catch((error: unknown) => {
        if (!isOver) setHeld((former) => ({ ...former, failure: failureOf(error) }));
      });
    }, settleMs);
    return () => {
      isOver = true;
      clearTimeout(timer);
      // One that has ended, or that a newer one has taken the place of, needs no stopping.
      if (id !== null) engine.call('survey.stop', { id }).catch(() => undefined);
    };
  }, [question, round]);

  const { id } = held;
  return {
    ...held,
    /** What is shown is not, or not yet all of, the answer to what is asked now. */
    isStale: held.failure === null && question !== null && asked !== question,
    isGoing: held.survey?.state === 'going',
    stop: () => {
      // It may just have ended.
      if (id !== null) engine.call('survey.stop', { id }).catch(() => undefined);
    },
    again: () => setRound((former) => former + 1),
  };
}
export type SurveyState = ReturnType<typeof useSurvey>;

export interface SurveyRows {
  /** The survey whose places the rows tell. */
  readonly id: SurveyId;
  readonly rows: readonly SurveyedFolder[];
}

const mostRows = 1000;

/** The folders directly below one; those of the survey before, until there are some of this. */
export function useSurveyRows(id: SurveyId | null, source: number, below: number, version: number): SurveyRows | null {
  const [held, setHeld] = useState<SurveyRows | null>(null);
  useEffect(() => {
    if (id === null) return undefined;
    let isOver = false;
    engine.call('survey.folders', { id, source, below, after: -1, limit: mostRows }).then(
      (rows) => {
        if (!isOver) setHeld((former) => (rows.length === 0 && former !== null ? former : { id, rows }));
      },
      // A newer survey has taken its place: its rows come next.
      () => undefined,
    );
    return () => {
      isOver = true;
    };
  }, [id, source, below, version]);
  return held;
}

/** All folders, parents before children; only for accounts, whose folders are few. */
export async function allFolders(id: SurveyId, source: number): Promise<readonly SurveyedFolder[]> {
  const folders: SurveyedFolder[] = [];
  for (;;) {
    const page = await engine.call('survey.folders', { id, source, after: folders.length - 1, limit: mostRows });
    folders.push(...page);
    if (page.length < mostRows) return folders;
  }
}
