import { Link } from '@tanstack/react-router';
import { ChevronRight } from 'lucide-react';
import { type ReactNode, useEffect } from 'react';
import { useWords } from '../words/index.ts';
import { classes } from './classes.ts';
import css from './page.module.css';

interface TitleProps {
  readonly title: ReactNode;
  /** For the window's title where `title` is more than text. */
  readonly name?: string;
  readonly crumb?: { readonly label: string; readonly to: '/jobs' | '/runs' | '/storages' | '/sources' | '/settings' };
  readonly chip?: ReactNode;
  readonly fact?: ReactNode;
  readonly actions?: ReactNode;
}

/** Crumb, name, state, fact, actions. Names the window for those who switch between windows or hear it. */
export function PageTitle({ title, name, crumb, chip, fact, actions }: TitleProps) {
  const t = useWords();
  const said = name ?? (typeof title === 'string' ? title : undefined);
  useEffect(() => {
    document.title = said === undefined ? t('frame.brand') : `${said} – ${t('frame.brand')}`;
  }, [said, t]);
  return (
    <header className={css['title']}>
      {crumb && (
        <span className={css['crumb']}>
          <Link to={crumb.to}>{crumb.label}</Link>
          <ChevronRight size={14} strokeWidth={2} aria-hidden />
        </span>
      )}
      <h1 className="st-ellipsis">{title}</h1>
      {chip}
      {fact !== undefined && <span className={classes(css['fact'], 'st-ellipsis')}>{fact}</span>}
      <span className={css['space']} />
      {actions}
    </header>
  );
}

interface PageProps extends Partial<TitleProps> {
  /** Stays while the content scrolls: tabs, filters. */
  readonly bar?: ReactNode;
  /** Stays below the content: a save bar. */
  readonly foot?: ReactNode;
  readonly children: ReactNode;
}

/** A screen with one scrolling column. */
export function Page({ title, bar, foot, children, ...rest }: PageProps) {
  return (
    <div className={css['page']}>
      {title !== undefined && <PageTitle title={title} {...rest} />}
      {bar}
      <div className={css['content']}>
        <div className={css['column']}>{children}</div>
      </div>
      {foot}
    </div>
  );
}
