import { useNavigate } from '@tanstack/react-router';
import { stateWord } from '../../parts/job-strip.tsx';
import type { DayMark } from '../../state/index.ts';
import { Card, YearMap, YearSteps } from '../../widgets/index.ts';
import { useFormat, useWords } from '../../words/index.ts';
import css from './home.module.css';

/** A click on a day leads to its runs. */
export function YearCard({ year }: { readonly year: readonly DayMark[] }) {
  const t = useWords();
  const format = useFormat();
  const navigate = useNavigate();
  const days = year.map(({ dayMs, state, changes }) => ({
    dayMs,
    state,
    amount: changes,
    label: t('home.year.cell', { day: format.day(dayMs), count: changes, state: stateWord(t, state) }),
  }));
  const saved = days.filter(({ amount }) => amount > 0).length;
  const failed = days.filter(({ state }) => state === 'failed').length;
  return (
    <Card
      title={t('home.year.title')}
      fact={t('home.year.fact')}
      action={
        <span className={css['steps']}>
          {t('home.year.fewer')} <YearSteps /> {t('home.year.more')}
        </span>
      }
    >
      <p className="st-hidden">
        {t('home.year.summary', { days: format.number(saved), failed: format.number(failed) })} {t('home.year.keys')}
      </p>
      <YearMap
        days={days}
        firstWeekday={format.firstWeekday}
        weekdays={format.weekdays}
        monthOf={(dayMs) => format.month(dayMs, false)}
        label={t('home.year.label')}
        onOpen={(day) => void navigate({ to: '/runs', search: { day } })}
      />
    </Card>
  );
}
