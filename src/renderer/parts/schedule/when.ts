import type { CallInput } from '../../../shared/contract/calls.ts';
import { type ScheduleMode, type TimeRule, type Timing, usualTiming } from '../../../shared/domain/schedule.ts';

export type Schedule = CallInput<'job.create'>['schedule'];

/** Lines as a person typed them, and the first that cannot be understood. What could be is in the rules or windows. */
export interface Typed {
  readonly text: string;
  readonly bad: string | null;
}

/** All that the schedule editor asks. What belongs to other modes is kept, so that going back and forth loses nothing. */
export interface When {
  readonly mode: ScheduleMode;
  /** NaN: what was typed is no length. */
  readonly idleMs: number;
  readonly rules: readonly TimeRule[];
  readonly expression: string;
  readonly timing: Timing;
  /** Null: this computer's. */
  readonly zone: string | null;
  /** Null where the text is not open. */
  readonly typedRules: Typed | null;
  readonly typedWindows: { readonly allowed: Typed; readonly slow: Typed } | null;
  /** The rule that the engine refused last; see {@link ruleText}. */
  readonly refused: string | null;
}

/** What keeps a schedule from being saved. */
export type WhenFault = 'idle' | 'rules' | 'rules-text' | 'expression' | 'windows-text' | 'windows-none' | 'timing' | 'refused';

const hour = 3_600_000;
const longestMs = 366 * 24 * hour;

export const usualWhen: When = {
  mode: 'continuous',
  idleMs: hour,
  rules: [],
  expression: '',
  timing: usualTiming,
  zone: null,
  typedRules: null,
  typedWindows: null,
  refused: null,
};

/** Of a job that there is; its zone is named once it is another than this computer's. */
export function whenOf(schedule: Schedule, timing: Timing, zone: string | null): When {
  const { mode } = schedule;
  return {
    ...usualWhen,
    mode,
    // Six hours, where a job has had no idle time before.
    idleMs: mode === 'continuous' ? schedule.idleMs : 6 * hour,
    rules: mode === 'times' ? schedule.rules : [],
    expression: mode === 'cron' ? schedule.expression : '',
    timing,
    zone,
  };
}

export function faultOf(when: When): WhenFault | null {
  const { mode, idleMs, rules, expression, typedRules, typedWindows, timing } = when;
  if (mode === 'continuous' && !(idleMs >= 1000 && idleMs <= longestMs)) return 'idle';
  if (mode === 'times' && typedRules !== null && typedRules.bad !== null) return 'rules-text';
  if (mode === 'times' && (rules.length === 0 || !rules.every(isRule))) return 'rules';
  if (mode === 'cron' && expression.trim() === '') return 'expression';
  if (typedWindows !== null && (typedWindows.allowed.bad ?? typedWindows.slow.bad) !== null) return 'windows-text';
  // A job that looks as if it ran by itself and never does is nobody's wish: that is what the switch for scans is for.
  if (mode !== 'manual' && timing.windows?.length === 0) return 'windows-none';
  return isTiming(timing) ? null : 'timing';
}

/** What the engine judges of it. */
export const ruleText = (when: When): string => JSON.stringify([scheduleOf(when), when.timing, when.zone]);

/** Also what only the engine knows to be wrong: a cron expression that programs read differently, a rule that never comes. */
export const savingFaultOf = (when: When): WhenFault | null =>
  faultOf(when) ?? (when.refused !== null && when.refused === ruleText(when) ? 'refused' : null);

/** Null while something of it cannot be understood. */
export function scheduleOf(when: When): Schedule | null {
  if (faultOf(when) !== null) return null;
  const { mode, idleMs, rules, expression } = when;
  switch (mode) {
    case 'continuous':
      return { mode, idleMs };
    case 'times':
      return { mode, rules };
    case 'cron':
      return { mode, expression: expression.trim() };
    default:
      return { mode };
  }
}

const isRule = ({ days, minutes }: TimeRule): boolean => {
  if (minutes.length === 0) return false;
  if (days.every === 'week') return days.weekdays.length > 0;
  return days.every === 'month' ? days.days.length > 0 : days.count >= 1 && days.count <= 366 && days.from !== '';
};

/** Numbers of the conditions are NaN where what was typed is none. */
function isTiming(timing: Timing): boolean {
  const { slowBytesPerSecond, batteryAbove, delayMs, retries, retryPauseMs, enoughMs, networks } = timing;
  const within = (value: number, min: number, max: number): boolean => value >= min && value <= max;
  return (
    within(slowBytesPerSecond, 1000, 1e12) &&
    within(batteryAbove, 0, 101) &&
    within(delayMs, 0, 24 * hour) &&
    within(retries, 0, 32) &&
    within(retryPauseMs, 60_000, 24 * hour) &&
    within(enoughMs, 0, 24 * hour) &&
    networks.length <= 50 &&
    networks.every((name) => name.length <= 100)
  );
}

/** Whether both say the same, whatever the order of their words. */
export const saysSame = (one: unknown, other: unknown): boolean => sorted(one) === sorted(other);

const sorted = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => a.localeCompare(b)))
      : part,
  );
