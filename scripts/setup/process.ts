import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { logs, root } from './folders.ts';

/** Runs a script of an npm package on this Node, without a shell or a `.bin` link in between. */
export const script = (path: string, ...words: string[]): readonly string[] => [
  process.execPath,
  join(root, 'node_modules', path),
  ...words,
];

/** The exit code, a signal told as a shell tells it. */
export function ended(child: ChildProcess): Promise<number> {
  return new Promise((done, fail) => {
    child.once('error', fail);
    child.once('exit', (code, signal) => done(code ?? 128 + (signal === null ? 0 : constants.signals[signal])));
  });
}

/** Runs a command on the person's own terminal. */
export async function show(command: readonly string[], options: SpawnOptions = {}): Promise<number> {
  const [name = '', ...words] = command;
  const child = spawn(name, words, { cwd: root, stdio: 'inherit', ...options });
  let stopped = false;
  // Whoever ends us means the command. Ctrl-C reaches it by itself.
  const passOn = (signal: NodeJS.Signals): void => {
    stopped = true;
    if (signal !== 'SIGINT') child.kill(signal);
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, passOn);
  try {
    const code = await ended(child);
    if (stopped) process.exit(code); // whatever would have come next is not wanted any more
    return code;
  } finally {
    for (const signal of signals) process.off(signal, passOn);
  }
}

/** Runs a command with its output in `.cache/logs`; throws with the log's end when it fails. */
export async function record(log: string, command: readonly string[], options: SpawnOptions = {}): Promise<void> {
  const [name = '', ...words] = command;
  mkdirSync(logs, { recursive: true });
  const path = join(logs, `${log}.log`);
  const file = openSync(path, 'w');
  try {
    const env = { ...process.env, ...options.env, NO_COLOR: '1' };
    const code = await ended(spawn(name, words, { cwd: root, ...options, env, stdio: ['ignore', file, file] }));
    if (code !== 0) throw new Error(`${name} ended with ${code}:\n${lastLines(path)}\n(whole output: ${path})`);
  } finally {
    closeSync(file);
  }
}

/** The end of a log without the lines of stack traces, which push the reason out of sight. */
function lastLines(path: string): string {
  const lines = stripVTControlCharacters(readFileSync(path, 'utf8')).trimEnd().split('\n');
  return lines
    .filter((line) => !/^\s+at /.test(line))
    .slice(-20)
    .join('\n');
}
