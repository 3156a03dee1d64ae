import { dayMinutes, type Stretch } from '../../../shared/domain/schedule.ts';
import { copiedDay, inverted, weekOf } from '../../../shared/domain/week.ts';
import { parseWindow } from '../../../shared/domain/week-text.ts';
import { wholeWeek } from './lines.ts';

export const weekPresets = ['always', 'nights', 'offHours', 'weekends', 'slowOffice'] as const;
export type WeekPreset = (typeof weekPresets)[number];

const week = (line: string, paint: Stretch['paint'] = 'allowed'): readonly Stretch[] => weekOf(parseWindow(line, paint) ?? []);
const officeHours = 'Mon-Fri 08:00-18:00';

const windowsOf: Readonly<Record<WeekPreset, readonly Stretch[] | null>> = {
  always: null,
  nights: week('daily 22:00-06:00'),
  offHours: inverted(week(officeHours)),
  weekends: week('Sat,Sun 00:00-24:00'),
  slowOffice: weekOf([...wholeWeek, ...week(officeHours, 'slow')]),
};
export const presetWindows = (preset: WeekPreset): readonly Stretch[] | null => windowsOf[preset];

export const copyMonday = (windows: readonly Stretch[] | null): readonly Stretch[] | null =>
  windows === null ? null : copiedDay(windows, 0, [1, 2, 3, 4]);

/** What a day's row shows: the parts of the windows that lie in it, in minutes since its midnight. */
export function stretchesOfDay(windows: readonly Stretch[] | null, day: number): Stretch[] {
  const base = day * dayMinutes;
  return (windows ?? wholeWeek)
    .map((one) => ({ ...one, from: Math.max(one.from - base, 0), to: Math.min(one.to - base, dayMinutes) }))
    .filter(({ from, to }) => from < to);
}
