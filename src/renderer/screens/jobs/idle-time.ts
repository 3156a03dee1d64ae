export const idleUnits = ['minutes', 'hours', 'days'] as const;
export type IdleUnit = (typeof idleUnits)[number];

/** A pause as a person says it: a whole number of one unit. */
export interface Idle {
  readonly count: number;
  readonly unit: IdleUnit;
}

const lengths: Readonly<Record<IdleUnit, number>> = { minutes: 60_000, hours: 3_600_000, days: 86_400_000 };
const mostMs = 366 * lengths.days;

export const idleMsOf = ({ count, unit }: Idle): number => Math.round(count * lengths[unit]);

/** In the largest unit that leaves no rest; what is no whole number of minutes is rounded up to one. */
export function idleOf(ms: number): Idle {
  for (const unit of ['days', 'hours'] as const)
    if (ms >= lengths[unit] && ms % lengths[unit] === 0) return { count: ms / lengths[unit], unit };
  return { count: Math.max(1, Math.ceil(ms / lengths.minutes)), unit: 'minutes' };
}

export const isIdle = (idle: Idle): boolean => Number.isInteger(idle.count) && idle.count >= 1 && idleMsOf(idle) <= mostMs;
