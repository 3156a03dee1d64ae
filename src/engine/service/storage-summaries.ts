import type { JobId, StorageId } from '../../shared/domain/ids.ts';
import type { RehearsalMark } from '../../shared/domain/rehearsal.ts';
import type { CheckReport } from '../../shared/domain/run.ts';
import { type Failure, failureOf, isStrataError } from '../../shared/domain/strata-error.ts';
import type { StoredStorage } from '../catalog/index.ts';
import type { StorageKey } from '../storage/index.ts';
import { savesTo } from './job-storages.ts';
import type { KeyUse } from './key-use.ts';
import { type LastRepair, lastRepair } from './last-repair.ts';
import type { OpenStorages } from './open-storages.ts';
import type { Ownership, StorageOwner } from './ownership.ts';
import type { Parts } from './parts.ts';
import { marksOf } from './rehearsal-marks.ts';
import type { Scrubs, VerificationView } from './scrubs.ts';

export interface StorageSummary {
  id: StorageId;
  name: string;
  path: string;
  state: 'open' | 'locked' | 'unavailable';
  mode: 'own' | 'read-only';
  /** Null: nobody has written yet, or it is not open. */
  owner: StorageOwner | null;
  keyInKeychain: boolean;
  recoveryKeyConfirmed: boolean;
  createdAtMs: number;
  freeBytes: number | null;
  totalBytes: number | null;
  storedBytes: number;
  itemBytes: number;
  items: number;
  versions: number;
  moments: number;
  lastCommitAtMs: number | null;
  jobs: { id: JobId; name: string }[];
  lastCheck: { atMs: number; report: CheckReport } | null;
  /** Null: none that changed something since the last check. */
  lastRepair: LastRepair | null;
  /** Null while it is not open. */
  verification: VerificationView | null;
  rehearsed: RehearsalMark[];
  failure: Failure | null;
  /** Empty while it is locked: what keys are called is sealed. */
  keys: (StorageKey & { lastUsedAtMs: number | null; isThisDevice: boolean })[];
  passwordTypedAtMs: number | null;
}

interface SummaryHelpers {
  readonly keyUse: KeyUse;
  readonly ownership: Ownership;
  readonly scrubs: Pick<Scrubs, 'view'>;
}

/** How storages are shown. */
export class StorageSummaries {
  readonly #parts: Parts;
  readonly #open: OpenStorages;
  readonly #keyUse: KeyUse;
  readonly #ownership: Ownership;
  readonly #scrubs: Pick<Scrubs, 'view'>;

  constructor(parts: Parts, open: OpenStorages, { keyUse, ownership, scrubs }: SummaryHelpers) {
    this.#parts = parts;
    this.#open = open;
    this.#keyUse = keyUse;
    this.#ownership = ownership;
    this.#scrubs = scrubs;
  }

  /** Never fails: a storage that cannot be opened is shown as such. */
  async of(stored: StoredStorage): Promise<StorageSummary> {
    const jobs = this.#parts.store
      .jobs()
      .filter((job) => savesTo(job, stored.id))
      .map(({ id, name }) => ({ id, name }));
    const base: StorageSummary = {
      ...stored,
      jobs,
      lastRepair: lastRepair(stored, this.#parts.store),
      state: 'open',
      owner: null,
      freeBytes: null,
      totalBytes: null,
      failure: null,
      storedBytes: 0,
      itemBytes: 0,
      items: 0,
      versions: 0,
      moments: 0,
      lastCommitAtMs: null,
      verification: null,
      rehearsed: marksOf(stored),
      keys: [],
      passwordTypedAtMs: this.#keyUse.of(stored.id).passwordTypedAtMs,
    };
    try {
      const open = await this.#open.use(stored.id);
      const { catalog, storage } = open;
      const { lastUsed, device } = this.#keyUse.of(stored.id);
      const space = this.#open.target(stored.path).space();
      const totals = catalog.totals();
      return {
        ...base,
        ...space,
        keys: storage
          .keySlots()
          .map((key) => ({ ...key, lastUsedAtMs: lastUsed[key.slot] ?? null, isThisDevice: key.slot === device })),
        storedBytes: totals.packBytes,
        itemBytes: totals.itemBytes,
        items: totals.items,
        versions: totals.versions,
        moments: totals.moments,
        lastCommitAtMs: catalog.newestCommit()?.atMs ?? null,
        verification: this.#scrubs.view(open),
        owner: this.#ownership.ownerOf(open.storage),
        failure: this.#ownership.complaint(open),
      };
    } catch (error) {
      if (!isStrataError(error)) throw error;
      const locked = error.code === 'storage.needs-password' || error.code === 'keychain.unavailable';
      return { ...base, state: locked ? 'locked' : 'unavailable', failure: failureOf(error) };
    }
  }
}
