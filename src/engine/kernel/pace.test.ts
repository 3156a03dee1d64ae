import { describe, expect, it } from 'vitest';
import { fakeClock } from '../../../test/kit/fake-clock.ts';
import { Pace } from './pace.ts';

/** How long it took by the clock until so many amounts had passed. */
async function timeFor(amounts: readonly number[], perSecond: () => number | null): Promise<number> {
  const clock = fakeClock();
  const pace = new Pace(clock, perSecond);
  const beganMs = clock.monotonicMs();
  let isDone = false;
  const passing = (async () => {
    for (const amount of amounts) await pace.passed(amount);
    isDone = true;
  })();
  for (let step = 0; !isDone && step < 10_000; step += 1) await clock.advance(10);
  await passing;
  return clock.monotonicMs() - beganMs;
}

describe('a pace', () => {
  it('lets through on average what it is told, give or take half a second', async () => {
    const took = await timeFor(
      Array.from({ length: 100 }, () => 1000),
      () => 10_000,
    );
    expect(took).toBeGreaterThan(9_400);
    expect(took).toBeLessThan(10_200);
  });

  it('does not wait without a limit, and hears of one that is set while it works', async () => {
    expect(await timeFor([1e12, 1e12], () => null)).toBeLessThan(20);
    let asked = 0;
    expect(await timeFor([1000, 1000, 1000], () => ((asked += 1) === 3 ? 100 : null))).toBeGreaterThan(9_000);
  });

  it('saves nothing up while nothing passes', async () => {
    const clock = fakeClock();
    const pace = new Pace(clock, () => 1000);
    await clock.advance(3_600_000);
    let isDone = false;
    const passing = pace.passed(10_000).then(() => (isDone = true));
    await clock.advance(9_000);
    expect(isDone).toBe(false);
    await clock.advance(1_000);
    await passing;
  });
});
