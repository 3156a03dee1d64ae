import { describe, expect, it } from 'vitest';
import type { ClockMark } from '../../catalog/index.ts';
import { believedMark, type ClockReading, type ClockVerdict, judgeClock } from './clock.ts';

const hour = 3_600_000;
const day = 24 * hour;
const start = Date.UTC(2026, 10, 2, 9);

/** A computer whose clock and power a test moves by hand. Commits are made with each look. */
class Computer {
  #nowMs = start;
  #uptimeMs = hour;
  #boot = 1;
  #newestCommitMs: number | null = null;
  mark: ClockMark | null = null;

  look(): ClockVerdict['kind'] | 'ahead, asks' {
    const { mark, verdict } = judgeClock(this.mark, this.#reading());
    this.mark = mark;
    this.#newestCommitMs = Math.max(this.#newestCommitMs ?? 0, this.#nowMs);
    return verdict.kind === 'ahead' && verdict.needsPerson ? 'ahead, asks' : verdict.kind;
  }
  /** A person says that the time is right. */
  believe(): void {
    this.mark = believedMark(this.mark, this.#reading());
  }
  #reading(): ClockReading {
    const boot = `boot ${this.#boot}`;
    return { nowMs: this.#nowMs, boot, uptimeMs: this.#uptimeMs, newestCommitMs: this.#newestCommitMs };
  }
  /** Up, or asleep. */
  pass(ms: number): void {
    this.#nowMs += ms;
    this.#uptimeMs += ms;
  }
  off(ms: number): void {
    this.#nowMs += ms;
    this.#uptimeMs = 60_000;
    this.#boot += 1;
  }
  set(byMs: number): void {
    this.#nowMs += byMs;
  }
}

const after = (...steps: ((computer: Computer) => void)[]): Computer => {
  const computer = new Computer();
  computer.look();
  for (const step of steps) step(computer);
  return computer;
};

describe('the clock', () => {
  it('is right while time goes by, asleep or awake', () => {
    expect(after((c) => c.pass(200 * day)).look()).toBe('right');
  });

  it('asks when it runs away while what it was ahead after a weekend off is not proved yet', () => {
    const computer = after(
      (c) => c.pass(30 * hour),
      (c) => c.off(10 * hour),
    );
    expect(computer.look()).toBe('ahead');
    computer.pass(hour);
    expect(computer.look()).toBe('ahead');
    computer.set(23 * hour);
    expect(computer.look()).toBe('ahead');
    computer.set(49 * hour);
    expect(computer.look()).toBe('ahead, asks');
    computer.off(10 * hour);
    expect(computer.look()).toBe('ahead, asks');
  });

  it('is right after nights and a weekend off', () => {
    const computer = after();
    for (let night = 0; night < 5; night += 1) {
      computer.pass(9 * hour);
      computer.off(15 * hour);
      expect(computer.look()).toBe('right');
    }
  });

  it('is doubted after a week off, without asking, until it held for a day of uptime', () => {
    const computer = after((c) => c.off(7 * day));
    expect(computer.look()).toBe('ahead');
    computer.pass(9 * hour);
    expect(computer.look()).toBe('ahead');
    computer.off(10 * hour);
    computer.pass(9 * hour);
    expect(computer.look()).toBe('ahead');
    computer.pass(7 * hour);
    expect(computer.look()).toBe('right');
    expect(computer.look()).toBe('right');
  });

  it('that is ten years ahead asks a person, however long it stays so', () => {
    const computer = after((c) => c.set(3650 * day));
    expect(computer.look()).toBe('ahead, asks');
    computer.pass(60 * day);
    expect(computer.look()).toBe('ahead, asks');
    computer.off(hour);
    expect(computer.look()).toBe('ahead, asks');
  });

  it('that leaps by less than a day is right, but not again and again', () => {
    const computer = after((c) => c.set(23 * hour));
    expect(computer.look()).toBe('right');
    computer.set(2 * hour);
    expect(computer.look()).toBe('ahead, asks');
  });

  it('that leaps by less than a day is right each time when a week of uptime lies between the leaps, and not before', () => {
    const leapsAfter = (days: number): ClockVerdict['kind'] | 'ahead, asks' => {
      const computer = after((c) => c.set(23 * hour));
      for (let count = 0; count < days; count += 1) {
        computer.pass(day);
        expect(computer.look()).toBe('right');
      }
      computer.set(23 * hour);
      return computer.look();
    };
    expect(leapsAfter(6)).toBe('ahead, asks');
    expect(leapsAfter(7)).toBe('right');
  });

  it('that is set right again is right', () => {
    const computer = after((c) => c.set(3650 * day));
    computer.mark = after().mark;
    const fresh = after((c) => c.set(-4 * 60_000));
    expect(fresh.look()).toBe('right');
  });

  it('that is more than five minutes behind the newest commit is wrong', () => {
    expect(after((c) => c.set(-5 * 60_000 - 1)).look()).toBe('behind');
    expect(after((c) => c.set(-3650 * day)).look()).toBe('behind');
  });

  it('that a person believes is right, though a backup was made years later by the wrong one', () => {
    const computer = after((c) => c.set(3650 * day));
    computer.look();
    computer.set(-3650 * day);
    expect(computer.look()).toBe('behind');
    computer.believe();
    expect(computer.look()).toBe('right');
    computer.pass(8 * hour);
    expect(computer.look()).toBe('right');
    computer.off(15 * hour);
    expect(computer.look()).toBe('right');
    computer.set(-day);
    expect(computer.look()).toBe('behind');
    computer.believe();
    computer.set(400 * day);
    expect(computer.look()).toBe('ahead, asks');
    computer.believe();
    computer.set(-400 * day);
    expect(computer.look()).toBe('behind');
  });
});
