import { setImmediate as turn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { Storing } from './storing.ts';

const mebibyte = 1024 * 1024;

/** Work that ends when it is told to. */
function held(): { readonly work: () => Promise<void>; end(): void; fail(error: Error): void } {
  let [end, fail] = [(): void => undefined, (_error: Error): void => undefined];
  const work = new Promise<void>((resolve, reject) => ([end, fail] = [resolve, reject]));
  return { work: () => work, end: () => end(), fail: (error) => fail(error) };
}

it('waits with the next one while a thousand, or what fills 16 MiB, are under way', async () => {
  for (const [bytes, most] of [
    [0, 1024],
    [4 * mebibyte, 4],
  ] as const) {
    const storing = new Storing();
    const first = held();
    await storing.begin(bytes, first.work);
    for (let number = 1; number < most; number++) await storing.begin(bytes, held().work);
    let begun = false;
    const next = storing.begin(bytes, async () => void (begun = true));
    await turn();
    expect(begun, `${bytes} bytes each`).toBe(false);
    first.end();
    await next;
    expect(begun).toBe(true);
  }
});

it('lets one that is larger than all the room go alone', async () => {
  const storing = new Storing();
  await storing.begin(100 * mebibyte, () => Promise.resolve());
  await storing.settle();
  storing.throwIfBroken();
});

it('settles when the last one has ended, and keeps the first that broke', async () => {
  const storing = new Storing();
  await storing.settle();
  const [one, other] = [held(), held()];
  await storing.begin(1, one.work);
  await storing.begin(1, other.work);
  let settled = false;
  const settling = storing.settle().then(() => (settled = true));
  one.fail(new Error('first'));
  await turn();
  expect(settled).toBe(false);
  other.fail(new Error('second'));
  await settling;
  expect(() => storing.throwIfBroken()).toThrow('first');
});
