import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { shell, tryAgain } from '../client/index.ts';
import { useConnection } from '../state/index.ts';
import { Glyph } from '../widgets/index.ts';
import { useFailureWords, useWords } from '../words/index.ts';
import css from './engine-banner.module.css';

/** An ordinary start or restart is over before this; a banner that flashes by would only frighten. */
const patienceMs = 1500;

export function EngineBanner() {
  const t = useWords();
  const say = useFailureWords();
  const state = useConnection(({ engine }) => engine);
  const failure = useConnection((connection) => connection.failure);
  const [patient, setPatient] = useState(true);
  useEffect(() => {
    setPatient(true);
    const timer = setTimeout(() => setPatient(false), patienceMs);
    return () => clearTimeout(timer);
  }, [state]);
  if (state === 'ready' || (patient && state !== 'failed')) return null;
  return (
    <div className={css['banner']} data-state={state} role="alert">
      <Glyph name={state === 'failed' ? 'failed' : 'waiting'} />
      <span>
        {t(`frame.engine.${state}`)} {failure && say(failure)}
      </span>
      {state === 'failed' && (
        <>
          <Button size="sm" onClick={tryAgain}>
            {t('parts.tryAgain')}
          </Button>
          <Button size="sm" onClick={() => void shell.call('shell.quit', {})}>
            {t('frame.engine.quit')}
          </Button>
        </>
      )}
    </div>
  );
}
