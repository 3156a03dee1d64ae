import { expect, it } from 'vitest';
import { fakeClock } from '../../../test/kit/fake-clock.ts';
import { pauseMs, untilOver } from './web-waiting.ts';

it('an answer may take as long as it may, and besides as long as we held it back', async () => {
  const clock = fakeClock();
  let isOver: boolean | undefined;
  let heldBackMs = 0;
  void untilOver(clock, 600_000, () => heldBackMs, new AbortController().signal).then((over) => (isOver = over));
  await clock.advance(599_000);
  heldBackMs = 100_000;
  await clock.advance(100_000);
  expect(isOver).toBeUndefined();
  await clock.advance(2000);
  expect(isOver).toBe(true);
});

it('the time of an answer that came to its end is over for nobody', async () => {
  const clock = fakeClock();
  const ended = new AbortController();
  const over = untilOver(clock, 600_000, () => 0, ended.signal);
  ended.abort();
  expect(await over).toBe(false);
});

it.each([
  [undefined, undefined],
  ['0', 0],
  ['120', 120_000],
  ['Fri, 01 Jan 2027 00:01:00 GMT', 60_000],
  ['Fri, 01 Jan 2021 00:00:00 GMT', 0],
  ['99999999999', undefined],
  ['-1', 0],
  ['soon', undefined],
])('Retry-After %s is a pause of %s ms', (said, ms) => {
  expect(pauseMs(said, Date.UTC(2027, 0, 1))).toBe(ms);
});
