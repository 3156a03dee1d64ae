import { type ChildProcess, spawn } from 'node:child_process';
import type { Clock } from './clock.ts';
import type { Command, CommandEnd, CommandResult, RunCommand } from './command.ts';
import { OutputTail } from './output-tail.ts';

/** How much of its output is kept. */
export const outputBytes = 64 * 1024;
/** Between asking its processes to end and ending them. */
const graceMs = 2000;
/** So long its output is waited for when it has ended: somebody else may hold the other end. */
const drainMs = 500;

/**
 * Runs a program in a group of its own, and leaves none of that group behind: whatever it started is asked to end with it, and is ended when
 * it does not. What has left the group by itself is out of reach.
 */
export function systemCommand(clock: Clock): RunCommand {
  return (command) =>
    new Promise((resolve) => {
      const tail = new OutputTail(outputBytes);
      const child = begin(command);
      let end: CommandEnd | undefined;
      const stops: (() => void)[] = [];
      const once = (ms: number, then: () => void): void => {
        const stop = clock.every(ms, () => {
          stop();
          then();
        });
        stops.push(stop);
      };
      const finish = (): void => {
        for (const stop of stops) stop();
        command.signal.removeEventListener('abort', stopped);
        child.stdout?.destroy();
        child.stderr?.destroy();
        resolve({ end: end ?? { kind: 'exit', code: 0 }, ...tail.end() } satisfies CommandResult);
      };
      const endIt = (why: CommandEnd): void => {
        end ??= why;
        signalGroup(child, 'SIGTERM');
        once(graceMs, () => signalGroup(child, 'SIGKILL'));
      };
      const stopped = (): void => endIt({ kind: 'stopped' });
      child.on('error', (error: NodeJS.ErrnoException) => {
        if (child.pid !== undefined) return; // it runs: a signal could not be sent, and its end is still to come
        end = { kind: 'error', code: error.code ?? error.name };
        finish();
      });
      for (const stream of [child.stdout, child.stderr]) {
        stream?.on('data', (piece: Uint8Array) => tail.add(piece));
        stream?.on('error', () => undefined); // the program went away while it wrote: its end says how
      }
      child.on('exit', (code, signal) => {
        end ??= signal === null ? { kind: 'exit', code: code ?? 0 } : { kind: 'signal', name: signal };
        void endRest(child, clock).then(finish);
      });
      once(command.timeoutMs, () => endIt({ kind: 'timeout' }));
      if (command.signal.aborted) stopped();
      else command.signal.addEventListener('abort', stopped, { once: true });
    });
}

function begin({ program, arguments: words, folder, environment }: Command): ChildProcess {
  return spawn(program, words, {
    cwd: folder,
    env: { ...environment },
    // A group of its own, so that all of it can be ended; on Windows `taskkill` finds the tree, and a group would open a console.
    detached: process.platform !== 'win32',
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
  });
}

/** When the program has ended: those whom it left behind end, too. */
async function endRest(child: ChildProcess, clock: Clock): Promise<void> {
  const isClosed = new AbortController();
  child.once('close', () => isClosed.abort());
  await clock.sleep(drainMs, isClosed.signal);
  if (!signalGroup(child, 'SIGTERM')) return;
  await groupEnd(child, clock, graceMs);
  // Nobody can refuse this, but it takes a moment until they are gone.
  if (signalGroup(child, 'SIGKILL')) await groupEnd(child, clock, drainMs);
}

/** When nobody is left of them, or the time is over. */
async function groupEnd(child: ChildProcess, clock: Clock, mostMs: number): Promise<void> {
  const startedMs = clock.monotonicMs();
  while (clock.monotonicMs() - startedMs < mostMs && signalGroup(child, 0)) await clock.sleep(20);
}

/** False: there is nobody to hear it. */
function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals | 0): boolean {
  if (pid === undefined) return false;
  if (process.platform === 'win32') return endTree(pid, signal);
  try {
    return process.kill(-pid, signal);
  } catch (error) {
    // Gone, or none of ours any more: a program that became somebody else's ends when it wants to.
    if (['ESRCH', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')) return false;
    throw error;
  }
}

/** Windows knows no groups that can be asked: the tree is ended at once. */
function endTree(pid: number, signal: NodeJS.Signals | 0): boolean {
  if (signal === 0) return false;
  spawn('taskkill', ['/PID', String(pid), '/T', '/F'], { stdio: 'ignore', windowsHide: true }).on('error', () => undefined); // it has ended
  return false;
}
