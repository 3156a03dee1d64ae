/** Times of a clock on the wall that a rule names: minutes since midnight on certain days, counted from 1970-01-01. */
export interface ClockTimes {
  readonly minutes: readonly number[];
  readonly isOn: (day: number) => boolean;
}
