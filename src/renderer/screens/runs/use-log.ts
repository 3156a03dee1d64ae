import { useEffect, useState } from 'react';
import type { RunId } from '../../../shared/domain/ids.ts';
import { type Failure, failureOf } from '../../../shared/domain/strata-error.ts';
import { engine } from '../../client/index.ts';
import type { LogLine } from '../../state/index.ts';

/** The contract's most at once. */
const atOnce = 5000;
/** A log of a run that goes on is read again this often; it is not announced. */
const everyMs = 1000;
/** More than this no window should hold; the oldest lines go. */
const mostLines = 50_000;

/** The whole log of a run, and what is added to it while it goes on. */
export function useLog(
  id: RunId,
  running: boolean,
): { readonly lines: readonly LogLine[] | null; readonly failure: Failure | null } {
  const [lines, setLines] = useState<readonly LogLine[] | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  useEffect(() => {
    let current = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let known: LogLine[] = [];
    const read = async (): Promise<void> => {
      try {
        for (let more = true; more && current; ) {
          const fresh = await engine.call('run.log', { id, after: known.at(-1)?.line ?? 0, limit: atOnce });
          if (fresh.length > 0) known = [...known, ...fresh].slice(-mostLines);
          more = fresh.length === atOnce;
        }
        if (!current) return;
        setFailure(null);
        setLines((shown) => (shown?.at(-1)?.line === known.at(-1)?.line && shown ? shown : known));
      } catch (error) {
        if (current) setFailure(failureOf(error));
      }
      if (current && running) timer = setTimeout(() => void read(), everyMs);
    };
    void read(); // keeps its failure
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [id, running]);
  return { lines, failure };
}
