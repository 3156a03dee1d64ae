import { useEffect } from 'react';
import { NeedList } from '../../parts/need-list.tsx';
import type { Status } from '../../state/index.ts';
import { useFormat, useWords } from '../../words/index.ts';
import css from './home.module.css';

/** One sentence, and what a person has to do. Never calm while anything needs them. */
export function Verdict({ status }: { readonly status: Status }) {
  const t = useWords();
  const format = useFormat();
  useEffect(() => {
    document.title = `${t('home.title')} – ${t('frame.brand')}`;
  }, [t]);
  const until = status.protectedUntilMs === null ? null : format.moment(status.protectedUntilMs);
  return (
    <section className={css['verdict']}>
      <h1>
        {headline(t, status)} <span>{status.verdict !== 'nothing' && rest(t, status.verdict, until)}</span>
      </h1>
      {status.needs.length > 0 && <NeedList needs={status.needs} />}
    </section>
  );
}

type Words = ReturnType<typeof useWords>;

function headline(t: Words, { verdict, needs }: Status): string {
  if (verdict === 'nothing') return t('home.verdict.nothing');
  // Attention without a need is a promise that cannot be kept: then nothing is called protected either.
  if (verdict === 'attention')
    return needs.length > 0 ? t('home.verdict.needs', { count: needs.length }) : t('home.verdict.neverSaved');
  return t('home.verdict.protected');
}

function rest(t: Words, verdict: Status['verdict'], until: string | null): string {
  if (until === null) return verdict === 'attention' ? '' : t('home.verdict.neverSaved');
  return t(verdict === 'protected' ? 'home.verdict.protectedUntil' : 'home.verdict.allElse', { moment: until });
}
