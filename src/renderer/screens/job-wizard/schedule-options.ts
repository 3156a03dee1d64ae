import { type Timing, usualTiming } from '../../../shared/domain/schedule.ts';
import { timeRuleText, windowLines } from '../../../shared/domain/week-text.ts';
import { lengthText } from '../../parts/schedule/clock-length.ts';
import type { Schedule } from '../../parts/schedule/when.ts';

type Option = (name: string, values: readonly string[]) => string;

/** Which mode, and what belongs to it. */
export function scheduleOptions(schedule: Schedule, option: Option): string {
  const mode = option('mode', [schedule.mode]);
  switch (schedule.mode) {
    case 'continuous':
      return mode + option('idle', [length(schedule.idleMs)]);
    case 'times':
      return (
        mode +
        option(
          'at',
          schedule.rules.map((rule) => timeRuleText(rule)),
        )
      );
    case 'cron':
      return mode + option('cron', [schedule.expression]);
    default:
      return mode;
  }
}

/** What is as usual is not said. */
export function timingOptions(timing: Timing, zone: string | null, option: Option): string {
  const { windows, batteryAbove } = timing;
  const changed = (key: keyof Timing): boolean => timing[key] !== usualTiming[key];
  const one = (name: string, isSaid: boolean, value: string): string => (isSaid ? option(name, [value]) : '');
  return [
    option('window', windowLines(windows ?? [], 'allowed')),
    option('slow-window', windowLines(windows ?? [], 'slow')),
    one('window-end', windows !== null && changed('windowEnd'), timing.windowEnd),
    one('slow-rate', windows !== null && changed('slowBytesPerSecond'), String(timing.slowBytesPerSecond)),
    one('battery', changed('batteryAbove'), batteryAbove > 100 ? 'never' : String(batteryAbove)),
    one('metered', changed('onMetered'), timing.onMetered ? 'yes' : 'no'),
    option('network', timing.networks),
    one('missed', changed('missed'), timing.missed),
    one('delay', changed('delayMs'), length(timing.delayMs)),
    one('retries', changed('retries'), String(timing.retries)),
    one('retry-pause', changed('retryPauseMs'), length(timing.retryPauseMs)),
    one('enough', changed('enoughMs'), length(timing.enoughMs)),
    one('zone', zone !== null, zone ?? ''),
  ].join('');
}

/** `hh:mm:ss`, hours without end. */
const length = (ms: number): string => lengthText(ms).padStart(8, '0');
