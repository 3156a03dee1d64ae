import type { JsonObject } from '../../shared/domain/json.ts';

/** A file while it is read. */
export interface ColdFile {
  readonly sizeBytes: number;
  /** Fills `into` from `offset` on, or it throws `storage.record-damaged` (file too short) or the file's own failure. */
  fill(into: Uint8Array, offset: number): void;
}

/**
 * Where a storage's bytes rest. One implementation per kind of place, each held to `testing/target-suite.ts`.
 * Names are relative, with `/`, made of `[0-9A-Za-z._-]`. A target holds bytes and never asks what they mean.
 *
 * Guarantee: once `put` or `seal` returned, the file is durable under its name, whole, and `list` and `read` see it.
 * Guarantee: a crash leaves a name either absent or with all of its bytes.
 * Guarantee: an existing name is never replaced by `put` or `seal`.
 * Caller's duty: never reuse a name for other bytes.
 */
export interface Target {
  /** For messages and logs. */
  readonly label: string;
  /** Enough for another thread to open the same place (the worker's entry knows how); undefined: there is only this one. */
  readonly place: JsonObject | undefined;
  /** Makes the place ready for a new storage; refuses one that holds anything. */
  prepare(): void;
  /** What is at this name, or undefined. */
  size(name: string): number | undefined;
  read(name: string): Uint8Array;
  /** Exactly `length` bytes, or it throws `storage.record-damaged` (file too short) or the file's own failure. */
  readRange(name: string, offset: number, length: number): Uint8Array;
  /**
   * Opens a file to be read as it lies there, not as this computer remembers it, as far as it can be told so; and it need not remember
   * it after. The memory is the reader's own, so that he can use it again: new memory costs more than reading does.
   */
  readCold<T>(name: string, read: (file: ColdFile) => T): T;
  /**
   * Names of all files below a directory, in order; complete or it throws. A directory that does not exist is empty. What has a name
   * that no storage gives is left out below a directory, and named below the root, where it tells that others use the place, too.
   */
  list(directory: string): string[];
  /** Stores a small file whole: written aside, synced, named, directory synced. */
  put(name: string, bytes: Uint8Array): void;
  /** Replaces a small file whose loss is harmless (a lock's heartbeat). Not durable by promise. */
  overwrite(name: string, bytes: Uint8Array): void;
  /** True when made, false when the name was there: the one atomic test-and-set. */
  putExclusive(name: string, bytes: Uint8Array): boolean;
  /** Gone is fine. */
  remove(name: string): void;
  /** The same, and durably: a name that a crash could bring back still takes the file's room on many disks. */
  free(name: string): void;
  /**
   * Another name for the same file, durably. A crash leaves the old name, the new one, or both. Where the new name is there already
   * the old one goes: a name is never used for other bytes. Fails with `path.missing` when neither is there.
   */
  move(from: string, to: string): void;
  /** A file that is written bit by bit and gets its name at the end. */
  begin(): OpenFile;
  /**
   * Unfinished files of earlier runs. `assertAlone` throws where somebody else may write by now; it is asked between listing and
   * removing, so that what goes was begun before the caller came. Returns how many went.
   */
  clearUnfinished(assertAlone: () => void): number;
  space(): { readonly freeBytes: number; readonly totalBytes: number };
}

export interface OpenFile {
  append(bytes: Uint8Array): void;
  /** Durable bytes, then the name, then durable names. */
  seal(name: string): Promise<void>;
  /** Takes back all that was written. Never throws. */
  abandon(): void;
}
