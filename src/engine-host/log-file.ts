import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { EngineOptions } from '../engine/index.ts';
import type { Facts } from '../shared/domain/strata-error.ts';

type Log = EngineOptions['log'];

export interface LogFile extends Log {
  /** Something that should not have happened: with its trace, which stays on this disk. */
  bug(where: string, error: unknown): void;
}

/** Two files of this size at most: the last weeks of a desk, the last days of a busy server. */
const turnAtBytes = 4 * 2 ** 20;

/**
 * Appends a line of JSON per event to `logs/engine.log` of the profile (0600), and keeps the one before as `engine.1.log`.
 * Written at once: the line before a crash is the one that matters, and the engine logs a few lines a run.
 */
export function openLogFile(profileDir: string): LogFile {
  const directory = join(profileDir, 'logs');
  const file = join(directory, 'engine.log');
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  let bytes = statSync(file, { throwIfNoEntry: false })?.size ?? 0;

  const write = (level: string, event: string, facts: Facts = {}): void => {
    const line = `${JSON.stringify({ at: new Date().toISOString(), level, event, pid: process.pid, ...facts })}\n`;
    try {
      if (bytes + line.length > turnAtBytes) {
        renameSync(file, join(directory, 'engine.1.log'));
        bytes = 0;
      }
      appendFileSync(file, line, { mode: 0o600 });
      bytes += line.length;
    } catch {
      // A full disk must not stop a backup to another one because of its log.
    }
  };

  return {
    info: (event, facts) => write('info', event, facts),
    warn: (event, facts) => write('warn', event, facts),
    error: (event, facts) => write('error', event, facts),
    bug: (where, error) =>
      write('error', 'bug', { where, trace: error instanceof Error ? (error.stack ?? error.name) : String(error) }),
  };
}
