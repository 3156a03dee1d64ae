import type { Command } from 'commander';
import { usualNewJobs } from '../../shared/domain/new-jobs.ts';
import { StrataError } from '../../shared/domain/strata-error.ts';
import type { Act } from '../act.ts';
import type { Context } from '../context.ts';
import { harmless } from '../output/table.ts';
import { parseRetention, retentionText } from '../retention-rules.ts';
import { timingFrom, type TimingOptions, windowsText, withTiming } from '../scheduling.ts';

interface Options extends TimingOptions {
  readonly keep?: string;
  readonly usual?: boolean;
}

export function addNewJobsCommand(config: Command, act: Act): void {
  withTiming(
    config
      .command('new-jobs')
      .description('windows, conditions, retries and how long: what new jobs begin with; without options it is shown'),
  )
    .option('--keep <rules>', '"daily=7 deleted=30d", or none; a storage that has rules for new jobs gives them its own')
    .option('--usual', 'as Strata comes')
    .action(act(newJobs));
}

async function newJobs(context: Context, _: string[], options: Options): Promise<void> {
  const { usual, keep, ...timingOptions } = options;
  const isSaid = Object.keys(timingOptions).length > 0 || keep !== undefined;
  if (usual === true && isSaid) {
    throw new StrataError('usage.invalid', 'never', { reason: '--usual alone: see strata config new-jobs --help.' });
  }
  const before = (await context.client.call('app.preferences', {})).newJobs;
  const changed = {
    timing: timingFrom(timingOptions, before.timing) ?? before.timing,
    retention: keep === undefined ? before.retention : parseRetention(keep),
  };
  if (usual === true || isSaid) {
    await context.client.call('app.setPreferences', { newJobs: usual === true ? usualNewJobs : changed });
  }
  return show(context);
}

/** In the words that the options are typed in. */
async function show(context: Context): Promise<void> {
  const { timing, retention } = (await context.client.call('app.preferences', {})).newJobs;
  const keep = retentionText(retention);
  if (context.options.json) return context.printJson({ timing, keep });
  const { windows, batteryAbove, onMetered, networks, missed, delayMs, retries, retryPauseMs, enoughMs } = timing;
  const rows = [
    ['--window', windowsText(windows)],
    ['--window-end', timing.windowEnd],
    ['--slow-rate', `${timing.slowBytesPerSecond}`],
    ['--battery', batteryAbove > 100 ? 'never' : batteryAbove === 0 ? 'always' : `${batteryAbove}%`],
    ['--metered', onMetered ? 'yes' : 'no'],
    ['--network', networks.length === 0 ? 'any' : networks.join(', ')],
    ['--missed', missed],
    ['--delay', clock(delayMs)],
    ['--retries', `${retries}`],
    ['--retry-pause', clock(retryPauseMs)],
    ['--enough', clock(enoughMs)],
    ['--keep', keep],
  ];
  context.print(rows.map(([option = '', value = '']) => harmless(`${option.padEnd(16)}${value}`)).join('\n'));
}

/** As it is typed: hours without end. */
const clock = (ms: number): string =>
  [ms / 3_600_000, (ms / 60_000) % 60, (ms / 1000) % 60].map((part) => String(Math.floor(part)).padStart(2, '0')).join(':');
