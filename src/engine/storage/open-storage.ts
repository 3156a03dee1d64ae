import { StrataError } from '../../shared/domain/strata-error.ts';
import {
  calibratedCost,
  checkCharacters,
  keysFromSecret,
  newRecoveryKey,
  openSodium,
  passwordSealer,
  recoveryKeyWords,
  recoverySealer,
  requireLongPassword,
  type Sodium,
  StorageKeys,
} from '../crypto/index.ts';
import { defaultChunking, headerNames } from '../format/index.ts';
import type { Target } from '../targets/target.ts';
import { putSlot, unlockWith } from './key-slots.ts';
import { OpenedStorage } from './opened-storage.ts';
import type { NewStorage, Storage, StorageDeps, Unlock } from './storage.ts';
import { clearBrokenOffCreation, confirmedHeader, newHeader, readHeader, whatIsAt } from './storage-header.ts';

export interface CreatedStorage {
  readonly storage: Storage;
  /** 24 words. The only moment at which they exist outside of a person's sheet. */
  readonly recoveryKey: string;
  /** Printed on the sheet and shown nowhere else: typing them proves that the sheet exists. */
  readonly checkCharacters: string;
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
  const passwordSlot = await passwordSealer(sodium, random, password, cost ?? (await calibratedCost(sodium, clock)));
  const recoveryKey = newRecoveryKey(random);
  const keys = StorageKeys.create(sodium, random);

  if (whatIsReached(target) === 'empty') clearBrokenOffCreation(target);
  target.prepare();
  const header = newHeader(name, chunking ?? defaultChunking, keys, deps);
  const slot = { storage: header.id, createdAtMs: clock.nowMs(), random };
  putSlot(target, 'password', passwordSlot, keys, slot);
  putSlot(target, 'recovery', recoverySealer(sodium, random, recoveryKey), keys, slot);
  // Last: from the first copy of STORAGE on this is a storage, and its slots are there.
  for (const file of headerNames) target.put(file, header.file);

  const words = recoveryKeyWords(recoveryKey);
  const characters = checkCharacters(sodium, recoveryKey);
  sodium.wipe(recoveryKey);
  return { storage: confirmed(target, keys, deps), recoveryKey: words, checkCharacters: characters };
}

export async function openStorage(target: Target, unlock: Unlock, deps: StorageDeps): Promise<Storage> {
  const { id, name } = readHeader(target);
  const sodium = await openSodium();
  if (unlock.by !== 'device') return confirmed(target, await unlockWith(target, id, sodium, unlock), deps);
  return withDeviceSecret(target, sodium, unlock.secret, name, deps);
}

/** The keychain may hold the secret of another storage: then the password has to be asked for. */
function withDeviceSecret(target: Target, sodium: Sodium, secret: string, name: string, deps: StorageDeps): Storage {
  const keys = keysFromSecret(sodium, secret, name);
  if (headerOf(target, keys) !== undefined) return confirmed(target, keys, deps);
  keys.wipe();
  throw new StrataError('storage.needs-password', 'after-user-action', { name });
}

/** The keys are right: what they do not confirm was changed by somebody without them. */
function confirmed(target: Target, keys: StorageKeys, deps: StorageDeps): Storage {
  const header = headerOf(target, keys);
  if (header !== undefined) return new OpenedStorage(target, header, keys, deps);
  keys.wipe();
  throw new StrataError('storage.damaged', 'never', { path: target.label, file: 'STORAGE', reason: 'authentication' });
}

function headerOf(target: Target, keys: StorageKeys): ReturnType<typeof confirmedHeader> {
  try {
    return confirmedHeader(target, keys);
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
