import { beforeEach, describe, expect, it } from 'vitest';
import { type FakeClock, fakeClock } from '../../../test/kit/fake-clock.ts';
import { Patience, patientRun } from './patience.ts';
import { SourcePace } from './source-pace.ts';

const who = { signal: new AbortController().signal };
let clock: FakeClock;
let patience: Patience;
beforeEach(() => {
  clock = fakeClock();
  patience = new Patience(new SourcePace(clock), 'host', 2000);
});

/** How long it waited; undefined: it has had enough. */
async function waited(askedMs?: number, by = patience): Promise<number | undefined> {
  const beganMs = clock.monotonicMs();
  let answer: boolean | undefined;
  const waiting = by.wait(askedMs, who).then((value) => (answer = value));
  await clock.advance(0);
  while (answer === undefined) await clock.advance(500);
  await waiting;
  return answer ? clock.monotonicMs() - beganMs : undefined;
}

describe('patience with a server that has too much to do', () => {
  it('waits as long as it is asked to, and ever longer where it is not told how long', async () => {
    expect(await waited(7000)).toBe(7000);
    patience.answered();
    const growing: (number | undefined)[] = [];
    for (let at = 0; at < patientRun.waits; at++) growing.push(await waited());
    expect(growing).toEqual([2000, 4000, 8000, 16_000, 32_000, 60_000]);
  });

  it('has an end when nothing but refusals come, and begins anew with an answer', async () => {
    for (let at = 0; at < patientRun.waits; at++) await waited(0);
    expect(await waited(0)).toBeUndefined();
    patience.answered();
    expect(await waited(1000)).toBe(1000);
  });

  it('does not wait longer than a person would for one answer, nor for all answers of a session together', async () => {
    expect(await waited(patientRun.longestAskedMs + 1)).toBeUndefined();
    const longs = patientRun.togetherMs / patientRun.longestAskedMs;
    for (let at = 0; at < longs; at++) {
      expect(await waited(patientRun.longestAskedMs)).toBe(patientRun.longestAskedMs);
      patience.answered();
    }
    expect(await waited(1000)).toBeUndefined();
  });

  it('takes several refusals at the same time for one', async () => {
    const all = Array.from({ length: 20 }, () => patience.wait(5000, who));
    await clock.advance(5000);
    expect(await Promise.all(all)).toEqual(Array(20).fill(true));
    expect(await waited()).toBe(4000);
  });
});
