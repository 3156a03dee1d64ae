import { Command } from 'commander';
import type { CallOutput } from '../../shared/contract/calls.ts';
import { sayFailure } from '../../shared/words/say.ts';
import type { Act } from '../act.ts';
import type { Context } from '../context.ts';
import { table } from '../output/table.ts';

type Job = CallOutput<'job.show'>;

export function captureCommands(act: Act): Command {
  const capture = new Command('capture').description('changes as they happen');
  capture.command('status').description('who watches what, since when, and when nobody did').action(act(status));
  return capture;
}

/** One line on what becomes of changes now. */
export function captureText({ say, formats, language }: Context, { watch }: Job): string {
  const why = watch.failure === null ? '' : ` ${sayFailure(watch.failure, language)}`;
  return `${say(`capture.${watch.state}`, { since: formats.time(watch.sinceMs), changes: watch.changes })}${why}`;
}

async function status(context: Context): Promise<void> {
  const jobs = await context.client.call('job.list', {});
  if (context.options.json) {
    context.printJson(
      jobs.map(({ name, scan, capture, watch, nextRunAtMs }) => ({ name, scan, capture, nextRunAtMs, ...watch })),
    );
    return;
  }
  for (const job of jobs) printJob(context, job);
}

function printJob(context: Context, job: Job): void {
  const { say, formats } = context;
  context.print(`${job.name}: ${captureText(context, job)}`);
  if (job.watch.scanDue !== null) {
    const { because, sinceMs } = job.watch.scanDue;
    context.print(`  ${say('capture.scanDue', { since: formats.time(sinceMs), why: say(`scanReason.${because}`) })}`);
  }
  for (const { storage, sinceMs, failure } of job.watch.missed) {
    const name =
      [{ id: job.storage, name: job.storageName }, ...job.furtherStorages].find(({ id }) => id === storage)?.name ?? '';
    context.print(
      `  ${say('capture.missed', { name, since: formats.time(sinceMs), why: sayFailure(failure, context.language) })}`,
    );
  }
  if (job.watch.sources.length > 0) printSources(context, job);
  for (const { fromMs, toMs, caughtUp } of job.watch.gaps) {
    const until = toMs === null ? say('capture.now') : formats.time(toMs);
    context.print(`  ${say(caughtUp ? 'capture.gapCaughtUp' : 'capture.gap', { from: formats.time(fromMs), until })}`);
  }
}

function printSources({ print, say, formats, language }: Context, { watch, sourceNames }: Job): void {
  const rows = watch.sources.map(({ source, state, everyMs, because, failure }) => [
    sourceNames.find(({ id }) => id === source)?.name ?? '',
    `${say(`watch.${because ?? state}`, { every: formats.duration(everyMs ?? 0) })}${failure === null ? '' : ` ${sayFailure(failure, language)}`}`,
  ]);
  print(table([{ title: say('column.source') }, { title: say('column.watched') }], rows));
}
