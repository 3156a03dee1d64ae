/**
 * The one room that touches keys: libsodium, native or as WebAssembly, and SHA-256 of node:crypto.
 *
 * Promises: no (key, nonce) pair is used twice, because nonces cannot be given: a {@link PackCipher} counts its own, a
 * {@link CommitSealer} and a {@link SlotSealer} seal once. A wrong password is told from a damaged slot. Keys stay inside and
 * are wiped. Both libsodiums give the same bytes; {@link selfTest} says so on
 * this very machine.
 * Refuses cheap slots (below {@link floorCost}), hostile ones (above {@link ceilingCost}), and any layout: what the bytes that
 * it seals mean is the format room's.
 */
export { calibratedCost, ceilingCost, floorCost, minimumPasswordLength, requireLongPassword, startCost } from './argon2.ts';
export type { CommitSealer } from './commit-cipher.ts';
export { exportSecret, keysFromSecret } from './device-secret.ts';
export { cryptoKind, openSodium, startCrypto } from './open-sodium.ts';
export type { PackCipher, PackOpener, Purpose } from './pack-cipher.ts';
export { checkCharacters, newRecoveryKey, parseRecoveryKey, recoveryKeyWords } from './recovery-key.ts';
export { selfTest } from './self-test.ts';
export { type Sha256, sha256, sha256Hasher, sha256Hex } from './sha256.ts';
export {
  openWithPassword,
  openWithRecoveryKey,
  passwordSealer,
  recoverySealer,
  type SealedSlot,
  type SlotSealer,
} from './slot-cipher.ts';
export type { ArgonCost, Sodium } from './sodium.ts';
export { firstEpoch, StorageKeys } from './storage-keys.ts';
