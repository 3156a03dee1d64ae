import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

/** What a whole process took, its threads and children included. */
export interface Measured {
  readonly seconds: number;
  /** User and system. */
  readonly cpuSeconds: number;
  /** The largest resident memory of it or of one of its children. */
  readonly peakBytes: number;
}

export interface Command {
  readonly words: readonly string[];
  readonly cwd?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

const gnuTime = '/usr/bin/time';

export function requireGnuTime(): void {
  if (!fs.existsSync(gnuTime))
    throw new Error(`${gnuTime} is missing (Debian's package "time"): nothing else tells a process's peak memory`);
}

/** Runs it to its end; throws with what it said where it fails. */
export function run({ words, cwd, environment }: Command): string {
  const [program = '', ...rest] = words;
  const ran = spawnSync(program, rest, {
    encoding: 'utf8',
    env: { ...process.env, ...environment },
    maxBuffer: 1e9,
    ...(cwd === undefined ? {} : { cwd }),
  });
  if (ran.status === 0) return ran.stdout;
  throw new Error(`${words.join(' ')}: ${ran.error?.message ?? `exit ${ran.status}`}\n${ran.stderr}${ran.stdout}`);
}

export function measure(command: Command, scratch: string): Measured {
  const note = path.join(scratch, 'time');
  run({ ...command, words: [gnuTime, '-q', '-f', '%e %U %S %M', '-o', note, ...command.words] });
  const [seconds = 0, user = 0, system = 0, kilobytes = 0] = fs.readFileSync(note, 'utf8').trim().split(' ').map(Number);
  return { seconds, cpuSeconds: +(user + system).toFixed(2), peakBytes: kilobytes * 1024 };
}
