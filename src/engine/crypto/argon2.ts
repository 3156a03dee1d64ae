import { type Facts, StrataError } from '../../shared/domain/strata-error.ts';
import type { Clock } from '../kernel/clock.ts';
import { type ArgonCost, argonSaltBytes, keyBytes, type Sodium } from './sodium.ts';

/** Less is never accepted: whoever can write to the target must not make guessing cheap. */
export const floorCost: ArgonCost = { memoryKiB: 64 * 1024, passes: 2 };
/** More is never tried: a hostile storage must not hang us or take all memory. */
export const ceilingCost: ArgonCost = { memoryKiB: 2 * 1024 * 1024, passes: 20 };
/** Where calibrating starts. 0.47 s native and 1.2 s as WebAssembly on a 2-core virtual machine of 2024. */
export const startCost: ArgonCost = { memoryKiB: 256 * 1024, passes: 3 };

/** More passes until unlocking takes about this long here. Memory stays: a smaller machine must be able to unlock, too. */
const targetMs = 1000;

export async function calibratedCost(sodium: Sodium, clock: Clock): Promise<ArgonCost> {
  const into = new Uint8Array(keyBytes);
  const started = clock.monotonicMs();
  await sodium.argon2id(into, Uint8Array.of(0), new Uint8Array(argonSaltBytes), startCost);
  const tookMs = Math.max(1, clock.monotonicMs() - started);
  const passes = Math.floor((startCost.passes * targetMs) / tookMs);
  return { memoryKiB: startCost.memoryKiB, passes: Math.min(ceilingCost.passes, Math.max(startCost.passes, passes)) };
}

/** @param facts Where the slot lies (`path`, `file`). */
export function requireSoundCost(cost: ArgonCost, facts: Facts): void {
  for (const name of ['memoryKiB', 'passes'] as const) {
    const claimed = cost[name];
    if (claimed < floorCost[name] || claimed > ceilingCost[name]) {
      throw new StrataError('storage.limit-exceeded', 'never', { ...facts, what: name, claimed, limit: ceilingCost[name] });
    }
  }
}

/**
 * NFKC, so that a password typed on another system or keyboard is the same. Nothing else is forgiven: a space at the end
 * counts.
 */
export const passwordBytes = (password: string): Uint8Array => new TextEncoder().encode(password.normalize('NFKC'));

/** In characters as a person counts them. Argon2id slows guessing down; it does not make a short password long. */
export const minimumPasswordLength = 8;

export function requireLongPassword(password: string): void {
  if ([...password.normalize('NFKC')].length >= minimumPasswordLength) return;
  throw new StrataError('storage.password-too-short', 'after-user-action', { minimum: minimumPasswordLength });
}
