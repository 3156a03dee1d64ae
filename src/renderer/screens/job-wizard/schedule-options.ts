import type { Timing } from '../../../shared/domain/schedule.ts';
import { timeRuleText, windowLines } from '../../../shared/domain/week-text.ts';
import { lengthText } from '../../parts/schedule/clock-length.ts';
import { type Schedule, saysSame } from '../../parts/schedule/when.ts';

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

/** What the command begins with by itself is not said. @param usual Of new jobs. */
export function timingOptions(timing: Timing, usual: Timing, zone: string | null, option: Option): string {
  const { batteryAbove, networks } = timing;
  const changed = (key: keyof Timing): boolean => !saysSame(timing[key], usual[key]);
  const one = (name: string, isSaid: boolean, value: string): string => (isSaid ? option(name, [value]) : '');
  const hasWindows = timing.windows !== null;
  return [
    changed('windows') ? windowOptions(timing.windows, option) : '',
    one('window-end', hasWindows && changed('windowEnd'), timing.windowEnd),
    one('slow-rate', hasWindows && changed('slowBytesPerSecond'), String(timing.slowBytesPerSecond)),
    one('battery', changed('batteryAbove'), batteryAbove > 100 ? 'never' : batteryAbove === 0 ? 'always' : String(batteryAbove)),
    one('metered', changed('onMetered'), timing.onMetered ? 'yes' : 'no'),
    changed('networks') ? option('network', networks.length === 0 ? ['any'] : networks) : '',
    one('missed', changed('missed'), timing.missed),
    one('delay', changed('delayMs'), length(timing.delayMs)),
    one('retries', changed('retries'), String(timing.retries)),
    one('retry-pause', changed('retryPauseMs'), length(timing.retryPauseMs)),
    one('enough', changed('enoughMs'), length(timing.enoughMs)),
    one('zone', zone !== null, zone ?? ''),
  ].join('');
}

const windowOptions = (windows: Timing['windows'], option: Option): string =>
  windows === null
    ? option('window', ['always'])
    : option('window', windowLines(windows, 'allowed')) + option('slow-window', windowLines(windows, 'slow'));

/** `hh:mm:ss`, hours without end. */
const length = (ms: number): string => lengthText(ms).padStart(8, '0');
