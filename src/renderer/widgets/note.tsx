import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Failure } from '../../shared/domain/strata-error.ts';
import { useFailureWords, useWords } from '../words/index.ts';
import { classes } from './classes.ts';
import { CopyButton } from './copy-button.tsx';
import { Glyph, type GlyphName } from './glyph.tsx';
import css from './note.module.css';

export type NoteTone = 'plain' | 'fine' | 'warning' | 'failed';
const glyphOf: Readonly<Record<NoteTone, GlyphName>> = { plain: 'nothing', fine: 'fine', warning: 'warning', failed: 'failed' };

interface Props {
  readonly tone: NoteTone;
  readonly title?: ReactNode;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
  /** Spoken at once when it appears. */
  readonly live?: boolean;
}

/** A sentence that matters, in its place. */
export function Note({ tone, title, children, action, live }: Props) {
  return (
    <div className={classes(css['note'], css[tone])} {...(live ? { role: 'alert' } : {})}>
      <Glyph name={glyphOf[tone]} />
      <div className={css['words']}>
        {title !== undefined && <b>{title}</b>}
        {children !== undefined && <div>{children}</div>}
      </div>
      {action}
    </div>
  );
}

interface FailureProps {
  readonly failure: Failure;
  readonly title?: string;
  readonly retry?: (() => void) | undefined;
  readonly action?: ReactNode;
  /** Below the sentence: what a person has to see before acting. */
  readonly more?: ReactNode;
}

/** What, why, what is safe; try again where that makes sense; the code for whoever helps. */
export function FailureNote({ failure, title, retry, action, more }: FailureProps) {
  const t = useWords();
  const say = useFailureWords();
  return (
    <Note
      tone="failed"
      live
      title={title}
      action={
        <span className={css['actions']}>
          {action}
          {retry && failure.retry !== 'never' && (
            <Button size="sm" onClick={retry}>
              {t('parts.tryAgain')}
            </Button>
          )}
          <CopyButton text={`${failure.code} ${JSON.stringify(failure.facts)}`} label={t('parts.copyDetails')} />
        </span>
      }
    >
      {say(failure)}
      {more}
    </Note>
  );
}
