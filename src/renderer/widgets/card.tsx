import type { ReactNode } from 'react';
import css from './card.module.css';
import { classes } from './classes.ts';

interface Props {
  /** Without a title the card is a plain box. */
  readonly title?: ReactNode;
  readonly icon?: ReactNode;
  /** A fact beside the title. */
  readonly fact?: ReactNode;
  /** At the right of the title. */
  readonly action?: ReactNode;
  /** Rows reach the card's edges. */
  readonly flush?: boolean;
  readonly className?: string | undefined;
  readonly children: ReactNode;
}

/** Surface, one border, no shadow. Inside it lines, never cards. */
export function Card({ title, icon, fact, action, flush, className, children }: Props) {
  return (
    <section className={classes(css['card'], className)}>
      {title !== undefined && (
        <header className={css['header']}>
          {icon}
          <h2>{title}</h2>
          {fact !== undefined && <span className={css['fact']}>{fact}</span>}
          {action !== undefined && <span className={css['action']}>{action}</span>}
        </header>
      )}
      <div className={flush ? css['flush'] : css['body']}>{children}</div>
    </section>
  );
}
