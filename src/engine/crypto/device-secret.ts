import { StrataError } from '../../shared/domain/strata-error.ts';
import { keyBytes, type Sodium } from './sodium.ts';
import { type MasterKey, StorageKeys } from './storage-keys.ts';

const prefix = 'strata1:';
const entryBytes = 4 + keyBytes;

/** The master keys as text, for the system's keychain and for a worker of this process. It opens everything. */
export function exportSecret(keys: StorageKeys): string {
  const masters = keys.masters();
  const bytes = Buffer.alloc(masters.length * entryBytes);
  masters.forEach(({ epoch, key }, index) => {
    bytes.writeUInt32LE(epoch, index * entryBytes);
    bytes.set(key, index * entryBytes + 4);
  });
  const text = prefix + bytes.toString('base64url');
  bytes.fill(0);
  return text;
}

/**
 * Fails with `storage.needs-password` when the text is not such a secret. Whether it is this storage's, the MAC of STORAGE
 * tells.
 * @param name The storage's name, for the sentence.
 */
export function keysFromSecret(sodium: Sodium, secret: string, name: string): StorageKeys {
  const bytes = secret.startsWith(prefix) ? Buffer.from(secret.slice(prefix.length), 'base64url') : Buffer.alloc(0);
  const masters: MasterKey[] = [];
  for (let at = 0; at + entryBytes <= bytes.length; at += entryBytes) {
    masters.push({ epoch: bytes.readUInt32LE(at), key: Uint8Array.from(bytes.subarray(at + 4, at + entryBytes)) });
  }
  const isWhole = masters.length > 0 && bytes.length === masters.length * entryBytes;
  bytes.fill(0);
  if (!isWhole) throw new StrataError('storage.needs-password', 'after-user-action', { name });
  return new StorageKeys(sodium, masters);
}
