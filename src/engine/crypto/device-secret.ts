import { StrataError } from '../../shared/domain/strata-error.ts';
import type { Random } from '../kernel/random.ts';
import { keyBytes, type Sodium } from './sodium.ts';
import { type MasterKey, StorageKeys } from './storage-keys.ts';

const mastersPrefix = 'strata1:';
const devicePrefix = 'strata2:';
const entryBytes = 4 + keyBytes;

/** Opens the device slot that was made with it, and nothing once that slot is gone. */
export const newDeviceSecret = (random: Random): Uint8Array => random.bytes(keyBytes);

/** What the system's keychain keeps. */
export const deviceSecretText = (secret: Uint8Array): string => devicePrefix + Buffer.from(secret).toString('base64url');

/** Undefined for every other text. */
export function parseDeviceSecret(text: string): Uint8Array | undefined {
  if (!text.startsWith(devicePrefix)) return undefined;
  const bytes = Uint8Array.from(Buffer.from(text.slice(devicePrefix.length), 'base64url'));
  return bytes.length === keyBytes ? bytes : undefined;
}

/**
 * The master keys as text, for a worker of this process and for this process itself. It opens everything, also after every password
 * was changed: keychains of early versions have it, and get a device secret at the next password.
 */
export function exportSecret(keys: StorageKeys): string {
  const masters = keys.masters();
  const bytes = Buffer.alloc(masters.length * entryBytes);
  masters.forEach(({ epoch, key }, index) => {
    bytes.writeUInt32LE(epoch, index * entryBytes);
    bytes.set(key, index * entryBytes + 4);
  });
  const text = mastersPrefix + bytes.toString('base64url');
  bytes.fill(0);
  return text;
}

/**
 * Fails with `storage.needs-password` when the text is not such a secret. Whether it is this storage's, the MAC of STORAGE
 * tells.
 * @param name The storage's name, for the sentence.
 */
export function keysFromSecret(sodium: Sodium, secret: string, name: string): StorageKeys {
  const bytes = secret.startsWith(mastersPrefix) ? Buffer.from(secret.slice(mastersPrefix.length), 'base64url') : Buffer.alloc(0);
  const masters: MasterKey[] = [];
  for (let at = 0; at + entryBytes <= bytes.length; at += entryBytes) {
    masters.push({ epoch: bytes.readUInt32LE(at), key: Uint8Array.from(bytes.subarray(at + 4, at + entryBytes)) });
  }
  const isWhole = masters.length > 0 && bytes.length === masters.length * entryBytes;
  bytes.fill(0);
  if (!isWhole) throw new StrataError('storage.needs-password', 'after-user-action', { name });
  return new StorageKeys(sodium, masters);
}
