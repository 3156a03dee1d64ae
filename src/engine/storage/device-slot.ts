import type { StorageId } from '../../shared/domain/ids.ts';
import { deviceSealer, deviceSecretText, newDeviceSecret, openSodium, type StorageKeys } from '../crypto/index.ts';
import type { Target } from '../targets/target.ts';
import { encodeSlot, putSlot, slotId } from './key-slots.ts';
import type { StorageDeps } from './storage.ts';

/** A slot whose secret is given away once, for a keychain. Without the slot the secret opens nothing. */
export async function putDeviceSlot(
  target: Target,
  storage: StorageId,
  keys: StorageKeys,
  label: string,
  { random, clock }: StorageDeps,
): Promise<{ readonly slot: string; readonly secret: string }> {
  const sodium = await openSodium();
  const secret = newDeviceSecret(random);
  const sealer = deviceSealer(sodium, random, secret);
  const slot = putSlot(
    target,
    random,
    encodeSlot(sodium, sealer, { kind: 'device', label, storage, createdAtMs: clock.nowMs(), keys }),
  );
  const text = deviceSecretText(secret);
  sodium.wipe(secret);
  return { slot: slotId(slot), secret: text };
}
