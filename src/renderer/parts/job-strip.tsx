import { startOfDay } from '../words/format.ts';
import type { JobSummary } from '../state/index.ts';
import { type DayBar, DayMark, type DayState, DayStrip } from '../widgets/index.ts';
import { useFormat, useWords } from '../words/index.ts';
import css from './job-strip.module.css';

/** The last thirty days of a job, the worst of a day winning. Today shows the run that goes on. */
export function JobStrip({ job }: { readonly job: Pick<JobSummary, 'days' | 'running'> }) {
  const t = useWords();
  const format = useFormat();
  const today = startOfDay(Date.now());
  const bars = job.days.slice(-30).map(({ dayMs, state, changes }): DayBar => {
    const shown: DayState = job.running !== null && dayMs === today ? 'running' : state;
    return {
      key: dayMs,
      state: shown,
      amount: changes,
      title: `${format.day(dayMs)}: ${stateWord(t, shown)}, ${t('parts.changes', { count: changes })}`,
    };
  });
  const count = (state: DayState): number => bars.filter((bar) => bar.state === state).length;
  const label = t('parts.strip.summary', {
    days: bars.length,
    fine: count('success'),
    warning: count('warning'),
    failed: count('failed'),
  });
  return <DayStrip days={bars} label={label} />;
}

export function stateWord(t: ReturnType<typeof useWords>, state: DayState): string {
  switch (state) {
    case 'success':
      return t('parts.status.success');
    case 'nothing':
      return t('parts.strip.nothing');
    case 'stopped':
      return t('parts.strip.stopped');
    default:
      return t(`parts.strip.${state}`);
  }
}

/** What the marks mean. */
export function StripLegend() {
  const t = useWords();
  const sample = (state: DayState, height: number, word: string) => (
    <span>
      <svg width="8" height="14" viewBox="0 0 8 14" aria-hidden>
        <DayMark state={state} height={height} box={14} />
      </svg>
      {word}
    </span>
  );
  return (
    <span className={css['legend']}>
      {sample('success', 11, t('parts.strip.fine'))}
      {sample('warning', 10, t('parts.strip.warning'))}
      {sample('failed', 14, t('parts.strip.failed'))}
      {sample('stopped', 9, t('parts.strip.stopped'))}
      {sample('nothing', 2, t('parts.strip.nothing'))}
    </span>
  );
}
