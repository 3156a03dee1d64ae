import {
  type ArgonCost,
  calibratedCost,
  ceilingCost,
  openSodium,
  type PasswordSealing,
  passwordSealing,
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

/** Begins before the old password is proved: stretching at the same time takes half as long. Who asks may never wait for it. */
export function sealingFor(
  target: Target,
  { password, cost }: NewPassword,
  { random, clock, machine }: StorageDeps,
): Promise<PasswordSealing> {
  const sealing = openSodium().then(async (sodium) => {
    const chosen = cost ?? costThere(target) ?? (await calibratedCost(sodium, clock));
    // The old password is stretched at the same time: they are three then.
    const isRoom = machine.spareMemoryBytes() >= roomFor * chosen.memoryKiB * 1024;
    return passwordSealing(sodium, random, password, chosen, isRoom ? 'at-once' : 'one-by-one');
  });
  sealing.catch(() => undefined); // told to whoever waits; where the old password is wrong, nobody does
  return sealing;
}

/** Three at a time leave as much again to everybody else. */
const roomFor = 6;

/** This machine was measured when that slot was made, or another one was: measuring again costs half a second. */
function costThere(target: Target): ArgonCost | undefined {
  const passes = readSlots(target).whole.flatMap(({ slot }) => slot.cost?.passes ?? []);
  if (passes.length === 0) return undefined;
  return { memoryKiB: startCost.memoryKiB, passes: Math.min(ceilingCost.passes, Math.max(startCost.passes, ...passes)) };
}
