import { Button } from '@mantine/core';
import type { ErrorComponentProps } from '@tanstack/react-router';
import { useWords } from '../words/index.ts';
import { CopyButton, EmptyState } from '../widgets/index.ts';
import css from './ask-close.module.css';

/** A bug in a screen takes that screen, never the window. */
export function ScreenCrash({ error, reset }: ErrorComponentProps) {
  const t = useWords();
  return (
    <EmptyState
      title={t('parts.crash.title')}
      meaning={t('parts.crash.meaning')}
      action={
        <div className={css['actions']}>
          <Button variant="filled" onClick={reset}>
            {t('parts.tryAgain')}
          </Button>
          <CopyButton
            text={error instanceof Error ? (error.stack ?? error.message) : String(error)}
            label={t('parts.copyDetails')}
          />
        </div>
      }
    />
  );
}
