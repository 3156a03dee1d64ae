import type { CallOutput } from '../shared/contract/calls.ts';
import type { RunId } from '../shared/domain/ids.ts';
import type { RunProgress } from '../shared/domain/run.ts';
import { sayFailure } from '../shared/words/say.ts';
import type { Context } from './context.ts';
import { Exit } from './exit.ts';
import { exitCodeOf, exitCodeOfStatus, exitCodes } from './exit-codes.ts';
import { harmless } from './output/table.ts';

type Run = CallOutput<'run.show'>;

/** Waits for a run, shows how it goes, stops it on Ctrl-C: the first time after the item at hand, the second time at once. */
export async function follow(context: Context, id: RunId): Promise<Run> {
  const { client } = context;
  const line = progressLine(context);
  const ended = new Promise<Run>((resolve, reject) => {
    client.on('run.ended', ({ run }) => {
      if (run.id === id) resolve(run);
    });
    client.onLost(() => reject(new Error('engine lost')));
  });
  // Of a run that had ended before anybody listened nobody waits for this.
  ended.catch(() => undefined);
  const stopShowing = client.on('run.progress', ({ id: other, progress }) => {
    if (other === id) line.show(progress);
  });
  let asked = 0;
  const onInterrupt = (): void => {
    asked += 1;
    context.tell(context.say(asked === 1 ? 'stoppingSoon' : 'stoppingNow'));
    client.call('run.stop', { id, how: asked === 1 ? 'after-item' : 'now' }).catch(() => undefined); // it may just have ended
  };
  process.on('SIGINT', onInterrupt);
  process.on('SIGTERM', onInterrupt);
  try {
    // It may have ended before anybody listened.
    const run = await client.call('run.show', { id });
    return run.status === 'running' ? await ended : run;
  } finally {
    process.off('SIGINT', onInterrupt);
    process.off('SIGTERM', onInterrupt);
    stopShowing();
    line.clear();
  }
}

/** Ends the command as the run ended: why it failed on standard error, and the exit code. */
export function concludeRun(context: Context, run: Run): void {
  for (const problem of run.problems.slice(0, 20)) {
    const where = [problem.source, problem.folder, problem.item].filter((part) => part !== '').join('/');
    context.tell(`${harmless(where)}: ${harmless(sayFailure(problem.failure, context.language))} [${problem.failure.code}]`);
  }
  if (run.problems.length > 20) context.tell(context.say('moreProblems', { count: run.problems.length - 20, run: run.id }));
  if (run.status === 'success') return;
  const isDamage = (run.check?.findings.length ?? 0) > 0;
  if (run.failure !== null) {
    process.stderr.write(`${harmless(sayFailure(run.failure, context.language))} [${run.failure.code}]\n`);
    throw new Exit(isDamage ? exitCodes.damage : exitCodeOf(run.failure.code));
  }
  const damaged = run.restore?.failed.some(({ failure }) => exitCodeOf(failure.code) === exitCodes.damage) ?? false;
  throw new Exit(damaged ? exitCodes.damage : exitCodeOfStatus(run.status));
}

interface ProgressLine {
  show(progress: RunProgress): void;
  clear(): void;
}

/** A bar that is written over on a terminal, JSON lines where asked for, nothing when piped. */
function progressLine(context: Context): ProgressLine {
  if (context.options.progress === 'json') {
    return { show: (progress) => void process.stderr.write(`${JSON.stringify(progress)}\n`), clear: () => undefined };
  }
  if (!process.stderr.isTTY || context.options.quiet === true) return { show: () => undefined, clear: () => undefined };
  return {
    show: (progress) =>
      void process.stderr.write(`\r\u001b[K${progressText(context, progress).slice(0, (process.stderr.columns ?? 80) - 1)}`),
    clear: () => void process.stderr.write('\r\u001b[K'),
  };
}

function progressText({ say, formats }: Context, progress: RunProgress): string {
  const { itemsDone, itemsTotal, bytesDone, bytesTotal } = progress;
  const share =
    bytesTotal !== null && bytesTotal > 0
      ? bytesDone / bytesTotal
      : itemsTotal !== null && itemsTotal > 0
        ? itemsDone / itemsTotal
        : null;
  const bar = share === null ? '' : `${'█'.repeat(Math.round(share * 20)).padEnd(20, '░')} ${Math.floor(share * 100)}% `;
  const items = itemsTotal === null ? formats.count(itemsDone) : `${formats.count(itemsDone)}/${formats.count(itemsTotal)}`;
  const [wait] = progress.waits ?? [];
  const now = wait === undefined ? progress.current : say('serverWaits', { host: wait.host, time: formats.time(wait.untilMs) });
  return `${say(`phase.${progress.phase}`)} ${bar}${items} · ${formats.bytes(bytesDone)} · ${harmless(now)}`;
}
