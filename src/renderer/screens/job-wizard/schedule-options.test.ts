import { describe, expect, it } from 'vitest';
import { type Timing, usualTiming } from '../../../shared/domain/schedule.ts';
import { parseTimeRule, parseWindow } from '../../../shared/domain/week-text.ts';
import { scheduleOptions, timingOptions } from './schedule-options.ts';

const option = (name: string, values: readonly string[]): string =>
  values.length === 0 ? '' : ` --${name} ${values.map((value) => `'${value}'`).join(' ')}`;
const timing = (changed: Partial<Timing>, zone: string | null = null, usual: Partial<Timing> = {}): string =>
  timingOptions({ ...usualTiming, ...changed }, { ...usualTiming, ...usual }, zone, option);

describe('a schedule as options of the command', () => {
  it('names the mode, and what belongs to it', () => {
    const rules = ['Mon-Fri 12:30', 'month 1 02:00'].flatMap((line) => parseTimeRule(line) ?? []);
    expect(scheduleOptions({ mode: 'once' }, option)).toBe(" --mode 'once'");
    expect(scheduleOptions({ mode: 'continuous', idleMs: 90_000 }, option)).toBe(" --mode 'continuous' --idle '00:01:30'");
    expect(scheduleOptions({ mode: 'times', rules }, option)).toBe(" --mode 'times' --at 'Mon-Fri 12:30' 'month 1 02:00'");
    expect(scheduleOptions({ mode: 'cron', expression: '0 2 * * *' }, option)).toBe(" --mode 'cron' --cron '0 2 * * *'");
  });

  it('says nothing of what is as usual', () => {
    expect(timing({})).toBe('');
    expect(timing({ windowEnd: 'stop', slowBytesPerSecond: 5000 })).toBe('');
  });

  it('says windows and conditions as they are', () => {
    const windows = [...(parseWindow('Mon 08:00-12:00', 'allowed') ?? []), ...(parseWindow('Sat,Sun 22:00-23:30', 'slow') ?? [])];
    expect(timing({ windows, windowEnd: 'cycle', slowBytesPerSecond: 5000 })).toBe(
      " --window 'Mon 08:00-12:00' --slow-window 'Sat,Sun 22:00-23:30' --window-end 'cycle' --slow-rate '5000'",
    );
    expect(timing({ batteryAbove: 101, onMetered: false, networks: ['My net'], missed: 'ask' }, 'Asia/Kathmandu')).toBe(
      " --battery 'never' --metered 'no' --network 'My net' --missed 'ask' --zone 'Asia/Kathmandu'",
    );
    expect(timing({ batteryAbove: 30, delayMs: 600_000, retries: 0, retryPauseMs: 60_000, enoughMs: 3_600_000 })).toBe(
      " --battery '30' --delay '00:10:00' --retries '0' --retry-pause '00:01:00' --enough '01:00:00'",
    );
  });

  it('says what is unlike that of new jobs, since the command begins with it, too', () => {
    const windows = parseWindow('Mon-Fri 18:00-08:00', 'allowed') ?? [];
    const usual = { windows, batteryAbove: 50, networks: ['Home'], retries: 5 };
    expect(timing(usual, null, usual)).toBe('');
    expect(timing({}, null, usual)).toBe(" --window 'always' --battery 'always' --network 'any' --retries '2'");
    expect(timing({ ...usual, batteryAbove: 101 }, null, usual)).toBe(" --battery 'never'");
  });
});
