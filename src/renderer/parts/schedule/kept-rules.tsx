import { ChevronRight } from 'lucide-react';
import { useWords } from '../../words/index.ts';
import css from './conditions.module.css';

const rules = ['gap', 'overlap', 'asleep', 'pileUp', 'clock', 'travel'] as const;

/** What becomes of times that do not come as they are written: said once, where times are chosen. */
export function KeptRules() {
  const t = useWords();
  return (
    <details className={css['fold']}>
      <summary>
        <ChevronRight size={16} strokeWidth={1.75} aria-hidden />
        <b>{t('schedule.rules.title')}</b>
      </summary>
      <ul className={css['rules']}>
        {rules.map((rule) => (
          <li key={rule}>{t(`schedule.rules.${rule}`)}</li>
        ))}
      </ul>
    </details>
  );
}
