import type { Retention } from './retention.ts';

/** How a storage is kept in order. */
export interface StorageSettings {
  /** How long what is out of use lies in the trash before it is deleted for good. At least 7. */
  readonly graceDays: number;
  /** Below so much free space nothing more is written. 0: no limit but the disk's. */
  readonly minFreeBytes: number;
  /** Hide after each cycle, prune and purge once a week while nothing else runs. Does nothing where no job has rules. */
  readonly automatic: boolean;
  /** Every pack is read again within so many days, a little at a time while nothing else goes on. Null: only when a person asks. */
  readonly scrubDays: number | null;
  /** No more than this is written to the storage in a second, on average. Null: as fast as it goes. */
  readonly writeBytesPerSecond: number | null;
  /** No more items than this are saved in a second: gentle on a server, or a disk that others need. Null: as fast as it goes. */
  readonly itemsPerSecond: number | null;
  /** What a new job begins with. Null: what the settings say for all new jobs; to keep everything is said by rules (`keepEverything`). */
  readonly defaultRetention: Retention | null;
  /** What items say is indexed on this computer, to be searched. Absent: it is not. */
  readonly searchBodies?: boolean | undefined;
}

export const defaultStorageSettings: StorageSettings = {
  graceDays: 30,
  minFreeBytes: 0,
  automatic: true,
  scrubDays: 30,
  writeBytesPerSecond: null,
  itemsPerSecond: null,
  defaultRetention: null,
};
