import {
  type ArgonCost,
  calibratedCost,
  ceilingCost,
  openSodium,
  passwordSealer,
  type SlotSealer,
  startCost,
} from '../crypto/index.ts';
import type { Target } from '../targets/target.ts';
import { readSlots } from './key-slots.ts';
import type { StorageDeps } from './storage.ts';

export interface NewPassword {
  readonly password: string;
  /** Undefined: as costly as the password that is there, and never cheaper than that of a new storage. Cheaper ones for tests. */
  readonly cost?: ArgonCost;
}

/** Begins before the old password is proved: stretching both at once takes half as long. Who asks may never wait for it. */
export function sealerFor(target: Target, { password, cost }: NewPassword, { random, clock }: StorageDeps): Promise<SlotSealer> {
  const sealing = openSodium().then(async (sodium) =>
    passwordSealer(sodium, random, password, cost ?? costThere(target) ?? (await calibratedCost(sodium, clock))),
  );
  sealing.catch(() => undefined); // told to whoever waits; where the old password is wrong, nobody does
  return sealing;
}

/** This machine was measured when that slot was made, or another one was: measuring again costs half a second. */
function costThere(target: Target): ArgonCost | undefined {
  const passes = readSlots(target).whole.flatMap(({ slot }) => slot.cost?.passes ?? []);
  if (passes.length === 0) return undefined;
  return { memoryKiB: startCost.memoryKiB, passes: Math.min(ceilingCost.passes, Math.max(startCost.passes, ...passes)) };
}
