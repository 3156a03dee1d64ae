import { Command } from 'commander';
import type { CallOutput } from '../../shared/contract/calls.ts';
import { sayCause } from '../../shared/words/causes.ts';
import { StrataError } from '../../shared/domain/strata-error.ts';
import { restoreCsv } from '../../shared/words/csv.ts';
import { sayFailure } from '../../shared/words/say.ts';
import { sayStepName, sayStepState } from '../../shared/words/steps.ts';
import type { Context } from '../context.ts';
import { concludeRun, follow } from '../following.ts';
import { pickJob, pickRun } from '../naming.ts';
import { runJson, stepJson } from '../output/json.ts';
import { harmless, table } from '../output/table.ts';
import type { Act } from '../act.ts';
import { unlockedStorage, unlockSources } from '../unlocking.ts';

type Run = CallOutput<'run.show'>;

export function runCommands(act: Act): Command {
  const run = new Command('run').description('what ran');
  run.command('list').option('--job <name>').option('--kind <kind>').option('--last <number>').action(act(list));
  run.command('show').argument('<id>').option('--csv', 'what a restore did, as a table').action(act(showRun));
  run.command('log').argument('<id>').option('--follow').action(act(log));
  run.command('stop').argument('<id>').option('--now').action(act(stop));
  run.command('pause').description('of a backup: after the item at hand, and over restarts').argument('<id>').action(act(pause));
  run.command('resume').description('goes on where it was paused').argument('<id>').action(act(resume));
  return run;
}

/** Two lines that say what a run did. */
export function runSummary({ say, formats }: Context, run: Run): string {
  const took = run.endedAtMs === null ? '' : formats.duration(run.endedAtMs - run.startedAtMs);
  const facts = Object.fromEntries(Object.entries(run.counts).map(([name, value]) => [name, formats.count(value)]));
  const first = say('runEnded', { kind: say(`kind.${run.kind}`), status: say(`status.${run.status}`), took, id: run.id });
  if (run.kind !== 'backup') return first;
  const hidden = run.retention !== null && run.retention.versions + run.retention.momentsForgotten > 0 ? run.retention : null;
  const last =
    hidden === null
      ? ''
      : `\n${say('runHid', { versions: formats.count(hidden.versions), moments: formats.count(hidden.momentsForgotten) })}`;
  return `${first}\n${say('runCounts', { ...facts, read: formats.bytes(run.bytes.read), stored: formats.bytes(run.bytes.stored) })}${last}`;
}

async function list(context: Context, _: string[], options: { job?: string; kind?: string; last?: string }): Promise<void> {
  const job = options.job === undefined ? null : (await pickJob(context, options.job)).id;
  const limit = Math.min(1000, Math.max(1, Number(options.last ?? 20) || 20));
  const runs = await context.client.call('run.list', { job, storage: null, kind: options.kind ?? null, limit });
  if (context.options.json) return context.printJson(runs.map(runJson));
  const { say, formats } = context;
  context.print(
    table(
      [
        { title: say('column.run') },
        { title: say('column.kind') },
        { title: say('column.job') },
        { title: say('column.started') },
        { title: say('column.took'), right: true },
        { title: say('column.status') },
        { title: say('column.because') },
      ],
      runs.map((run) => [
        run.id,
        say(`kind.${run.kind}`),
        run.jobName ?? '–',
        formats.time(run.startedAtMs),
        run.endedAtMs === null ? '–' : formats.duration(run.endedAtMs - run.startedAtMs),
        say(`status.${run.status}`),
        causeText(context, run),
      ]),
    ),
  );
}

const causeText = ({ language, formats }: Context, { cause }: Run): string =>
  cause === null ? '–' : sayCause(cause, language, (ms) => formats.time(ms));

export async function showRun(context: Context, [id = '']: string[], options: { csv?: boolean } = {}): Promise<void> {
  const picked = await pickRun(context, id);
  // Names of items are for who can open the storage.
  if (options.csv === true && picked.storage !== null) await unlockedStorage(context, picked.storage);
  const run = await context.client.call('run.show', { id: picked.id });
  if (options.csv === true) return printCsv(context, run);
  const steps = await context.client.call('run.steps', { id: run.id });
  if (context.options.json) return context.printJson({ ...runJson(run), steps: steps.map(stepJson) });
  context.print(runSummary(context, run));
  context.print(context.say('runBegan', { time: context.formats.time(run.startedAtMs), cause: causeText(context, run) }));
  for (const { phase, startedAtMs, endedAtMs } of run.phases) {
    context.print(
      `  ${context.say(`phase.${phase}`)}  ${endedAtMs === null ? '–' : context.formats.duration(endedAtMs - startedAtMs)}`,
    );
  }
  for (const { failure, source, folder, item } of run.problems) {
    context.print(
      harmless(
        `  ${[source, folder, item].filter((part) => part !== '').join('/')}: ${sayFailure(failure, context.language)} [${failure.code}]`,
      ),
    );
  }
  if (run.failure !== null) context.print(`${sayFailure(run.failure, context.language)} [${run.failure.code}]`);
  for (const step of steps) context.print(stepText(context, step));
}

function printCsv({ print, say, language }: Context, { restore }: Run): void {
  if (restore === null) throw new StrataError('usage.invalid', 'never', { reason: say('csvOfRestores') });
  print(restoreCsv(restore, (failure) => sayFailure(failure, language)));
}

/** One line: what it is, what became of it, and why. */
function stepText({ language, formats }: Context, step: CallOutput<'run.steps'>[number]): string {
  const state = sayStepState(step, language, (ms) => formats.time(ms));
  const why = step.failure === null ? '' : ` ${sayFailure(step.failure, language)} [${step.failure.code}]`;
  return harmless(`  ${sayStepName(step, language)}: ${state}${why}`);
}

async function log(context: Context, [text = '']: string[], options: { follow?: boolean }): Promise<void> {
  const { id } = await pickRun(context, text);
  let after = 0;
  const printNew = async (): Promise<void> => {
    for (;;) {
      const lines = await context.client.call('run.log', { id, after, limit: 1000 });
      for (const line of lines) {
        after = line.line;
        if (context.options.json)
          context.print(
            JSON.stringify({ at: new Date(line.atMs).toISOString(), level: line.level, event: line.event, facts: line.facts }),
          );
        else
          context.print(
            harmless(`${context.formats.time(line.atMs)} ${line.level.padEnd(5)} ${line.event} ${JSON.stringify(line.facts)}`),
          );
      }
      if (lines.length < 1000) return;
    }
  };
  await printNew();
  if (options.follow !== true) return;
  const stop = context.client.on('run.progress', () => void printNew());
  await follow(context, id);
  stop();
  await printNew();
}

async function stop(context: Context, [text = '']: string[], options: { now?: boolean }): Promise<void> {
  const { id } = await pickRun(context, text);
  await context.client.call('run.stop', { id, how: options.now ? 'now' : 'after-item' });
}

async function pause(context: Context, [text = '']: string[]): Promise<void> {
  await context.client.call('run.pause', { id: (await pickRun(context, text)).id });
}

/** Shows how it goes, and ends as it ended. */
async function resume(context: Context, [text = '']: string[]): Promise<void> {
  const { id, job } = await pickRun(context, text);
  const found = (await context.client.call('job.list', {})).find((one) => one.id === job);
  if (found !== undefined) {
    await unlockedStorage(context, found.storage);
    await unlockSources(context, found.sources);
  }
  const { run } = await context.client.call('run.resume', { id });
  const ended = await follow(context, run);
  if (context.options.json) context.printJson(runJson(ended));
  else if (ended.failure === null) context.print(runSummary(context, ended));
  concludeRun(context, ended);
}
