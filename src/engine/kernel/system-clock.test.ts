import { expect, it } from 'vitest';
import { systemClock } from './system-clock.ts';
import { systemRandom } from './system-random.ts';

it('sleeps for the time, and not at all once the signal is aborted', async () => {
  const start = systemClock.monotonicMs();
  await systemClock.sleep(20);
  expect(systemClock.monotonicMs() - start).toBeGreaterThanOrEqual(19);
  await systemClock.sleep(100_000_000_000, AbortSignal.abort());
  const stop = new AbortController();
  const long = systemClock.sleep(100_000_000_000, stop.signal);
  stop.abort();
  await long;
  expect(systemClock.monotonicMs() - start).toBeLessThan(5000);
});

it('calls again and again until it is told to stop', async () => {
  let calls = 0;
  const stop = systemClock.every(2, () => calls++);
  while (calls < 3) await systemClock.sleep(2);
  stop();
  const then = calls;
  await systemClock.sleep(20);
  expect(calls).toBe(then);
});

it('draws as many bytes as are asked for, more than the system gives at once', () => {
  const bytes = systemRandom.bytes(200_000);
  expect(bytes.length).toBe(200_000);
  expect(new Set(bytes.subarray(190_000)).size).toBeGreaterThan(200);
});

it('gives no byte out twice', () => {
  const drawn = new Set<string>();
  for (let index = 0; index < 20_000; index++)
    drawn.add(Buffer.from(systemRandom.bytes(12 + (index % 50))).toString('hex', 0, 12));
  expect(drawn.size).toBe(20_000);
  const [first, second] = [systemRandom.bytes(20), systemRandom.bytes(20)];
  first.fill(7);
  expect(second).not.toEqual(first);
});
