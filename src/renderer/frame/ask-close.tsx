import { Button, Checkbox, Modal } from '@mantine/core';
import { useEffect, useState } from 'react';
import { shell } from '../client/index.ts';
import { useWords } from '../words/index.ts';
import css from './ask-close.module.css';

/** The first time the window is closed. Closing the question answers nothing, and the window stays. */
export function AskClose() {
  const t = useWords();
  const [runs, setRuns] = useState<number | null>(null);
  const [remember, setRemember] = useState(true);
  useEffect(() => shell.on('shell.askClose', (notice) => setRuns(notice.runs)), []);
  const answer = (keepRunning: boolean): void => {
    setRuns(null);
    void shell.call('shell.answerClose', { keepRunning, remember });
  };
  return (
    <Modal
      opened={runs !== null}
      onClose={() => setRuns(null)}
      title={t('frame.closing.title')}
      closeButtonProps={{ 'aria-label': t('parts.close') }}
    >
      <div className={css['body']}>
        <p>{t('frame.closing.meaning')}</p>
        {runs !== null && runs > 0 && <p>{t('frame.closing.runs', { count: runs })}</p>}
        <Checkbox
          label={t('frame.closing.remember')}
          checked={remember}
          onChange={(event) => setRemember(event.currentTarget.checked)}
        />
        <div className={css['actions']}>
          <Button onClick={() => answer(false)}>{t('frame.closing.quit')}</Button>
          <Button variant="filled" data-autofocus onClick={() => answer(true)}>
            {t('frame.closing.keep')}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
