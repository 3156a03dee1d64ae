import type { Clock } from '../../src/engine/kernel/clock.ts';

export interface FakeClock extends Clock {
  /** Time passes: wakes sleepers and calls what is due, in order. */
  advance(ms: number): Promise<void>;
  /** Somebody sets the wall clock; no time passes. */
  setWall(nowMs: number): void;
}

export interface JumpingClock extends FakeClock {
  /** Time passes in which nothing rings, as for a process that is stopped; the wall clock may show another time after it. */
  jump(monotonicMs: number, wallMs: number): void;
}

interface Alarm {
  atMs: number;
  readonly everyMs: number | null;
  readonly ring: () => void;
}

/** 2026-03-01T10:00:00Z, an ordinary Sunday. */
export const fakeStartMs = 1_772_359_200_000;

/** A clock that stands still until it is moved by hand. */
export function fakeClock(startMs = fakeStartMs): JumpingClock {
  let wallMs = startMs;
  let monotonicMs = 1000;
  const alarms = new Set<Alarm>();

  const due = (untilMs: number): Alarm | undefined =>
    [...alarms].filter((alarm) => alarm.atMs <= untilMs).sort((a, b) => a.atMs - b.atMs)[0];
  const moveTo = (ms: number): void => {
    wallMs += ms - monotonicMs;
    monotonicMs = ms;
  };

  return {
    nowMs: () => wallMs,
    monotonicMs: () => monotonicMs,
    sleep(ms, signal) {
      if (signal?.aborted || ms <= 0) return Promise.resolve();
      return new Promise((resolve) => {
        const wake = (): void => {
          alarms.delete(alarm);
          signal?.removeEventListener('abort', wake);
          resolve();
        };
        const alarm: Alarm = { atMs: monotonicMs + ms, everyMs: null, ring: wake };
        alarms.add(alarm);
        signal?.addEventListener('abort', wake, { once: true });
      });
    },
    every(ms, action) {
      const alarm: Alarm = { atMs: monotonicMs + ms, everyMs: ms, ring: action };
      alarms.add(alarm);
      return () => alarms.delete(alarm);
    },
    async advance(ms) {
      const untilMs = monotonicMs + ms;
      for (let alarm = due(untilMs); alarm !== undefined; alarm = due(untilMs)) {
        moveTo(Math.max(alarm.atMs, monotonicMs));
        if (alarm.everyMs === null) alarms.delete(alarm);
        else alarm.atMs += alarm.everyMs;
        alarm.ring();
        await settled();
      }
      moveTo(untilMs);
      await settled();
    },
    setWall(nowMs) {
      wallMs = nowMs;
    },
    jump(monotonic, wall) {
      monotonicMs += monotonic;
      wallMs += wall;
    },
  };
}

/** Lets everything run that waits for nothing but its turn. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
