import { useState } from 'react';
import { type Failure, failureOf } from '../../shared/domain/strata-error.ts';

/** Work that a form asks for: one at a time, and what went wrong stays beside the form until it is tried again. */
export function useAttempt() {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const attempt = async <Value>(work: () => Promise<Value>): Promise<Value | undefined> => {
    setBusy(true);
    setFailure(null);
    try {
      return await work();
    } catch (error) {
      setFailure(failureOf(error));
      return undefined;
    } finally {
      setBusy(false);
    }
  };
  return { busy, failure, attempt, forget: () => setFailure(null) };
}
