import { useCallback, useEffect, useRef, useState } from 'react';
import { type Failure, failureOf } from '../../shared/domain/strata-error.ts';
import { useConnection } from './connection.ts';

export interface Answer<Value> {
  /** Of the question that stands, or, while `pending`, of the one before where `keep` was asked for. */
  readonly value: Value | null;
  readonly failure: Failure | null;
  readonly pending: boolean;
  refresh(): Promise<void>;
}

interface Held<Value> {
  readonly question: string | null;
  readonly value: Value | null;
  readonly failure: Failure | null;
}

/**
 * One question to the engine, asked anew when it changes, when a run has ended, and when an engine was started again.
 * An answer to a question that no longer stands is dropped. A null question asks nothing.
 */
export function useAnswer<Value>(question: string | null, ask: () => Promise<Value>, keep = false): Answer<Value> {
  const epoch = useConnection((connection) => connection.epoch);
  const [held, setHeld] = useState<Held<Value>>({ question: null, value: null, failure: null });
  const [pending, setPending] = useState(false);
  const asking = useRef(ask);
  asking.current = ask;
  const latest = useRef(0);

  const refresh = useCallback(async (): Promise<void> => {
    latest.current += 1;
    const mine = latest.current;
    if (question === null) {
      setHeld({ question: null, value: null, failure: null });
      setPending(false);
      return;
    }
    setPending(true);
    try {
      const value = await asking.current();
      if (latest.current === mine) setHeld({ question, value, failure: null });
    } catch (error) {
      if (latest.current === mine)
        setHeld((former) => ({ question, value: former.question === question ? former.value : null, failure: failureOf(error) }));
    }
    if (latest.current === mine) setPending(false);
  }, [question]);

  useEffect(() => {
    void refresh(); // never rejects: the answer keeps its failure
    return () => {
      latest.current += 1;
    };
  }, [refresh, epoch]);

  const current = held.question === question;
  return {
    value: current || keep ? held.value : null,
    failure: current ? held.failure : null,
    pending: pending || !current,
    refresh,
  };
}
