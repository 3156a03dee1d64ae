import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openLogFile } from './log-file.ts';

let profile: string;
beforeEach(() => {
  profile = mkdtempSync(join(tmpdir(), 'strata-log-'));
});
afterEach(() => rmSync(profile, { recursive: true }));

const lines = (): Record<string, unknown>[] =>
  readFileSync(join(profile, 'logs', 'engine.log'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

describe('the log', () => {
  it('has a line per event, and goes on where the last process ended', () => {
    openLogFile(profile).info('run.started', { run: 'r1', items: 3 });
    openLogFile(profile).bug('contract', new TypeError('x is not a function'));
    expect(lines()).toMatchObject([
      { level: 'info', event: 'run.started', run: 'r1', items: 3 },
      { level: 'error', event: 'bug', where: 'contract', trace: expect.stringContaining('log-file.test.ts') as string },
    ]);
  });

  it.runIf(process.platform !== 'win32')('is for its owner alone', () => {
    openLogFile(profile).info('x');
    expect(statSync(join(profile, 'logs')).mode & 0o777).toBe(0o700);
    expect(statSync(join(profile, 'logs', 'engine.log')).mode & 0o777).toBe(0o600);
  });

  it('keeps two files of a bounded size', () => {
    const log = openLogFile(profile);
    for (let n = 0; n < 100; n++) log.warn('long', { n, text: 'x'.repeat(100_000) });
    expect(readdirSync(join(profile, 'logs')).sort()).toEqual(['engine.1.log', 'engine.log']);
    for (const name of readdirSync(join(profile, 'logs')))
      expect(statSync(join(profile, 'logs', name)).size).toBeLessThan(4.1 * 2 ** 20);
    expect(lines().at(-1)).toMatchObject({ n: 99 });
  });

  it('never stops what is logged about, even when it cannot be written', () => {
    const log = openLogFile(profile);
    rmSync(join(profile, 'logs'), { recursive: true });
    expect(() => log.info('lost')).not.toThrow();
  });
});
