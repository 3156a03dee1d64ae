/**
 * The one room that touches keys: libsodium, native or as WebAssembly, and SHA-256 of node:crypto.
 *
 * Promises: no (key, nonce) pair is used twice, because nonces cannot be given: a {@link PackCipher} counts its own, a
 * {@link CommitSealer} and a {@link SlotSealer} seal once. A wrong password is told from a damaged slot. Keys stay inside and
 * are wiped. Both libsodiums give the same bytes, and {@link startCrypto} goes on only if they do so on this very machine.
 * Refuses slots that are cheap to guess or that want all memory, and any layout: what the bytes that it seals mean is the
 * format room's.
 */
export { calibratedCost, ceilingCost, floorCost, requireLongPassword, startCost } from './argon2.ts';
export type { CommitSealer } from './commit-cipher.ts';
export { deviceSecretText, exportSecret, keysFromSecret, newDeviceSecret, parseDeviceSecret } from './device-secret.ts';
export { cryptoKind, openSodium, startCrypto } from './open-sodium.ts';
export type { PackCipher, PackOpener, Purpose } from './pack-cipher.ts';
export { checkCharacters, newRecoveryKey, recoveryKeyWords } from './recovery-key.ts';
export { selfTest } from './self-test.ts';
export { type Sha256, sha256, sha256Hasher, sha256Hex } from './sha256.ts';
export {
  deviceSealer,
  type OpenedSlot,
  openWithDeviceSecret,
  openWithPassword,
  openWithRecoveryKey,
  type PasswordSealing,
  passwordSealing,
  recoverySealer,
  type SealedSlot,
  type SlotSealer,
} from './slot-cipher.ts';
export { newSheetKey, openSheet, sealSheet } from './slot-sheet.ts';
export type { ArgonCost, Sodium } from './sodium.ts';
export { firstEpoch, StorageKeys } from './storage-keys.ts';
