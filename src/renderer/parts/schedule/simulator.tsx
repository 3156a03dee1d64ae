import { dayMinutes } from '../../../shared/domain/schedule.ts';
import { clockText } from '../../../shared/domain/week-text.ts';
import { Card, Chip, classes } from '../../widgets/index.ts';
import { useFormat, useWords } from '../../words/index.ts';
import { shortDayName } from './day-names.ts';
import css from './simulator.module.css';
import { type RunOfDay, type SimulatedDay, worstGap } from './simulated-days.ts';
import { forecastDays, mostRuns, type Forecast } from './use-forecast.ts';
import { stretchesOfDay } from './week-presets.ts';
import type { When } from './when.ts';
import { useZoneMoment } from './zone-moment.ts';

interface Props {
  readonly when: When;
  readonly days: readonly SimulatedDay[];
  readonly plan: NonNullable<Forecast['value']>;
}

/** Two weeks as they would go: a strip a day, its windows, the runs with the lengths that they usually have. */
export function Simulator({ when, days, plan }: Props) {
  const t = useWords();
  return (
    <Card title={t('schedule.simulator.title')} fact={t('schedule.simulator.fact')}>
      <div className={css['body']}>
        <Verdict plan={plan} />
        <div className={css['axis']} aria-hidden>
          {[0, 4, 8, 12, 16, 20, 24].map((hour) => (
            <span key={hour} style={{ insetInlineStart: share(hour * 60) }}>
              {String(hour).padStart(2, '0')}
            </span>
          ))}
        </div>
        <ol className={css['days']}>
          {days.map((day) => (
            <Day key={day.date} day={day} windows={when.timing.windows} />
          ))}
        </ol>
        <Legend hasWindows={when.timing.windows !== null} />
        {plan.runs.length === mostRuns && <p className="st-soft">{t('schedule.simulator.limit', { count: mostRuns })}</p>}
        {plan.runs.every(({ endMs }) => endMs === null) && <p className="st-soft">{t('schedule.simulator.noLengths')}</p>}
      </div>
    </Card>
  );
}

const share = (minutes: number): string => `${(minutes / dayMinutes) * 100}%`;

/** The worst is told first: how long new work would wait, and what would be cut off. */
function Verdict({ plan: { runs, nowMs, zone } }: Pick<Props, 'plan'>) {
  const t = useWords();
  const format = useFormat();
  const moment = useZoneMoment(zone);
  const until = runs.length === mostRuns ? (runs.at(-1)?.startMs ?? nowMs) : nowMs + forecastDays * dayMinutes * 60_000;
  const gap = worstGap(runs, nowMs, until);
  const cut = runs.filter(({ isCut }) => isCut).length;
  return (
    <div className={css['verdict']}>
      {gap !== null && (
        <p>
          <b>
            {t(gap.isOpen ? 'schedule.simulator.worstOpen' : 'schedule.simulator.worst', {
              length: format.duration(gap.toMs - gap.fromMs),
              from: moment(gap.fromMs),
            })}
          </b>
          {!gap.isOpen && <span>{t('schedule.simulator.worstMeaning', { from: moment(gap.fromMs), to: moment(gap.toMs) })}</span>}
        </p>
      )}
      <Chip tone={cut > 0 ? 'warning' : 'fine'} glyph={cut > 0 ? 'warning' : 'fine'}>
        {cut > 0 ? t('schedule.simulator.cut', { count: cut }) : t('schedule.simulator.noCut')}
      </Chip>
    </div>
  );
}

function Day({ day, windows }: { readonly day: SimulatedDay; readonly windows: When['timing']['windows'] }) {
  const t = useWords();
  const { locale } = useFormat();
  const words = useDayWords();
  const name = shortDayName(locale, day.date);
  return (
    <li className={css['day']}>
      <span aria-hidden>{name}</span>
      <span className="st-hidden">{t('schedule.simulator.day', { day: name, runs: words(day.runs) })}</span>
      <span aria-hidden className={css['strip']} title={words(day.runs)}>
        {stretchesOfDay(windows, day.weekday).map(({ from, to, paint }) => (
          <i key={from} className={css[paint]} style={{ insetInlineStart: share(from), width: share(to - from) }} />
        ))}
        {day.runs.map(({ run, from, to }) => (
          <i
            key={run.startMs}
            className={classes(css['run'], run.isCut && css['cut'])}
            style={{ insetInlineStart: share(from), width: share(to - from) }}
          />
        ))}
      </span>
    </li>
  );
}

const mostSaid = 6;

/** What the strip of a day shows, for who cannot see it. */
function useDayWords() {
  const t = useWords();
  const { list } = useFormat();
  return (runs: readonly RunOfDay[]): string => {
    const [first, last] = [runs[0], runs.at(-1)];
    if (first === undefined || last === undefined) return t('schedule.simulator.none');
    if (runs.length > mostSaid)
      return `${t('schedule.simulator.runs', { count: runs.length })}, ${t('schedule.simulator.from', { from: clockText(first.from), to: clockText(last.to) })}`;
    return list(
      runs.map(({ run, from, to }) => {
        const time = from === to ? clockText(from) : `${clockText(from)}–${clockText(to)}`;
        const marks = [run.isSlow ? t('schedule.preview.slow') : '', run.isCut ? t('schedule.preview.cut') : ''].filter(Boolean);
        return marks.length === 0 ? time : `${time} (${marks.join(', ')})`;
      }),
    );
  };
}

function Legend({ hasWindows }: { readonly hasWindows: boolean }) {
  const t = useWords();
  const marks = hasWindows ? (['run', 'cut', 'slow', 'blocked'] as const) : (['run'] as const);
  return (
    <p className={css['legend']} aria-hidden>
      {marks.map((mark) => (
        <span key={mark}>
          <i className={css[mark]} />
          {t(`schedule.simulator.legend.${mark}`)}
        </span>
      ))}
    </p>
  );
}
