import type { StorageId } from '../../shared/domain/ids.ts';
import { StrataError } from '../../shared/domain/strata-error.ts';
import {
  calibratedCost,
  checkCharacters,
  keysFromSecret,
  newRecoveryKey,
  newSheetKey,
  openSodium,
  parseDeviceSecret,
  passwordSealing,
  recoveryKeyWords,
  requireLongPassword,
  type Sodium,
  StorageKeys,
} from '../crypto/index.ts';
import { defaultChunking, headerNames } from '../format/index.ts';
import type { Target } from '../targets/target.ts';
import { Ballast } from './ballast.ts';
import { hasNewerKey, putSlot, slotId, slotsOf } from './key-slots.ts';
import { OpenedStorage } from './opened-storage.ts';
import { sizesOf } from './pack-sizes.ts';
import { passwordSlot, recoverySlot } from './proved-slots.ts';
import type { NewStorage, RecoverySheet, Storage, StorageDeps, Unlock } from './storage.ts';
import { clearBrokenOffCreation, confirmedHeader, newHeader, readHeader, whatIsAt } from './storage-header.ts';
import { unlockWith, unlockWithDevice } from './unlocking.ts';

export interface CreatedStorage extends RecoverySheet {
  readonly storage: Storage;
}

/** Fails with `storage.exists` or `storage.not-empty` where something is. A creation that broke off may be repeated at the same place. */
export async function createStorage(
  target: Target,
  { name, password, cost, chunking }: NewStorage,
  deps: StorageDeps,
): Promise<CreatedStorage> {
  requireLongPassword(password);
  if (whatIsReached(target) === 'storage') throw new StrataError('storage.exists', 'after-user-action', { path: target.label });
  const sodium = await openSodium();
  const { random, clock } = deps;
  const sealing = await passwordSealing(sodium, random, password, cost ?? (await calibratedCost(sodium, clock)), 'at-once');
  const recoveryKey = newRecoveryKey(random);
  const keys = StorageKeys.create(sodium, random);

  if (whatIsReached(target) === 'empty') clearBrokenOffCreation(target);
  target.prepare();
  const header = newHeader(name, chunking ?? defaultChunking, keys, deps);
  const sheetKey = newSheetKey(random);
  const slot = { label: '', storage: header.id, createdAtMs: clock.nowMs(), keys, sheetKey };
  putSlot(target, random, await passwordSlot(sealing, { ...slot, kind: 'password' }));
  putSlot(target, random, await recoverySlot(random, recoveryKey, { ...slot, kind: 'recovery' }));
  sodium.wipe(sheetKey);
  // Last: from the first copy of STORAGE on this is a storage, and its slots are there.
  for (const file of headerNames) target.put(file, header.file);
  await new Ballast(target, sizesOf(deps), random, deps.log).keep();

  const words = recoveryKeyWords(recoveryKey);
  const characters = checkCharacters(sodium, recoveryKey);
  sodium.wipe(recoveryKey);
  return { storage: confirmed(target, keys, deps), recoveryKey: words, checkCharacters: characters };
}

/** @param twin A plain copy of the storage. Its STORAGE does where no copy here is what the keys wrote, and the next write lock makes those anew. */
export async function openStorage(target: Target, unlock: Unlock, deps: StorageDeps, twin?: Target): Promise<Storage> {
  const { id, name } = readHeader(target, twin);
  const sodium = await openSodium();
  if (unlock.by === 'device') return withDeviceSecret({ target, twin }, sodium, unlock.secret, { id, name }, deps);
  const { keys, sheetKey, found } = await unlockWith(target, id, sodium, unlock);
  if (sheetKey !== undefined) sodium.wipe(sheetKey);
  return confirmed(target, keys, deps, slotId(found.name), twin);
}

interface Place {
  readonly target: Target;
  readonly twin: Target | undefined;
}

/** The keychain may hold the secret of another storage, or of a slot that is gone: then the password has to be asked for. */
function withDeviceSecret(
  { target, twin }: Place,
  sodium: Sodium,
  text: string,
  { id, name }: { readonly id: StorageId; readonly name: string },
  deps: StorageDeps,
): Storage {
  const secret = parseDeviceSecret(text);
  if (secret !== undefined) {
    const unlocked = unlockWithDevice(target, id, sodium, secret);
    sodium.wipe(secret);
    if (unlocked !== undefined) return confirmed(target, unlocked.keys, deps, slotId(unlocked.found.name), twin);
  } else {
    const keys = keysFromSecret(sodium, text, name);
    if (headerOf(target, keys, twin) !== undefined && !hasNewerKey(slotsOf(target, id, keys), keys)) {
      return confirmed(target, keys, deps, undefined, twin);
    }
    keys.wipe();
  }
  throw new StrataError('storage.needs-password', 'after-user-action', { name });
}

/** Takes over the keys. They are right: what they do not confirm was changed by somebody without them. */
export function confirmed(target: Target, keys: StorageKeys, deps: StorageDeps, openedBy?: string, twin?: Target): OpenedStorage {
  const header = headerOf(target, keys, twin);
  if (header !== undefined) return new OpenedStorage(target, header, keys, deps, openedBy);
  keys.wipe();
  throw new StrataError('storage.damaged', 'never', { path: target.label, file: 'STORAGE', reason: 'authentication' });
}

function headerOf(target: Target, keys: StorageKeys, twin: Target | undefined): ReturnType<typeof confirmedHeader> {
  try {
    return confirmedHeader(target, keys) ?? (twin && confirmedHeader(twin, keys));
  } catch (error) {
    keys.wipe();
    throw error;
  }
}

/** A folder that does not exist yet is empty. */
function whatIsReached(target: Target): 'storage' | 'empty' | 'not-empty' | 'missing' {
  try {
    return whatIsAt(target);
  } catch (error) {
    if (error instanceof StrataError && error.code === 'path.missing') return 'missing';
    throw error;
  }
}
