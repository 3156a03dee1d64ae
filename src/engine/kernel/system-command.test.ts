import fs from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../test/kit/temporary-folder.ts';
import type { Command } from './command.ts';
import { outputBytes, systemCommand } from './system-command.ts';
import { systemClock } from './system-clock.ts';

const run = systemCommand(systemClock);
let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
});
const command = (program: string, words: readonly string[] = [], more: Partial<Command> = {}): Command => ({
  ...{ program, arguments: words, folder, environment: { PATH: process.env['PATH'] ?? '' }, timeoutMs: 20_000 },
  signal: new AbortController().signal,
  ...more,
});
/** A line of the shell, as the test's own way to make odd programs. */
const shell = (line: string, more: Partial<Command> = {}) => run(command('/bin/sh', ['-c', line], more));
const text = ({ output }: { readonly output: Uint8Array }): string => Buffer.from(output).toString('utf8');
const isAlive = (pid: number): boolean => {
  try {
    // A zombie whom nobody has buried yet does nothing any more.
    return !fs.readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
  } catch {
    return false;
  }
};
const pidIn = (name: string): number => Number(fs.readFileSync(path.join(folder, name), 'utf8'));

describe('a program', () => {
  it('ends with its exit code, and what it wrote to both streams', async () => {
    const result = await shell('echo one; echo two >&2; exit 7');
    expect(result).toMatchObject({ end: { kind: 'exit', code: 7 }, droppedBytes: 0 });
    expect(text(result)).toMatch(/one\n/);
    expect(text(result)).toMatch(/two\n/);
  });

  it('gets each word as it is: no shell reads them', async () => {
    const words = ['$(touch made)', '`touch made`', '; touch made', '* ? ~', '"quoted" \'too\'', '$PATH', 'two\nlines', ''];
    const result = await run(
      command(process.execPath, ['-e', 'process.stdout.write(JSON.stringify(process.argv.slice(1)))', '--', ...words]),
    );
    expect(JSON.parse(text(result))).toEqual(words);
    expect(fs.existsSync(path.join(folder, 'made'))).toBe(false);
  });

  it('gets the environment that is named and nothing of this process’s', async () => {
    process.env['STRATA_PASSWORD_OF_A_TEST'] = 'correct horse';
    const result = await run(command('/usr/bin/env', [], { environment: { STRATA_JOB: 'Mail' } }));
    delete process.env['STRATA_PASSWORD_OF_A_TEST'];
    expect(text(result)).toBe('STRATA_JOB=Mail\n');
  });

  it('reads nothing: there is nobody to type', async () => {
    expect(text(await shell('cat; echo end'))).toBe('end\n');
  });

  it('that does not exist, may not be run, or has no folder, did not begin', async () => {
    fs.writeFileSync(path.join(folder, 'plain.txt'), 'no program', { mode: 0o644 });
    expect((await run(command(path.join(folder, 'none')))).end).toEqual({ kind: 'error', code: 'ENOENT' });
    expect((await run(command(path.join(folder, 'plain.txt')))).end).toEqual({ kind: 'error', code: 'EACCES' });
    expect((await run(command('/bin/true', [], { folder: path.join(folder, 'nowhere') }))).end).toEqual({
      kind: 'error',
      code: 'ENOENT',
    });
  });

  it('that is ended by a signal says by which', async () => {
    expect((await shell('kill -USR1 $$')).end).toEqual({ kind: 'signal', name: 'SIGUSR1' });
  });

  it('that hangs is ended at its time, with all that it started', async () => {
    const startMs = systemClock.monotonicMs();
    const result = await shell('sleep 300 & echo $! > child; sleep 300', { timeoutMs: 300 });
    expect(result.end).toEqual({ kind: 'timeout' });
    expect(systemClock.monotonicMs() - startMs).toBeLessThan(10_000);
    expect(isAlive(pidIn('child'))).toBe(false);
  });

  it('that does not want to end is ended all the same', async () => {
    const result = await shell("trap '' TERM; echo $$ > self; while :; do sleep 1; done", { timeoutMs: 300 });
    expect(result.end).toEqual({ kind: 'timeout' });
    expect(isAlive(pidIn('self'))).toBe(false);
  });

  it('that leaves somebody behind who holds its output does not hold anybody up, and that one ends, too', async () => {
    const startMs = systemClock.monotonicMs();
    const result = await shell("(trap '' TERM; sleep 300) & echo $! > child; echo done");
    expect(result.end).toEqual({ kind: 'exit', code: 0 });
    expect(text(result)).toBe('done\n');
    expect(systemClock.monotonicMs() - startMs).toBeLessThan(8000);
    expect(isAlive(pidIn('child'))).toBe(false);
  });

  it('whose child left the group and holds its output holds nobody up', async () => {
    const startMs = systemClock.monotonicMs();
    const result = await shell('setsid sh -c "echo \\$\\$ > escaped; exec sleep 300" & sleep 0.2; echo done');
    expect(result.end).toEqual({ kind: 'exit', code: 0 });
    expect(systemClock.monotonicMs() - startMs).toBeLessThan(8000);
    process.kill(pidIn('escaped'), 'SIGKILL');
  });

  it('that nobody wants any more is ended', async () => {
    const stop = new AbortController();
    const going = shell('sleep 300', { signal: stop.signal });
    stop.abort();
    expect((await going).end).toEqual({ kind: 'stopped' });
    expect((await shell('sleep 300', { signal: AbortSignal.abort() })).end).toEqual({ kind: 'stopped' });
  });

  it('that writes a gigabyte is kept to the end of it, in little memory', async () => {
    const before = process.memoryUsage().rss;
    let most = before;
    const stop = systemClock.every(20, () => {
      most = Math.max(most, process.memoryUsage().rss);
    });
    const result = await shell('yes strata | head -c 1073741824; printf END', { timeoutMs: 120_000 });
    stop();
    expect(result.end).toEqual({ kind: 'exit', code: 0 });
    expect(result.output).toHaveLength(outputBytes);
    expect(result.droppedBytes).toBe(1_073_741_824 + 3 - outputBytes);
    expect(text(result).endsWith('END')).toBe(true);
    expect(most - before).toBeLessThan(200 * 1024 * 1024);
  }, 130_000);
});
