import { dayMinutes, type Paint, type Stretch } from '../../../shared/domain/schedule.ts';
import { paintAt, painted } from '../../../shared/domain/week.ts';
import { wholeWeek, withoutNeed } from './lines.ts';

export const cellMinutes = 30;
export const cellsADay = dayMinutes / cellMinutes;

/** `day` counts from Monday, `slot` the half-hours of a day. */
export interface Cell {
  readonly day: number;
  readonly slot: number;
}

/** Rows are days as they are shown, which may begin with another than Monday. */
export interface Area {
  readonly days: readonly number[];
  readonly fromSlot: number;
  /** Its end excluded. */
  readonly toSlot: number;
}

const startOf = ({ day, slot }: Cell): number => day * dayMinutes + slot * cellMinutes;

/** The paints of a cell in their order; more than one where a window begins or ends within it. */
export function paintsIn(windows: readonly Stretch[] | null, cell: Cell): Paint[] {
  const start = startOf(cell);
  const edges = (windows ?? []).flatMap(({ from, to }) => [from, to]).filter((at) => at > start && at < start + cellMinutes);
  const all = [start, ...edges.toSorted((a, b) => a - b)].map((minute) => paintAt(windows, minute));
  return all.filter((paint, index) => paint !== all[index - 1]);
}

/** What lies between two cells, in the order of the days as shown. */
export function areaOf(from: Cell, to: Cell, order: readonly number[]): Area {
  const rows = [order.indexOf(from.day), order.indexOf(to.day)];
  return {
    days: order.slice(Math.min(...rows), Math.max(...rows) + 1),
    fromSlot: Math.min(from.slot, to.slot),
    toSlot: Math.max(from.slot, to.slot) + 1,
  };
}

/** Elsewhere the week stays as it is, to the minute. */
export function paintArea(windows: readonly Stretch[] | null, area: Area, paint: Paint): readonly Stretch[] | null {
  const week = area.days.reduce<readonly Stretch[]>((former, day) => {
    const base = day * dayMinutes;
    return painted(former, base + area.fromSlot * cellMinutes, base + area.toSlot * cellMinutes, paint);
  }, windows ?? wholeWeek);
  return withoutNeed(week);
}

/** A row or column that has the paint already loses it; blocked time then becomes allowed. */
export function toggleArea(windows: readonly Stretch[] | null, area: Area, paint: Paint): readonly Stretch[] | null {
  const slots = Array.from({ length: area.toSlot - area.fromSlot }, (_, index) => area.fromSlot + index);
  const isThere = area.days.every((day) => slots.every((slot) => paintsIn(windows, { day, slot }).every((one) => one === paint)));
  return paintArea(windows, area, isThere ? (paint === 'blocked' ? 'allowed' : 'blocked') : paint);
}
