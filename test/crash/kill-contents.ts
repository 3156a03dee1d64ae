import { someBytes } from '../kit/storage-world.ts';
import type { Contents } from './sim-world.ts';

/** What the cycle of that number stores: some new, some that the one before had. */
export function killContents(cycle: number): Contents {
  return {
    [`a${cycle}`]: someBytes(60_000, cycle),
    [`b${cycle}`]: someBytes(60_000, cycle - 1),
    [`c${cycle}`]: someBytes(5000, cycle + 10_000, 'text'),
    [`d${cycle}`]: someBytes(150_000, cycle + 20_000),
  };
}
