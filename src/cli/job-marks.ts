import type { Command } from 'commander';
import type { CallInput } from '../shared/contract/calls.ts';
import { jobColors, priorities, type Priority } from '../shared/domain/job-marks.ts';
import { StrataError } from '../shared/domain/strata-error.ts';
import type { Context } from './context.ts';

export interface MarkOptions {
  readonly group?: string;
  readonly color?: string;
  readonly priority?: string;
}

export const withMarks = (command: Command): Command =>
  command
    .option('--group <name>', 'stands with the others of that group; none')
    .option('--color <color>', `${jobColors.join(', ')} or none`);

/** `--priority` says two things: a word is the job's among jobs, a number that of sources within it. */
export const priorityOfJob = ({ priority }: MarkOptions): Priority | undefined => priorities.find((word) => word === priority);

export function marksFrom(context: Context, options: MarkOptions): Pick<CallInput<'job.create'>, 'group' | 'color' | 'priority'> {
  const { group, color } = options;
  const priority = priorityOfJob(options);
  return {
    ...(group === undefined ? {} : { group: group === 'none' ? null : group }),
    ...(color === undefined ? {} : { color: colorFrom(context, color) }),
    ...(priority === undefined ? {} : { priority }),
  };
}

function colorFrom(context: Context, text: string): (typeof jobColors)[number] | null {
  const color = jobColors.find((one) => one === text);
  if (color !== undefined) return color;
  if (text === 'none') return null;
  throw new StrataError('usage.invalid', 'never', {
    reason: context.say('unknownColor', { color: text, colors: jobColors.join(', ') }),
  });
}
