import type { ReactNode } from 'react';
import css from './empty-state.module.css';

interface Props {
  readonly title: string;
  readonly meaning?: string;
  /** One. */
  readonly action?: ReactNode;
}

/** One sentence, one action. */
export function EmptyState({ title, meaning, action }: Props) {
  return (
    <div className={css['empty']}>
      <p className={css['title']}>{title}</p>
      {meaning !== undefined && <p className={css['meaning']}>{meaning}</p>}
      {action}
    </div>
  );
}
