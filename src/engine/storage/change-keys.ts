import { StrataError } from '../../shared/domain/strata-error.ts';
import {
  checkCharacters,
  newRecoveryKey,
  newSheetKey,
  openSheet,
  openSodium,
  recoveryKeyWords,
  requireLongPassword,
  type Sodium,
  StorageKeys,
} from '../crypto/index.ts';
import type { Target } from '../targets/target.ts';
import { isReplaced, slotsOf, type StorageSlot, type NewSlot, putSlot, slotId, trashSlot } from './key-slots.ts';
import { type NewPassword, sealingFor } from './new-password.ts';
import { confirmed } from './open-storage.ts';
import type { OpenedStorage } from './opened-storage.ts';
import { passwordSlot, recoverySlot } from './proved-slots.ts';
import type { Proof, RecoverySheet, Storage, StorageDeps } from './storage.ts';
import { readHeader } from './storage-header.ts';
import { type Unlocked, unlockWith } from './unlocking.ts';

/** What a change of keys works with while it has the storage to itself. */
interface Change extends Unlocked {
  readonly target: Target;
  readonly sodium: Sodium;
  readonly deps: StorageDeps;
  readonly storage: OpenedStorage;
  readonly slots: readonly StorageSlot[];
}

/** Fails with `storage.wrong-password`, else gives the name of the slot that it opened. */
export async function tryPassword(target: Target, password: string): Promise<string> {
  const { found, keys } = await unlockWith(target, readHeader(target).id, await openSodium(), { by: 'password', password });
  keys.wipe();
  return slotId(found.name);
}

/** The password, or the recovery key, for a new password. What the password is called stays. */
export async function changePassword(target: Target, proof: Proof, next: NewPassword, deps: StorageDeps): Promise<void> {
  requireLongPassword(next.password);
  const sealing = sealingFor(target, next, deps);
  await changing(target, proof, deps, async (change) => {
    const label = labelOfProof(change);
    putSlot(target, deps.random, await passwordSlot(await sealing, newSlot(change, 'password', label)));
    trash(change, ({ slot, label: other }) => slot.kind === 'password' && other === label);
  });
}

/** Fails with `name.taken`. */
export async function addPassword(
  target: Target,
  proof: Proof,
  label: string,
  next: NewPassword,
  deps: StorageDeps,
): Promise<void> {
  requireLongPassword(next.password);
  const sealing = sealingFor(target, next, deps);
  await changing(target, proof, deps, async (change) => {
    const isTaken = change.slots.some(({ slot, label: other }) => slot.kind === 'password' && isSame(other, label));
    if (isTaken) throw new StrataError('name.taken', 'after-user-action', { kind: 'password', name: label });
    putSlot(target, deps.random, await passwordSlot(await sealing, newSlot(change, 'password', label)));
  });
}

/**
 * A password while another one is left, or a device. Fails with `storage.last-key` where a way in would be lost. The older of two
 * passwords of one name goes alone, and not by its own proof: whoever ends a change that broke off must know the newer one.
 */
export async function removeKey(target: Target, proof: Proof, id: string, deps: StorageDeps): Promise<void> {
  await changing(target, proof, deps, (change) => {
    const gone = change.slots.find(({ name }) => slotId(name) === id);
    if (gone === undefined) throw new StrataError('name.unknown', 'never', { kind: 'key', name: id });
    const isEnding = isReplaced(gone, change.slots);
    if (isEnding && change.found.name === gone.name) {
      throw new StrataError('storage.wrong-password', 'after-user-action', { hint: 'older' });
    }
    const isGoing = ({ slot, label, name: other }: StorageSlot): boolean =>
      other === gone.name || (!isEnding && gone.slot.kind === 'password' && slot.kind === 'password' && label === gone.label);
    const isPasswordLeft = change.slots.some((slot) => slot.isGenuine && slot.slot.kind === 'password' && !isGoing(slot));
    if (gone.slot.kind === 'recovery' || !isPasswordLeft) throw new StrataError('storage.last-key', 'never');
    trash(change, isGoing);
  });
}

/** Shown again to whoever has a password: neither the master keys nor an unlocked storage are enough. */
export async function showRecoveryKey(target: Target, password: string): Promise<RecoverySheet> {
  const sodium = await openSodium();
  const { id } = readHeader(target);
  const { keys, sheetKey } = await unlockWith(target, id, sodium, { by: 'password', password });
  const slots = slotsOf(target, id, keys).filter(({ slot }) => slot.kind === 'recovery');
  keys.wipe();
  // Two of them: a renewal broke off. The newer one is the one that stays.
  for (const { slot } of slots.sort((a, b) => b.slot.createdAtMs - a.slot.createdAtMs)) {
    if (slot.sheet === null || sheetKey === undefined) continue;
    const recoveryKey = openSheet(sodium, slot, slot.sheet, sheetKey);
    if (recoveryKey !== undefined) return sheetOf(sodium, recoveryKey);
  }
  throw new StrataError('storage.recovery-key-not-kept', 'after-user-action');
}

/** A new recovery key in place of the old one. `begins`: the proof is good, and what the old one opens is about to end. */
export async function renewRecoveryKey(
  target: Target,
  proof: Proof,
  deps: StorageDeps,
  begins: () => void,
): Promise<RecoverySheet> {
  return changing(target, proof, deps, async (change) => {
    begins();
    const { sheet, name } = await putRecoveryKey(change, newSlot(change, 'recovery', ''));
    trash(change, ({ slot, name: other }) => slot.kind === 'recovery' && other !== name);
    return sheet;
  });
}

/**
 * A new master key for what is written from now on. The password stays; there is a new recovery key; all other passwords and devices go.
 * Gives the storage, open.
 */
export async function startNewKey(
  target: Target,
  next: NewPassword,
  deps: StorageDeps,
  begins: () => void,
): Promise<{ readonly storage: Storage; readonly sheet: RecoverySheet }> {
  const { password } = next;
  const sealing = sealingFor(target, next, deps);
  return changing(target, { by: 'password', password }, deps, async (change) => {
    const keys = StorageKeys.withNewEpoch(change.sodium, change.keys, deps.random);
    const renewed = { ...change, keys, sheetKey: newSheetKey(deps.random) };
    // The password last: from it on the new key is in force, and then both ways to it must be there.
    const file = await passwordSlot(await sealing, newSlot(renewed, 'password', labelOfProof(change)));
    begins();
    const { sheet } = await putRecoveryKey(renewed, newSlot(renewed, 'recovery', ''));
    putSlot(target, deps.random, file);
    trash(change, () => true);
    return { storage: confirmed(target, keys, deps), sheet };
  });
}

/** Proves who asks, takes the lock, and gives everything back at the end. */
async function changing<T>(target: Target, proof: Proof, deps: StorageDeps, act: (change: Change) => T | Promise<T>): Promise<T> {
  const sodium = await openSodium();
  const { id } = readHeader(target);
  const unlocked = await unlockWith(target, id, sodium, proof);
  const storage = confirmed(target, unlocked.keys, deps);
  try {
    const lock = storage.lock('keys', 'exclusive');
    try {
      const slots = slotsOf(target, id, unlocked.keys);
      return await act({ ...unlocked, target, sodium, deps, storage, slots });
    } finally {
      lock.release();
    }
  } finally {
    storage.close();
    if (unlocked.sheetKey !== undefined) sodium.wipe(unlocked.sheetKey);
  }
}

/** Later than all of its kind, whatever the clock says: which of two is the newer one must never be wrong. */
function newSlot({ storage, deps, keys, sheetKey, slots }: Change, kind: NewSlot['kind'], label: string): NewSlot {
  const earlier = slots.filter(({ slot }) => slot.kind === kind).map(({ slot }) => slot.createdAtMs);
  return {
    kind,
    label,
    storage: storage.header.id,
    createdAtMs: Math.max(deps.clock.nowMs(), ...earlier.map((ms) => ms + 1)),
    keys,
    ...(sheetKey === undefined ? {} : { sheetKey }),
  };
}

/** With the recovery key it is the first password that is meant: somebody who has it may have forgotten any of them. */
function labelOfProof({ found, slots }: Change): string {
  const passwords = slots.filter(({ slot }) => slot.kind === 'password');
  const first = [...passwords].sort((a, b) => a.slot.createdAtMs - b.slot.createdAtMs)[0];
  const own = passwords.find(({ name }) => name === found.name);
  return (own ?? first)?.label ?? '';
}

async function putRecoveryKey(
  { target, sodium, deps }: Change,
  slot: NewSlot,
): Promise<{ readonly sheet: RecoverySheet; readonly name: string }> {
  const recoveryKey = newRecoveryKey(deps.random);
  const name = putSlot(target, deps.random, await recoverySlot(deps.random, recoveryKey, slot));
  return { name, sheet: sheetOf(sodium, recoveryKey) };
}

/** Only slots that were there before: never one that the change just made. */
function trash({ target, slots, deps }: Change, isGone: (slot: StorageSlot) => boolean): void {
  for (const slot of slots) if (isGone(slot)) trashSlot(target, slot.name, deps.clock.nowMs());
}

const isSame = (a: string, b: string): boolean => a.toLocaleLowerCase('en') === b.toLocaleLowerCase('en');

/** Takes over the recovery key. */
function sheetOf(sodium: Sodium, recoveryKey: Uint8Array): RecoverySheet {
  const sheet = { recoveryKey: recoveryKeyWords(recoveryKey), checkCharacters: checkCharacters(sodium, recoveryKey) };
  sodium.wipe(recoveryKey);
  return sheet;
}
