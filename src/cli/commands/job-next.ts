import type { CallOutput } from '../../shared/contract/calls.ts';
import { StrataError } from '../../shared/domain/strata-error.ts';
import type { Context } from '../context.ts';
import { waitingDe } from '../../shared/words/waiting.de.ts';
import { waitingEn } from '../../shared/words/waiting.en.ts';
import { pickJob } from '../naming.ts';
import { table } from '../output/table.ts';

type Job = CallOutput<'job.show'>;

const waits = { en: waitingEn, de: waitingDe } as const;
/** As far ahead as a forecast goes. */
const days = 366;
const mostRuns = 1000;

export async function showNext(context: Context, [name = '']: string[], options: { readonly count?: string }): Promise<void> {
  const job = await pickJob(context, name);
  const limit = Number(options.count ?? 5);
  if (!Number.isInteger(limit) || limit < 1 || limit > mostRuns) {
    throw new StrataError('usage.invalid', 'never', { reason: context.say('notACount', { text: options.count ?? '' }) });
  }
  const { schedule, timing, zone, id } = job;
  const forecast = await context.client.call('job.forecast', { id, schedule, timing, zone, days, limit });
  if (context.options.json) return context.printJson({ due: job.due, ...forecast });
  const { say, formats } = context;
  context.print(`${say('column.nextRun')}: ${dueText(context, job)}`);
  const rows = forecast.runs.map((run) => [
    formats.time(run.startMs),
    say(`startReason.${run.because}`),
    [run.isSlow ? say('plan.slow') : '', run.isCut ? say('plan.cut') : '', run.note === null ? '' : say(`plan.${run.note}`)]
      .filter(Boolean)
      .join(', '),
  ]);
  if (rows.length > 0)
    context.print(table([{ title: say('column.start') }, { title: say('column.because') }, { title: '' }], rows));
}

/** When it runs by itself, or what it waits for. */
export function dueText({ say, formats, language }: Context, { due, running, scan, schedule }: Job): string {
  if (running !== null) return say('due.running');
  if (scan !== 'on' && schedule.mode !== 'manual') return say('due.off');
  switch (due.kind) {
    case 'never':
      return say('due.never');
    case 'start':
      return say('due.now');
    case 'wait': {
      const time = due.untilMs === null ? '' : formats.time(due.untilMs);
      if (due.because === 'time') return time || say('due.changes');
      if (due.because === 'answer') return say('due.answer');
      return [waits[language][due.because], time].filter(Boolean).join(', ');
    }
  }
}

export async function answerMissed(context: Context, [name = '', answer = '']: string[]): Promise<void> {
  const job = await pickJob(context, name);
  if (answer !== 'run' && answer !== 'skip') {
    throw new StrataError('usage.invalid', 'never', { reason: context.say('runOrSkip', { text: answer }) });
  }
  await context.client.call('job.answer', { id: job.id, answer });
}
