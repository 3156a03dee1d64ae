import type { StorageId } from '../../shared/domain/ids.ts';
import { isStrataError, StrataError } from '../../shared/domain/strata-error.ts';
import { type OpenedSlot, openWithDeviceSecret, openWithPassword, openWithRecoveryKey, type Sodium } from '../crypto/index.ts';
import type { Target } from '../targets/target.ts';
import { hasNewerKey, slotsOf, readSlots, type SlotOnTarget } from './key-slots.ts';
import type { Proof } from './storage.ts';

export interface Unlocked extends OpenedSlot {
  readonly found: SlotOnTarget;
}

/**
 * Tries each slot of the kind, those with the most master keys first. A wrong secret is told from damage: only a whole slot that
 * does not open means the former.
 */
export async function unlockWith(target: Target, storage: StorageId, sodium: Sodium, proof: Proof): Promise<Unlocked> {
  const { whole, damaged } = readSlots(target);
  const kind = proof.by === 'password' ? 'password' : 'recovery';
  let wrong: StrataError | undefined;
  let refused: StrataError | undefined;
  for (const found of newestFirst(whole, storage, kind)) {
    try {
      const opened = await openSlot(target, sodium, found, proof);
      return requireNewestKey(target, storage, { ...opened, found });
    } catch (error) {
      if (!isStrataError(error)) throw error;
      // A slot with a cost that nobody may ask for was put there to keep people out: the others are tried.
      if (error.code === 'storage.limit-exceeded') refused = error;
      else if (isWrongSecret(error)) wrong = error;
      else throw error;
    }
  }
  throw (
    wrong ??
    refused ??
    damaged[0] ??
    new StrataError('storage.damaged', 'never', { path: target.label, file: 'keys', reason: `no ${kind} slot` })
  );
}

export async function openSlot(target: Target, sodium: Sodium, { slot, name }: SlotOnTarget, proof: Proof): Promise<OpenedSlot> {
  return proof.by === 'password'
    ? openWithPassword(sodium, slot, proof.password, { path: target.label, file: name })
    : openWithRecoveryKey(sodium, slot, proof.recoveryKey);
}

/** Undefined: this device's slot is gone, or the storage got a new master key since. */
export function unlockWithDevice(target: Target, storage: StorageId, sodium: Sodium, secret: Uint8Array): Unlocked | undefined {
  for (const found of newestFirst(readSlots(target).whole, storage, 'device')) {
    const opened = openWithDeviceSecret(sodium, found.slot, secret);
    if (opened === undefined) continue;
    if (!hasNewerKey(slotsOf(target, storage, opened.keys), opened.keys)) return { ...opened, found };
    opened.keys.wipe();
  }
  return undefined;
}

function requireNewestKey(target: Target, storage: StorageId, unlocked: Unlocked): Unlocked {
  if (!hasNewerKey(slotsOf(target, storage, unlocked.keys), unlocked.keys)) return unlocked;
  unlocked.keys.wipe();
  throw new StrataError('storage.key-renewed', 'after-user-action', { path: target.label });
}

const newestFirst = (slots: readonly SlotOnTarget[], storage: StorageId, kind: SlotOnTarget['slot']['kind']): SlotOnTarget[] =>
  slots.filter(({ slot }) => slot.kind === kind && slot.storage === storage).sort((a, b) => b.slot.keys - a.slot.keys);

const isWrongSecret = ({ code }: StrataError): boolean =>
  code === 'storage.wrong-password' || code === 'storage.wrong-recovery-key';
