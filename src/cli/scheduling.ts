import type { Command } from 'commander';
import {
  type MissedRule,
  missedRules,
  type Schedule,
  type ScheduleMode,
  scheduleModes,
  type Stretch,
  type Timing,
  usualTiming,
  type WindowEnd,
  windowEnds,
} from '../shared/domain/schedule.ts';
import { StrataError } from '../shared/domain/strata-error.ts';
import { weekOf } from '../shared/domain/week.ts';
import { parseTimeRule, parseWindow, timeRuleText, windowLines } from '../shared/domain/week-text.ts';
import { parseSize } from './sizes.ts';
import { parseDuration } from './times.ts';

export interface ScheduleOptions extends TimingOptions {
  readonly mode?: string;
  readonly idle?: string;
  readonly at?: string[];
  readonly cron?: string;
}
export interface TimingOptions {
  readonly window?: string[];
  readonly slowWindow?: string[];
  readonly windowEnd?: string;
  readonly slowRate?: string;
  readonly battery?: string;
  readonly metered?: string;
  readonly network?: string[];
  readonly missed?: string;
  readonly delay?: string;
  readonly retries?: string;
  readonly retryPause?: string;
  readonly enough?: string;
}

export const withSchedule = (command: Command): Command =>
  withTiming(
    command
      .option('--mode <mode>', scheduleModes.join(', '))
      .option('--idle <hh:mm:ss>', 'pause between two cycles of a continuous job')
      .option(
        '--at <times...>',
        '"Mon-Fri 12:30,18:00", "daily every 6 hours", "month 1,15 02:00", "every 2 days from 2026-01-01 02:30"',
      )
      .option('--cron <expression>', 'five fields: "30 12 * * 1-5"'),
  );

/** In what windows and under which conditions, whatever begins it. */
export const withTiming = (command: Command): Command =>
  command
    .option('--window <stretch...>', 'runs only then: "Mon-Fri 18:00-08:00"; "always" takes all windows away')
    .option('--slow-window <stretch...>', 'runs then too, at the slow rate')
    .option('--window-end <what>', 'when a window ends: item (finish it and wait), cycle, or stop')
    .option('--slow-rate <size>', 'bytes a second that are read in slow windows: 1M')
    .option('--battery <when>', 'on battery: always, never, or above so many percent')
    .option('--metered <yes or no>', 'whether it runs on a metered network')
    .option('--network <name...>', 'only in these wireless networks; "any" in all')
    .option('--missed <what>', 'a time at which nothing could run: run (once, as soon as it can), skip, or ask')
    .option('--delay <hh:mm:ss>', 'begins up to so much later, by chance')
    .option('--retries <count>', 'after a failure that may pass by itself')
    .option('--retry-pause <hh:mm:ss>', 'before the first of them; each pause is twice the one before')
    .option('--enough <hh:mm:ss>', 'a run that began so shortly before a time counts for it');

/** Undefined: nothing was said about it. */
export function scheduleFrom(options: ScheduleOptions, before?: Schedule): Schedule | undefined {
  const mode = options.mode ?? modeOf(options);
  if (mode === undefined) return undefined;
  switch (known('--mode', mode, scheduleModes)) {
    case 'continuous':
      // One minute between cycles, as people who know continuous backup expect.
      return { mode: 'continuous', idleMs: options.idle === undefined ? idleOf(before) : parseDuration(options.idle) };
    case 'times': {
      if (options.at === undefined && before?.mode === 'times') return before;
      return {
        mode: 'times',
        rules: (options.at ?? wrong('--at', '')).map((line) => parseTimeRule(line) ?? wrong('--at', line)),
      };
    }
    case 'cron': {
      const expression = options.cron ?? (before?.mode === 'cron' ? before.expression : wrong('--cron', ''));
      return { mode: 'cron', expression };
    }
    default:
      return { mode: mode as Exclude<ScheduleMode, 'continuous' | 'times' | 'cron'> };
  }
}

/** What is asked for with another option says the mode as well. */
function modeOf({ idle, at, cron }: ScheduleOptions): ScheduleMode | undefined {
  if (at !== undefined) return 'times';
  if (cron !== undefined) return 'cron';
  return idle === undefined ? undefined : 'continuous';
}

const idleOf = (before: Schedule | undefined): number => (before?.mode === 'continuous' ? before.idleMs : 60_000);

export function timingFrom(options: TimingOptions, before: Timing = usualTiming): Timing | undefined {
  const timing: Timing = {
    windows: windowsFrom(options, before.windows),
    windowEnd:
      options.windowEnd === undefined ? before.windowEnd : known<WindowEnd>('--window-end', options.windowEnd, windowEnds),
    slowBytesPerSecond: options.slowRate === undefined ? before.slowBytesPerSecond : parseSize(options.slowRate),
    batteryAbove: options.battery === undefined ? before.batteryAbove : batteryFrom(options.battery),
    onMetered: options.metered === undefined ? before.onMetered : known('--metered', options.metered, ['yes', 'no']) === 'yes',
    networks: options.network === undefined ? before.networks : options.network.filter((name) => name !== 'any'),
    missed: options.missed === undefined ? before.missed : known<MissedRule>('--missed', options.missed, missedRules),
    delayMs: options.delay === undefined ? before.delayMs : parseDuration(options.delay),
    retries: options.retries === undefined ? before.retries : countFrom('--retries', options.retries),
    retryPauseMs: options.retryPause === undefined ? before.retryPauseMs : parseDuration(options.retryPause),
    enoughMs: options.enough === undefined ? before.enoughMs : parseDuration(options.enough),
  };
  return JSON.stringify(timing) === JSON.stringify(before) ? undefined : timing;
}

function windowsFrom({ window, slowWindow }: TimingOptions, before: Timing['windows']): Timing['windows'] {
  if (window === undefined && slowWindow === undefined) return before;
  if (window?.length === 1 && window[0] === 'always' && slowWindow === undefined) return null;
  const stretches = (option: string, lines: readonly string[], paint: Stretch['paint']): Stretch[] =>
    lines.flatMap((line) => parseWindow(line, paint) ?? wrong(option, line));
  return weekOf([...stretches('--window', window ?? [], 'allowed'), ...stretches('--slow-window', slowWindow ?? [], 'slow')]);
}

function batteryFrom(text: string): number {
  if (text === 'always') return 0;
  if (text === 'never') return 101;
  const percent = countFrom('--battery', text.replace(/%$/u, ''));
  return percent <= 100 ? percent : wrong('--battery', text);
}

const countFrom = (option: string, text: string): number => (/^\d{1,3}$/u.test(text) ? Number(text) : wrong(option, text));

function known<Value extends string>(option: string, text: string, values: readonly Value[]): Value {
  return values.find((value) => value === text) ?? wrong(option, text);
}

function wrong(option: string, text: string): never {
  throw new StrataError('usage.invalid', 'never', {
    reason: `“${text}” is nothing for ${option}: see strata job create --help.`,
  });
}

/** In the words that the options are typed in. */
export function scheduleText(schedule: Schedule): string {
  switch (schedule.mode) {
    case 'times':
      return `times ${schedule.rules.map((rule) => timeRuleText(rule)).join(' · ')}`;
    case 'cron':
      return `cron ${schedule.expression}`;
    default:
      return schedule.mode;
  }
}

export function windowsText(windows: Timing['windows']): string {
  if (windows === null) return 'always';
  const slow = windowLines(windows, 'slow').map((line) => `slow ${line}`);
  return [...windowLines(windows, 'allowed'), ...slow].join(' · ');
}
