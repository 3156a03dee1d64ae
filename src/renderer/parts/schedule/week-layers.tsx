import { dayMinutes, type Stretch } from '../../../shared/domain/schedule.ts';
import { classes } from '../../widgets/index.ts';
import type { SimulatedDay } from './simulated-days.ts';
import { type Area, cellsADay } from './week-cells.ts';
import css from './week-grid.module.css';
import { stretchesOfDay } from './week-presets.ts';

/** More than these are a hedge, and say nothing. */
const mostRunsOfDay = 48;

const share = (minutes: number): string => `${(minutes / dayMinutes) * 100}%`;

/** The windows as they are, to the minute; what none covers shows the ground, which is blocked. */
export function RowPaints({ windows, day }: { readonly windows: readonly Stretch[] | null; readonly day: number }) {
  return stretchesOfDay(windows, day).map(({ from, to, paint }) => (
    <span key={from} aria-hidden className={css[paint]} style={{ insetInlineStart: share(from), width: share(to - from) }} />
  ));
}

export function RowRuns({ day }: { readonly day: SimulatedDay | undefined }) {
  if (day === undefined || day.runs.length > mostRunsOfDay) return null;
  return day.runs.map(({ run, from, to }) => (
    <span
      key={`${run.startMs}`}
      aria-hidden
      className={classes(css['run'], run.isCut && css['cut'])}
      style={{ insetInlineStart: share(from), width: share(Math.max(to - from, 12)) }}
    />
  ));
}

export function SelectionFrame({ area, order }: { readonly area: Area; readonly order: readonly number[] }) {
  const row = order.indexOf(area.days[0] ?? 0);
  const left = `calc(var(--day) + (100% - var(--day)) * ${area.fromSlot / cellsADay})`;
  const width = `calc((100% - var(--day)) * ${(area.toSlot - area.fromSlot) / cellsADay})`;
  return (
    <span
      aria-hidden
      className={css['frame']}
      style={{
        insetInlineStart: left,
        width,
        top: `calc(var(--row) * ${row})`,
        height: `calc(var(--row) * ${area.days.length})`,
      }}
    />
  );
}
