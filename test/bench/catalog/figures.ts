import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';

interface Figure {
  readonly what: string;
  /** Once: how long it took. Many times: so long at most took 95 in 100. */
  readonly ms: number;
  readonly medianMs?: number;
  /** Of the processor, once or p95 as well: the machine may be busy with something else, and then this is what to judge by. */
  readonly cpuMs: number;
  readonly barMs?: number;
}

const figures: Figure[] = [];
const sizes: Record<string, number> = {};
const rounded = (ms: number): number => Math.round(ms * 100) / 100;

function keep(figure: Figure, text: string): void {
  figures.push(figure);
  const bar =
    figure.barMs === undefined
      ? ''
      : figure.cpuMs <= figure.barMs
        ? `  (bar ${figure.barMs})`
        : `  OVER THE BAR of ${figure.barMs}`;
  console.log(`${figure.what.padEnd(58)} ${text} ms${bar}`);
}

export function timed<T>(what: string, action: () => T, barMs?: number): T {
  const [start, cpu] = [performance.now(), process.cpuUsage()];
  const result = action();
  const { user, system } = process.cpuUsage(cpu);
  const [ms, cpuMs] = [rounded(performance.now() - start), rounded((user + system) / 1000)];
  keep({ what, ms, cpuMs, ...(barMs === undefined ? {} : { barMs }) }, `${ms} (processor ${cpuMs})`);
  return result;
}

/** Of what gives others a turn: how long it took, and how long nobody else had one. */
export async function timedInTurns(what: string, action: () => Promise<unknown>): Promise<void> {
  const gaps = monitorEventLoopDelay({ resolution: 1 });
  gaps.enable();
  const [start, cpu] = [performance.now(), process.cpuUsage()];
  await action();
  const { user, system } = process.cpuUsage(cpu);
  const [ms, cpuMs] = [rounded(performance.now() - start), rounded((user + system) / 1000)];
  // The loop tells of a gap at its next turn.
  await sleep(5);
  gaps.disable();
  keep({ what, ms, cpuMs }, `${ms} (processor ${cpuMs}), longest without a turn ${rounded(gaps.max / 1e6)}`);
}

export function p95(what: string, times: number, action: (at: number) => unknown, barMs?: number): void {
  const took: number[] = [];
  const computed: number[] = [];
  for (let at = 0; at < times; at++) {
    const [start, cpu] = [performance.now(), process.cpuUsage()];
    action(at);
    const { user, system } = process.cpuUsage(cpu);
    took.push(performance.now() - start);
    computed.push((user + system) / 1000);
  }
  const nth = (list: readonly number[], part: number): number =>
    rounded(list.toSorted((a, b) => a - b)[Math.floor(times * part)] ?? 0);
  const [ms, medianMs, cpuMs] = [nth(took, 0.95), nth(took, 0.5), nth(computed, 0.95)];
  keep(
    { what, ms, medianMs, cpuMs, ...(barMs === undefined ? {} : { barMs }) },
    `${medianMs} median, p95 ${ms} (processor ${cpuMs})`,
  );
}

export function sized(what: string, bytes: number, versions: number): void {
  sizes[what] = Math.round(bytes / versions);
  console.log(`${what.padEnd(58)} ${(bytes / 1e6).toFixed(1)} MB, ${sizes[what]} bytes a version`);
}

/** For the page of benchmarks. */
export function keepResults(file: string, facts: Readonly<Record<string, number>>): void {
  const day = new Date().toISOString().slice(0, 10);
  const machine = `${os.availableParallelism()} cores (${os.cpus()[0]?.model.trim()}), ${Math.round(os.totalmem() / 1e9)} GB, Node ${process.versions.node}`;
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(
    file,
    `${JSON.stringify({ day, machine, load: os.loadavg()[0], ...facts, bytesPerVersion: sizes, figures }, null, 2)}\n`,
  );
}
