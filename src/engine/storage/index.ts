/**
 * A storage on top of a target: packs, commits, keys, locks.
 *
 * Promises: what `commit` returned is durable and complete; a crash at any moment leaves all earlier commits readable without repair;
 * no chunk is believed before it was decrypted and hashed again.
 * Refuses: an unknown format or feature, a wrong key, anything whose authentication fails.
 */
export {
  addPassword,
  changePassword,
  removeKey,
  renewRecoveryKey,
  showRecoveryKey,
  startNewKey,
  tryPassword,
} from './change-keys.ts';
export type { PackReading } from './pack-check.ts';
export { type CreatedStorage, createStorage, openStorage } from './open-storage.ts';
export type { LockPurpose } from './lock-file.ts';
export type { PackerStart } from './packer-messages.ts';
export { type PackerPlace, servePacker } from './packer-thread.ts';
export type { GivenAnswer, ReaderStart } from './reader-messages.ts';
export { serveReader } from './reader-thread.ts';
export type { Author, KnownCommit, PackCount, PruneNumbers, PruneOptions, PrunePlan, TrashFolder } from './removal/removal.ts';
export { dueAtMs } from './removal/emptying.ts';
export type { RepairHelp, Repaired } from './repair/repair.ts';
export type {
  Affected,
  ChunkLocator,
  ContentGiver,
  LockSight,
  NewStorage,
  PackChoice,
  PackRereader,
  PackingThreads,
  Proof,
  RecoverySheet,
  Storage,
  StorageDeps,
  StorageHeader,
  StorageKey,
  StorageLock,
  StorageWriter,
  StoredContent,
  Unlock,
} from './storage.ts';
export { readHeader, whatIsAt } from './storage-header.ts';
export { wentBack } from './went-back.ts';
