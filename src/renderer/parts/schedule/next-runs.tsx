import type { PlannedRun } from '../../../shared/domain/schedule.ts';
import { FailureNote, Glyph } from '../../widgets/index.ts';
import { type Format, useFormat, useWords } from '../../words/index.ts';
import css from './preview.module.css';
import type { Forecast } from './use-forecast.ts';
import type { When } from './when.ts';
import { useZoneMoment } from './zone-moment.ts';

const shown = 10;

/** The next ten runs as the engine plans them, each with what is to be known about it. */
export function NextRuns({ when, forecast }: { readonly when: When; readonly forecast: Forecast }) {
  const t = useWords();
  const { value, failure, isClear } = forecast;
  return (
    <section className={css['next']} aria-busy={forecast.pending}>
      <h3>{t('schedule.preview.title')}</h3>
      {isClear ? (
        failure !== null ? (
          <FailureNote failure={failure} />
        ) : (
          value !== null && <Runs mode={when.mode} runs={value.runs} zone={value.zone} />
        )
      ) : (
        <p className="st-soft">{t('schedule.preview.later')}</p>
      )}
    </section>
  );
}

interface RunsProps {
  readonly mode: When['mode'];
  readonly runs: readonly PlannedRun[];
  readonly zone: string;
}

function Runs({ mode, runs, zone }: RunsProps) {
  const t = useWords();
  const format = useFormat();
  const moment = useZoneMoment(zone);
  if (mode === 'manual') return <p className="st-soft">{t('schedule.preview.byHand')}</p>;
  const isOpen = mode === 'on-change' || mode === 'on-plug';
  if (runs.length === 0) return <p className="st-soft">{t(isOpen ? 'schedule.preview.open' : 'schedule.preview.none')}</p>;
  return (
    <ol className={css['runs']}>
      {runs.slice(0, shown).map((run) => {
        const notes = notesOf(run, t, format);
        return (
          <li key={run.startMs}>
            {run.isCut || run.note === 'gap' ? <Glyph name="warning" size={14} /> : <i aria-hidden className={css['dot']} />}
            <b>{moment(run.startMs)}</b>
            {notes.length > 0 && <span>{notes.join(' · ')}</span>}
          </li>
        );
      })}
    </ol>
  );
}

function notesOf(run: PlannedRun, t: ReturnType<typeof useWords>, format: Format): string[] {
  const { because } = run;
  const isPlain = because === 'time' || because === 'idle' || because === 'plugged' || because === 'asked';
  return [
    isPlain ? null : t(`schedule.preview.${because}`),
    run.endMs === null ? null : t('schedule.preview.usual', { length: format.roughly(run.endMs - run.startMs) }),
    run.isSlow ? t('schedule.preview.slow') : null,
    run.isCut ? t('schedule.preview.cut') : null,
    run.note === null ? null : t(`schedule.preview.${run.note}`),
  ].filter((note) => note !== null);
}
