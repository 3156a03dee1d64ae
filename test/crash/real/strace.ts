import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';

/** Why no process can be traced here; undefined where one can. */
export function straceIsMissing(): string | undefined {
  if (process.platform !== 'linux') return 'strace runs on Linux only';
  const tried = spawnSync('strace', ['-f', '-o', '/dev/null', '-e', 'inject=fsync:error=EIO', 'true'], { encoding: 'utf8' });
  if (tried.error !== undefined) return 'strace is not installed (Debian: strace)';
  return tried.status === 0 ? undefined : `strace may not trace here: ${tried.stderr.trim()}`;
}

/** A call that changes the disk, on a file or folder of the storage: the `number`th of its kind on it. */
export interface SystemCall {
  readonly name: string;
  readonly path: string;
  readonly number: number;
}

export interface Traced {
  readonly signal: NodeJS.Signals | null;
  readonly status: number | null;
  readonly said: string;
  readonly complaint: string;
}

const changing =
  'write,pwrite64,writev,fsync,fdatasync,rename,renameat,renameat2,link,linkat,unlink,unlinkat,mkdir,mkdirat,ftruncate,openat';

/** One thread, so that calls have an order. */
function run(words: readonly string[], command: readonly string[]): Traced {
  const { status, signal, stdout, stderr } = spawnSync('strace', ['-f', '-qq', ...words, process.execPath, ...command], {
    encoding: 'utf8',
    env: { ...process.env, UV_THREADPOOL_SIZE: '1' },
  });
  return { status, signal, said: stdout.trim(), complaint: stderr };
}

/** All calls of that command that change something below the folder, in order. */
export function changesOf(command: readonly string[], folder: string, log: string): SystemCall[] {
  const { status, complaint } = run(['-y', '-s', '0', '-o', log, '-e', `trace=${changing}`], command);
  if (status !== 0) throw new Error(`the traced command failed: ${complaint}`);
  const counts = new Map<string, number>();
  const calls: SystemCall[] = [];
  for (const line of readFileSync(log, 'utf8').split('\n')) {
    const name = /^\d+ +([a-z0-9]+)\(/.exec(line)?.[1];
    const path = [...line.matchAll(/["<]([^">]*)[">]/g)].map(([, text]) => text ?? '').find((text) => text.startsWith(folder));
    if (name === undefined || path === undefined || (name === 'openat' && !line.includes('O_CREAT'))) continue;
    const key = `${name} ${path}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
    calls.push({ name, path, number: counts.get(key) ?? 0 });
  }
  rmSync(log);
  return calls;
}

/** The same command, and this happens at that call: `signal=KILL`, or `error=EIO`. `+`: and at each one after it. */
export function inject(
  { name, path, number }: SystemCall,
  what: string,
  command: readonly string[],
  then: '' | '+' = '',
): Traced {
  return run(['-o', '/dev/null', '-P', path, '-e', `inject=${name}:${what}:when=${number}${then}`], command);
}
