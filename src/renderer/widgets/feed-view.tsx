import type { ReactNode } from 'react';
import type { Failure } from '../../shared/domain/strata-error.ts';
import { useWords } from '../words/index.ts';
import { FailureNote } from './note.tsx';
import { Waiting } from './waiting.tsx';

interface Props<Value> {
  readonly feed: { readonly value: Value | null; readonly failure: Failure | null; refresh(): Promise<void> };
  /** What is waited for, named after two seconds. */
  readonly what?: string;
  readonly rows?: number;
  readonly children: (value: Value) => ReactNode;
}

/** Something of the engine's in its three states: not there yet, not to be had, there (and perhaps out of date). */
export function FeedView<Value>({ feed, what, rows, children }: Props<Value>) {
  const t = useWords();
  const { value, failure, refresh } = feed;
  return (
    <>
      {failure && <FailureNote failure={failure} title={t('parts.broken')} retry={() => void refresh()} />}
      {value !== null
        ? children(value)
        : !failure && <Waiting {...(what === undefined ? {} : { what })} {...(rows === undefined ? {} : { rows })} />}
    </>
  );
}
