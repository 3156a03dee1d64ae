import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useWords } from '../words/index.ts';
import css from './save-bar.module.css';

interface Props {
  /** "2 unsaved changes". */
  readonly title: string;
  /** Which, and what they cost. */
  readonly meaning: string;
  readonly saveLabel: string;
  readonly busy: boolean;
  readonly disabled?: boolean;
  readonly onDiscard: () => void;
  readonly onSave: () => void;
  /** Line by line, what was and what becomes. */
  readonly children?: ReactNode;
}

/** At the bottom of a screen, once something on it was changed. */
export function SaveBar({ title, meaning, saveLabel, busy, disabled, onDiscard, onSave, children }: Props) {
  const t = useWords();
  return (
    <div className={css['frame']} role="region" aria-label={title}>
      {children}
      <div className={css['bar']}>
        <span className={css['dot']} aria-hidden />
        <b>{title}</b>
        <span className="st-soft st-ellipsis">{meaning}</span>
        <span className={css['space']} />
        <Button onClick={onDiscard}>{t('parts.discard')}</Button>
        <Button variant="filled" loading={busy} disabled={disabled ?? false} onClick={onSave}>
          {saveLabel}
        </Button>
      </div>
    </div>
  );
}
