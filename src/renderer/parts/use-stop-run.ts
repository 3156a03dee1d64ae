import { useState } from 'react';
import type { RunId } from '../../shared/domain/ids.ts';
import { engine } from '../client/index.ts';
import { tellFailure } from '../state/index.ts';
import { useWords } from '../words/index.ts';

interface StopRun {
  /** After the current item was asked for; only "now" is left to ask. */
  readonly asked: boolean;
  stop(how: 'after-item' | 'now'): void;
}

/** What was committed is kept either way, so stopping needs no question. */
export function useStopRun(id: RunId): StopRun {
  const t = useWords();
  const [asked, setAsked] = useState(false);
  return {
    asked,
    stop(how) {
      setAsked(true);
      void tellFailure(t('home.live.stopAfterItem'), () => engine.call('run.stop', { id, how }));
    },
  };
}
