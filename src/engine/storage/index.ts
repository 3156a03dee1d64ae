/**
 * A storage on top of a target: packs, commits, keys, locks.
 *
 * Promises: what `commit` returned is durable and complete; a crash at any moment leaves all earlier commits readable without repair;
 * no chunk is believed before it was decrypted and hashed again.
 * Refuses: an unknown format or feature, a wrong key, anything whose authentication fails.
 */
export type {
  Storage,
  StorageDeps,
  StorageHeader,
  StorageWriter,
  StoredContent,
  ChunkLocator,
  StorageLock,
  Unlock,
} from './storage.ts';
