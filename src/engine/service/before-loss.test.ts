import { describe, expect, it } from 'vitest';
import type { Commit } from '../../shared/domain/commit.ts';
import type { Selection } from '../catalog/index.ts';
import { beforeLoss } from './before-loss.ts';

const everything: Selection = { items: [], sources: [], recursive: true };

/** What was there at each moment, the newest last; moments are a second apart. */
function world(held: readonly number[]) {
  let looks = 0;
  const moments = held.map((_, index) => ({ atMs: (index + 1) * 1000 }) as Commit).toReversed();
  const catalog = {
    moments: (limit: number) => moments.slice(0, limit),
    measure(_: Selection, atMs: number | null) {
      looks += 1;
      return { items: held[Math.floor((atMs ?? held.length * 1000) / 1000) - 1] ?? 0, bytes: 0 };
    },
  };
  return {
    ask: (atMs: number | null = null) =>
      beforeLoss(catalog, everything, atMs, catalog.measure(everything, atMs).items).then(
        (loss) => loss && [loss.atMs, loss.items],
      ),
    looks: () => looks,
  };
}
const many = (count: number, held: number): number[] => Array.from({ length: count }, () => held);

describe('far more that was there before', () => {
  it('is named with the last moment that had it, wherever the loss was', async () => {
    for (let lost = 1; lost < 99; lost += 1)
      expect(await world([...many(100 - lost, 500), ...many(lost, 3)]).ask()).toEqual([(100 - lost) * 1000, 500]);
  });

  it('takes few looks, each of which counts a whole account', async () => {
    for (let lost = 0; lost < 99; lost += 1) {
      const { ask, looks } = world([...many(100 - lost, 500), ...many(lost, 3)]);
      await ask();
      expect(looks()).toBeLessThanOrEqual(1 + 7 + 6);
    }
  });

  it('is more than twice as much, and ten items or all of them', async () => {
    expect(await world([20, 10]).ask()).toBeNull();
    expect(await world([21, 10]).ask()).toEqual([1000, 21]);
    expect(await world([10, 1]).ask()).toBeNull();
    expect(await world([11, 1]).ask()).toEqual([1000, 11]);
    expect(await world([1, 0]).ask()).toEqual([1000, 1]);
    expect(await world([0, 0]).ask()).toBeNull();
  });

  it('was there before the chosen moment, and not at it or after', async () => {
    expect(await world([5, 500, 500]).ask(1000)).toBeNull();
    expect(await world([500, 0, 500, 0]).ask(2000)).toEqual([1000, 500]);
  });
});
