import { expect, test } from 'vitest';
import { StrataError } from '../../shared/domain/strata-error.ts';
import { createFeed } from './feed.ts';

test('refreshes that are asked for while one is under way become exactly one more', async () => {
  let reads = 0;
  const release: (() => void)[] = [];
  const feed = createFeed(async () => {
    reads += 1;
    const mine = reads;
    await new Promise<void>((resolve) => release.push(resolve));
    return mine;
  });
  const { refresh } = feed.getState();
  const all = Promise.all([refresh(), refresh(), refresh(), refresh()]);
  release.shift()?.();
  await expect.poll(() => release.length).toBe(1);
  release.shift()?.();
  await all;
  expect(reads).toBe(2);
  expect(feed.getState().value).toBe(2);
});

test('a failed refresh keeps the last good value and says why it is not newer', async () => {
  let broken = false;
  const feed = createFeed(async () => {
    if (broken) throw new StrataError('engine.lost', 'later');
    return Promise.resolve('first');
  });
  await feed.getState().refresh();
  broken = true;
  await feed.getState().refresh();
  expect(feed.getState()).toMatchObject({ value: 'first', failure: { code: 'engine.lost' } });
  broken = false;
  await feed.getState().refresh();
  expect(feed.getState()).toMatchObject({ value: 'first', failure: null });
});
