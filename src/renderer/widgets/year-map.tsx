import { type KeyboardEvent, useRef, useState } from 'react';
import { classes } from './classes.ts';
import css from './year-map.module.css';

export interface YearDay {
  /** The day's first moment. */
  readonly dayMs: number;
  readonly amount: number;
  readonly state: 'success' | 'warning' | 'failed' | 'stopped' | 'nothing';
  readonly label: string;
}

interface Props {
  /** Oldest first, one a day without gaps. */
  readonly days: readonly YearDay[];
  /** 0 is Sunday. */
  readonly firstWeekday: number;
  /** Seven, beginning with the first day of the week. */
  readonly weekdays: readonly string[];
  readonly monthOf: (dayMs: number) => string;
  readonly label: string;
  readonly onOpen: (dayMs: number) => void;
}

const cell = 10.4;
const pitch = 12.6;
const left = 30;
const top = 18;

/** Steps 1 to 4 are the quarters of the days with anything, so that one huge day does not pale the rest; 0 is nothing. */
function stepsOf(days: readonly YearDay[]): (amount: number) => number {
  const amounts = days
    .map(({ amount }) => amount)
    .filter((amount) => amount > 0)
    .sort((a, b) => a - b);
  const limits = [0.25, 0.5, 0.75].map((share) => amounts[Math.floor(share * amounts.length)] ?? Number.POSITIVE_INFINITY);
  return (amount) => (amount <= 0 ? 0 : 1 + limits.filter((limit) => amount >= limit).length);
}

const startsMonth = (dayMs: number): boolean => new Date(dayMs).getDate() <= 7;

/** Weeks as columns, days as rows. One tab stop: the arrows move from day to day. */
export function YearMap({ days, firstWeekday, weekdays, monthOf, label, onOpen }: Props) {
  const [current, setCurrent] = useState(days.length - 1);
  const cells = useRef(new Map<number, SVGGElement>());
  const first = days[0];
  if (!first) return null;
  const lead = (new Date(first.dayMs).getDay() - firstWeekday + 7) % 7;
  const stepOf = stepsOf(days);
  const weeks = Math.ceil((days.length + lead) / 7);

  const press = (event: KeyboardEvent, index: number): void => {
    const steps: Readonly<Record<string, number>> = {
      ArrowLeft: -7,
      ArrowRight: 7,
      ArrowUp: -1,
      ArrowDown: 1,
      Home: -index,
      End: days.length - 1 - index,
    };
    const step = steps[event.key];
    const day = days[index];
    if (step !== undefined) {
      const next = Math.min(days.length - 1, Math.max(0, index + step));
      setCurrent(next);
      cells.current.get(next)?.focus();
    } else if ((event.key === 'Enter' || event.key === ' ') && day) onOpen(day.dayMs);
    else return;
    event.preventDefault();
  };

  const rows = Array.from({ length: 7 }, (_, weekday) =>
    days.map((day, index) => ({ day, index })).filter(({ index }) => (index + lead) % 7 === weekday),
  );
  const months = (rows[0] ?? []).filter(({ day, index }) => startsMonth(day.dayMs) && index + lead < (weeks - 1) * 7);
  const x = (index: number): number => left + Math.floor((index + lead) / 7) * pitch;

  return (
    <svg
      className={css['year']}
      width="100%"
      viewBox={`0 0 ${left + weeks * pitch} ${top + 7 * pitch}`}
      role="grid"
      aria-label={label}
    >
      <g aria-hidden>
        {months.map(({ day, index }) => (
          <text key={day.dayMs} x={x(index)} y={top - 6}>
            {monthOf(day.dayMs)}
          </text>
        ))}
        {[0, 2, 4, 6].map((row) => (
          <text key={row} x="0" y={top + row * pitch + 8.5}>
            {weekdays[row]}
          </text>
        ))}
      </g>
      {rows.map((row, weekday) => (
        <g key={weekdays[weekday]} role="row">
          {row.map(({ day, index }) => (
            <g
              key={day.dayMs}
              ref={(node) => {
                if (node) cells.current.set(index, node);
                else cells.current.delete(index);
              }}
              role="gridcell"
              aria-label={day.label}
              tabIndex={index === current ? 0 : -1}
              className={css['cell']}
              transform={`translate(${x(index)} ${top + weekday * pitch})`}
              onClick={() => onOpen(day.dayMs)}
              onFocus={() => setCurrent(index)}
              onKeyDown={(event) => press(event, index)}
            >
              <title>{day.label}</title>
              <Cell state={day.state} step={stepOf(day.amount)} />
            </g>
          ))}
        </g>
      ))}
    </svg>
  );
}

function Cell({ state, step }: { readonly state: YearDay['state']; readonly step: number }) {
  if (state === 'failed' || state === 'warning') {
    return (
      <g className={css[state]}>
        <rect x=".5" y=".5" width={cell - 1} height={cell - 1} rx="2" />
        <path d={state === 'failed' ? 'm3.2 3.2 4 4m0-4-4 4' : 'm2.2 8.2 6-6'} />
      </g>
    );
  }
  return <rect className={css[`step${step}`]} width={cell} height={cell} rx="2" />;
}

/** Fewer to more, for the legend. */
export function YearSteps() {
  return (
    <span className={css['steps']} aria-hidden>
      {[0, 1, 2, 3, 4].map((step) => (
        <i key={step} className={classes(css['swatch'], css[`step${step}`])} />
      ))}
    </span>
  );
}
