import type { StorageId } from '../../shared/domain/ids.ts';
import { openSodium, type StorageKeys } from '../crypto/index.ts';
import type { Target } from '../targets/target.ts';
import { putSlot, slotId } from './key-slots.ts';
import { deviceSlot } from './proved-slots.ts';
import type { StorageDeps } from './storage.ts';

/** A slot for a secret that is in a keychain by now. Without the slot the secret opens nothing. Takes over the secret. */
export async function putDeviceSlot(
  target: Target,
  storage: StorageId,
  keys: StorageKeys,
  { label, secret }: { readonly label: string; readonly secret: Uint8Array },
  { random, clock }: StorageDeps,
): Promise<string> {
  const sodium = await openSodium();
  const file = await deviceSlot(random, secret, { kind: 'device', label, storage, createdAtMs: clock.nowMs(), keys });
  sodium.wipe(secret);
  return slotId(putSlot(target, random, file));
}
