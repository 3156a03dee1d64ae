import { setImmediate as turn } from 'node:timers/promises';
import { NodeFileSystem } from '../../../src/engine/kernel/node-file-system.ts';
import type { Clock } from '../../../src/engine/kernel/clock.ts';
import type { FileSystem } from '../../../src/engine/kernel/file-system.ts';
import type { Machine } from '../../../src/engine/kernel/machine.ts';
import { systemMachine } from '../../../src/engine/kernel/system-machine.ts';
import { systemRandom } from '../../../src/engine/kernel/system-random.ts';
import { fakeClock, type JumpingClock } from '../../kit/fake-clock.ts';

/** What gives way for a moment, or asks again soon, need not wait for a minute to pass. */
const shortMs = 5000;

/** The computer of a made-up life: it sleeps, it is switched off, its clock is set, and its disks become full. */
export class MadeUpMachine {
  readonly #clock: JumpingClock;
  readonly clock: Clock;
  readonly files: FileSystem;
  /** Paths of disks on which no byte is free. */
  readonly full = new Set<string>();
  #shiftMs = 0;
  #bootMs: number;
  #boots = 1;

  constructor(startMs: number) {
    this.#clock = fakeClock(startMs);
    const { sleep } = this.#clock;
    this.clock = { ...this.#clock, sleep: (ms, signal) => (ms <= shortMs ? turn() : sleep(ms, signal)) };
    this.files = withFullDisks(this.full);
    this.#bootMs = startMs;
  }

  /** By a clock that is always right. */
  get trueMs(): number {
    return this.#clock.nowMs() - this.#shiftMs;
  }
  get isClockRight(): boolean {
    return this.#shiftMs === 0;
  }

  pass(ms: number): Promise<void> {
    return this.#clock.advance(ms);
  }

  /** Its process stands still, and its clock does not. */
  sleep(untilMs: number): void {
    this.#clock.jump(0, Math.max(0, untilMs - this.trueMs));
  }

  /** Nothing of it is alive any more: close what runs before. */
  off(untilMs: number): void {
    this.sleep(untilMs);
    this.#bootMs = this.trueMs;
    this.#boots += 1;
  }

  setClock(shiftMs: number): void {
    this.#clock.setWall(this.trueMs + shiftMs);
    this.#shiftMs = shiftMs;
  }

  /** The real process on a computer that was started when this one was. */
  facts(profile: string): Machine {
    const real = systemMachine(this.files, profile, systemRandom);
    return { ...real, bootId: `boot ${this.#boots}`, uptimeMs: () => this.trueMs - this.#bootMs };
  }
}

function withFullDisks(full: ReadonlySet<string>): FileSystem {
  const real = new NodeFileSystem();
  const refuse = (path: string): void => {
    if (![...full].some((disk) => path.startsWith(disk))) return;
    throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC', errno: -28, syscall: 'open', path });
  };
  return new Proxy<FileSystem>(real, {
    get(target, name: keyof FileSystem) {
      if (name === 'open') {
        return (...[path, how, mode]: Parameters<FileSystem['open']>) => {
          if (how === 'create' || how === 'append') refuse(path);
          return target.open(path, how, mode);
        };
      }
      if (name === 'makeDirectory') return (path: string, mode: number) => (refuse(path), target.makeDirectory(path, mode));
      if (name === 'space') {
        return (path: string) => ({
          ...target.space(path),
          ...([...full].some((disk) => path.startsWith(disk)) && { freeBytes: 0 }),
        });
      }
      const member = target[name];
      return typeof member === 'function' ? member.bind(target) : member;
    },
  });
}
