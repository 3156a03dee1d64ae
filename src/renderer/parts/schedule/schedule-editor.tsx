import { Globe } from 'lucide-react';
import { useLayoutEffect, useMemo } from 'react';
import type { JobId } from '../../../shared/domain/ids.ts';
import { useWords } from '../../words/index.ts';
import { Conditions } from './conditions.tsx';
import { CronField } from './cron-field.tsx';
import { IdleField } from './idle-field.tsx';
import { KeptRules } from './kept-rules.tsx';
import { ModeCards } from './mode-cards.tsx';
import { NextRuns } from './next-runs.tsx';
import preview from './preview.module.css';
import css from './schedule-editor.module.css';
import { simulatedDays } from './simulated-days.ts';
import { Simulator } from './simulator.tsx';
import { TimesField } from './times-field.tsx';
import { type Forecast, forecastDays, useForecast } from './use-forecast.ts';
import { WeekCard } from './week-card.tsx';
import { faultOf, ruleText, type When } from './when.ts';
import { WhenWords } from './when-words.tsx';

interface Props {
  readonly when: When;
  /** Whose runs count for what is foretold; null: a job that there is not yet. */
  readonly job: JobId | null;
  readonly isScanOn?: boolean;
  readonly onChange: (when: When) => void;
}

/** When a job runs: what begins a cycle, in which windows, under which conditions; and always in sight, what that means. */
export function ScheduleEditor({ when, job, isScanOn = true, onChange }: Props) {
  const t = useWords();
  const change = (part: Partial<When>): void => onChange({ ...when, ...part });
  const forecast = useForecast(when, job);
  useRefusal(when, forecast, change);
  const { value } = forecast;
  const days = useMemo(() => (value === null ? [] : simulatedDays(value.runs, value.nowMs, forecastDays, value.zone)), [value]);
  const isByItself = when.mode !== 'manual';
  return (
    <div className={css['editor']}>
      <div className={css['modes']}>
        <ModeCards value={when.mode} onChange={(mode) => change({ mode })} />
      </div>
      <div className={css['main']}>
        <ModeFields when={when} forecast={forecast} onChange={change} />
        {isByItself && (
          <>
            <WeekCard when={when} days={days.slice(0, 7)} onChange={change} />
            <Conditions when={when} onChange={change} />
            {value !== null && value.runs.length > 0 && <Simulator when={when} days={days} plan={value} />}
            <KeptRules />
          </>
        )}
      </div>
      {/* Focusable, since it may scroll where there is little room. */}
      <section className={css['aside']} aria-label={t('schedule.preview.label')} tabIndex={0}>
        <InWords when={when} isScanOn={isScanOn} forecast={forecast} />
      </section>
    </div>
  );
}

/** Keeps what the engine refuses from being saved, as soon as it has said so. */
function useRefusal(when: When, { isClear, pending, failure }: Forecast, change: (part: Partial<When>) => void): void {
  const isRefused = isClear && !pending && failure?.code.startsWith('schedule.') === true;
  const refused = isRefused ? ruleText(when) : null;
  const isAnswered = isClear && !pending;
  // At once: what somebody types between an answer and a later effect would be put back to what it was then.
  useLayoutEffect(() => {
    if (isAnswered && refused !== when.refused) change({ refused });
  });
}

interface ModeProps {
  readonly when: When;
  readonly forecast: Forecast;
  readonly onChange: (part: Partial<When>) => void;
}

function ModeFields({ when, forecast, onChange }: ModeProps) {
  switch (when.mode) {
    case 'continuous':
      return <IdleField idleMs={when.idleMs} isWrong={faultOf(when) === 'idle'} onChange={(idleMs) => onChange({ idleMs })} />;
    case 'times':
      return <TimesField when={when} onChange={onChange} />;
    case 'cron':
      return <CronField expression={when.expression} forecast={forecast} onChange={(expression) => onChange({ expression })} />;
    default:
      return null;
  }
}

interface WordsProps {
  readonly when: When;
  readonly isScanOn: boolean;
  readonly forecast: Forecast;
}

function InWords({ when, isScanOn, forecast }: WordsProps) {
  const t = useWords();
  const zone = forecast.value?.zone;
  return (
    <div className={preview['panel']}>
      <div>
        <h2>{t('schedule.words.title')}</h2>
        <p className={preview['words']} aria-live="polite">
          {faultOf(when) === null ? <WhenWords when={when} isScanOn={isScanOn} /> : t('schedule.preview.later')}
        </p>
        {zone !== undefined && when.mode !== 'manual' && (
          <p className={preview['zone']}>
            <Globe size={14} strokeWidth={2} aria-hidden />
            {t('schedule.words.zone', { zone })}
          </p>
        )}
      </div>
      <NextRuns when={when} forecast={forecast} />
    </div>
  );
}
