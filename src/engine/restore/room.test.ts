import { expect, it } from 'vitest';
import { madeItem } from '../sources/testing/capture.ts';
import { testRun } from '../sources/testing/test-run.ts';
import type { DestinationSession } from '../sources/destination.ts';
import { RoomBook } from './room.ts';

const session = (limits?: DestinationSession['limits']): DestinationSession => ({ limits }) as unknown as DestinationSession;
const item = (bytes: number) => madeItem({ name: 'a', bytes: Buffer.alloc(bytes) });

it('what a restore needs is counted for each place, and held against what the place says, once', async () => {
  let asked = 0;
  const small = session(() => {
    asked += 1;
    return Promise.resolve({ freeBytes: 100, largestBytes: 60 });
  });
  const room = new RoomBook(testRun());
  for (const bytes of [50, 60, 61]) await room.add(small, 'small', item(bytes));
  await room.add(session(), 'silent', item(7));
  expect(room.all()).toEqual([
    { place: 'small', bytes: 171, freeBytes: 100, largestBytes: 60, tooLarge: 1 },
    { place: 'silent', bytes: 7, freeBytes: null, largestBytes: null, tooLarge: 0 },
  ]);
  expect(asked).toBe(1);
});
