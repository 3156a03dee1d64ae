import type { StorageId } from '../../shared/domain/ids.ts';
import { StrataError } from '../../shared/domain/strata-error.ts';
import {
  type Catalog,
  openRestoreJournal,
  openRunDetails,
  removeCatalog,
  replaceCatalog,
  type RestoreJournal,
  type RunDetails,
  type StoredStorage,
} from '../catalog/index.ts';
import { catchUp, fillCatalogInTurns } from '../maintenance/index.ts';
import type { FileSystem } from '../kernel/file-system.ts';
import type { RunContext } from '../kernel/run-context.ts';
import {
  type LockPurpose,
  openStorage,
  readHeader,
  type Storage,
  type StorageDeps,
  type Unlock,
  wentBack,
} from '../storage/index.ts';
import { describeContent } from '../sources/describe-content.ts';
import { openLocalTarget } from '../targets/local/index.ts';
import type { Target } from '../targets/target.ts';
import { Catalogs, isUnusable, notOpened } from './catalogs.ts';
import { known } from './names.ts';
import type { KeyUse } from './key-use.ts';
import type { Parts } from './parts.ts';
import type { Secrets } from './secrets.ts';

/** An unlocked storage with its catalog, up to date. */
export interface OpenStorage {
  readonly stored: StoredStorage;
  readonly storage: Storage;
  /** Replaced when it is rebuilt: ask each time. */
  readonly catalog: Catalog;
  /** What restores from it did. */
  readonly journal: RestoreJournal;
  /** Older than when this profile saw it last: readable, never written to. */
  readonly wentBack: boolean;
}

interface Entry {
  readonly storage: Storage;
  readonly details: RunDetails;
  readonly journal: RestoreJournal;
  catalog: Catalog;
  wentBack: boolean;
}

export const storageAccount = (id: StorageId): string => `storage/${id}`;

const noLimits: ReturnType<NonNullable<StorageDeps['limits']>> = { writeBytesPerSecond: null, itemsPerSecond: null };

/** Keeps unlocked storages open until the engine ends. */
export class OpenStorages {
  readonly #parts: Parts;
  readonly #secrets: Secrets;
  readonly #keyUse: KeyUse;
  readonly #catalogs: Catalogs;
  readonly #open = new Map<StorageId, Entry>();
  /** Whoever asks for one of these waits for it. */
  readonly #opening = new Map<StorageId, { readonly entry: Promise<Entry>; readonly unwanted: AbortController }>();
  readonly #rebuilding = new Set<StorageId>();
  /** What they lack to be what they were, a copy may bring back. */
  readonly #helped = new Set<StorageId>();
  readonly #beforeLock: ((storage: StorageId, purpose: LockPurpose) => void)[] = [];
  readonly #beforeClose: ((storage: StorageId) => void)[] = [];

  constructor(parts: Parts, secrets: Secrets, keyUse: KeyUse) {
    this.#parts = parts;
    this.#secrets = secrets;
    this.#keyUse = keyUse;
    this.#catalogs = new Catalogs(parts);
  }

  /** @param id Of the storage, once it is known: what its settings and a person say of it holds from one second to the next. */
  deps(id: () => StorageId | undefined = () => undefined): StorageDeps {
    const { clock, random, machine, log, files, appVersion, packers, readers } = this.#parts;
    return {
      clock,
      random,
      machine,
      log,
      files,
      describe: describeContent,
      appVersion,
      limits: this.#limitsOf(id),
      refusesWriting: () => this.#refusal(id()),
      beforeLock: (purpose) => {
        const storage = id();
        if (storage !== undefined) for (const told of this.#beforeLock) told(storage, purpose);
      },
      ...(packers === undefined ? {} : { workers: packers }),
      ...(readers === undefined ? {} : { readers }),
    };
  }

  /** Asked for each item, so it looks at the settings once a second only. */
  #limitsOf(id: () => StorageId | undefined): NonNullable<StorageDeps['limits']> {
    const { clock, store } = this.#parts;
    let limits = noLimits;
    let readAtMs = Number.NEGATIVE_INFINITY;
    return () => {
      if (clock.monotonicMs() - readAtMs < 1000) return limits;
      readAtMs = clock.monotonicMs();
      const settings = store.storages().find((stored) => stored.id === id())?.settings;
      limits = { writeBytesPerSecond: settings?.writeBytesPerSecond ?? null, itemsPerSecond: settings?.itemsPerSecond ?? null };
      return limits;
    };
  }

  /** Who is told before a storage is locked here, by whomever. */
  onLock(told: (storage: StorageId, purpose: LockPurpose) => void): void {
    this.#beforeLock.push(told);
  }

  /** Who is told before a storage is closed: what else is open under its key closes with it. */
  onClose(told: (storage: StorageId) => void): void {
    this.#beforeClose.push(told);
  }

  target(path: string): Target {
    return openLocalTarget(this.#parts.files, path, this.#parts.random);
  }

  /** Of the runs on a storage that is open, and of acts. */
  runDetails(id: StorageId): RunDetails | undefined {
    return this.#open.get(id)?.details;
  }

  isOpen(id: StorageId): boolean {
    return this.#open.has(id);
  }

  /**
   * With the key that is at hand; without one it fails with `storage.needs-password`, or with why it cannot be had at all.
   * @param twin Where a plain copy of the storage lies, whose STORAGE does where no copy is left.
   */
  async use(id: StorageId, twin?: string): Promise<OpenStorage> {
    const stored = known('storage', id, this.#parts.store.storages());
    const entry = this.#open.get(id);
    if (entry !== undefined) return { stored, ...entry };
    const secret = await this.#secrets.read(storageAccount(id), stored.keyInKeychain);
    if (secret === undefined) {
      // Nobody is asked for the password of a storage that is away.
      readHeader(this.target(stored.path), twin === undefined ? undefined : this.target(twin));
      throw new StrataError('storage.needs-password', 'after-user-action', { name: stored.name });
    }
    return this.unlock(stored, { by: 'device', secret }, twin);
  }

  /** As it is this moment. Fails where this installation may not write. */
  async useToWrite(id: StorageId): Promise<OpenStorage> {
    const open = this.refresh(await this.use(id));
    open.storage.assertWritable();
    return open;
  }

  async unlock(stored: StoredStorage, unlock: Unlock, copy?: string): Promise<OpenStorage> {
    const target = this.target(stored.path);
    const twin = copy === undefined ? undefined : this.target(copy);
    const header = readHeader(target, twin);
    if (header.id !== stored.id) throw new StrataError('storage.not-this-one', 'after-user-action', { path: stored.path });
    const storage = await openStorage(
      target,
      unlock,
      this.deps(() => stored.id),
      twin,
    );
    this.#keyUse.used(stored.id, storage.openedBy, unlock.by === 'password' ? 'typed' : 'kept');
    if (this.#open.get(stored.id)?.storage.hasNewestKey() === false) this.close(stored.id);
    return this.adopt(stored, storage);
  }

  /** Takes over a storage that was just created or opened. */
  async adopt(stored: StoredStorage, storage: Storage): Promise<OpenStorage> {
    const there = this.#open.get(stored.id) ?? this.#opening.get(stored.id)?.entry;
    if (there !== undefined) {
      // A run may be using it. The new one has proved the key, and that was all it was for.
      storage.close();
      return { stored, ...(await there) };
    }
    const unwanted = new AbortController();
    const entry = this.#opened(stored, storage, unwanted.signal);
    this.#opening.set(stored.id, { entry, unwanted });
    try {
      return { stored, ...(await entry) };
    } finally {
      this.#opening.delete(stored.id);
    }
  }

  async #opened(stored: StoredStorage, storage: Storage, unwanted: AbortSignal): Promise<Entry> {
    let catalog: Catalog | undefined;
    try {
      catalog = await this.#catalogs.upToDateInTurns(stored, storage, unwanted);
      if (unwanted.aborted) throw notOpened(stored);
      const { id } = stored;
      const entry: Entry = {
        ...{ storage, catalog },
        details: this.#openDetails(id, storage),
        journal: this.#openJournal(id, storage),
        wentBack: this.#wentBack(id, storage),
      };
      this.#open.set(id, entry);
      return entry;
    } catch (error) {
      catalog?.close();
      storage.close();
      throw error;
    }
  }

  /** The same storage under a new key takes the place of the old one. What runs said of its items is kept. */
  async replace(stored: StoredStorage, storage: Storage): Promise<void> {
    const before = this.#open.get(stored.id);
    const details = before?.details.all();
    const journal = before?.journal.all();
    this.close(stored.id);
    await this.adopt(stored, storage);
    if (details !== undefined) this.runDetails(stored.id)?.adopt(details);
    if (journal !== undefined) this.#open.get(stored.id)?.journal.adopt(journal);
  }

  /** Brings the catalog up to what other processes committed since. Before anything that must see the newest state. */
  refresh(open: OpenStorage): OpenStorage {
    const entry = this.#open.get(open.stored.id);
    if (entry === undefined) return open;
    if (!entry.storage.hasNewestKey()) {
      this.close(open.stored.id);
      this.#secrets.forgetInMemory(storageAccount(open.stored.id));
      throw new StrataError('storage.key-renewed', 'after-user-action', { path: open.stored.path });
    }
    try {
      if (!entry.catalog.isApplying()) catchUp(entry.storage, entry.catalog);
    } catch (error) {
      if (!isUnusable(error)) throw error;
      entry.catalog.close();
      entry.catalog = this.#catalogs.anew(open.stored.id, entry.storage);
    }
    entry.wentBack = this.#wentBack(open.stored.id, entry.storage);
    return { stored: open.stored, ...entry };
  }

  /** Meanwhile an older state may be written to: a repair brings it up to the newer one, or refuses it itself. */
  async whileHelped<T>(id: StorageId, work: () => Promise<T>): Promise<T> {
    this.#helped.add(id);
    try {
      return await work();
    } finally {
      this.#helped.delete(id);
    }
  }

  /** Remembers the newest commit, so that an older copy at the same place is noticed. */
  trust(open: OpenStorage): void {
    const head = open.storage.head();
    if (head !== null && !open.wentBack) this.#parts.store.trust(open.stored.id, head.sequence, head.id);
  }

  /**
   * A new catalog from the storage alone takes the place of the old one, which stays in use until the new one is complete and nobody
   * uses the old one any more.
   */
  async rebuild(open: OpenStorage, run: RunContext, untilUnused: () => Promise<void>): Promise<void> {
    const { id } = open.stored;
    if (this.#rebuilding.has(id)) throw new StrataError('engine.busy', 'later');
    this.#rebuilding.add(id);
    const aside = `${this.#parts.profile.catalogPath(id)}.new`;
    try {
      await this.#makeAside(open, aside, run);
      await untilUnused();
      this.#replace(id, aside);
    } finally {
      this.#rebuilding.delete(id);
    }
  }

  async #makeAside({ storage }: OpenStorage, aside: string, run: RunContext): Promise<void> {
    const lock = storage.lock('rebuild', 'read');
    try {
      removeCatalog(this.#parts.files, aside);
      const fresh = this.#catalogs.open(aside, storage);
      try {
        await fillCatalogInTurns(storage, fresh, run);
      } finally {
        fresh.close();
      }
    } finally {
      lock.release();
    }
  }

  #replace(id: StorageId, aside: string): void {
    const entry = this.#open.get(id);
    if (entry === undefined) return;
    const path = this.#parts.profile.catalogPath(id);
    entry.catalog.close();
    replaceCatalog(this.#parts.files, aside, path);
    entry.catalog = this.#catalogs.upToDate(id, entry.storage);
  }

  close(id: StorageId): void {
    this.#opening.get(id)?.unwanted.abort();
    const entry = this.#open.get(id);
    for (const told of this.#beforeClose) told(id);
    entry?.catalog.close();
    entry?.details.close();
    entry?.journal.close();
    entry?.storage.close();
    this.#open.delete(id);
  }

  closeAll(): void {
    for (const id of [...this.#opening.keys(), ...this.#open.keys()]) this.close(id);
  }

  /** Whoever asks for a lock to write, these hold for all. */
  #refusal(id: StorageId | undefined): StrataError | undefined {
    const stored = this.#parts.store.storages().find((storage) => storage.id === id);
    // It is just being attached.
    if (stored === undefined) return undefined;
    if (this.#open.get(stored.id)?.wentBack === true && !this.#helped.has(stored.id)) return wentBack(stored.path);
    if (stored.mode === 'own') return undefined;
    return new StrataError('storage.read-only', 'after-user-action', { name: stored.name });
  }

  /** Older than it was, or with another history since: an old copy, a clone, or a disk that was put back. */
  #wentBack(id: StorageId, storage: Storage): boolean {
    const trusted = this.#parts.store.trusted(id);
    const head = storage.head();
    if (trusted === undefined || trusted.sequence === 0 || trusted.id === head?.id) return false;
    if (trusted.sequence > (head?.sequence ?? 0)) return true;
    return storage.idAt(trusted.sequence) !== trusted.id;
  }

  #openDetails(id: StorageId, storage: Storage): RunDetails {
    return openRunDetails({ path: this.#parts.profile.runDetailsPath(id), key: storage.catalogKey(), ...this.#sqlite() });
  }

  #openJournal(id: StorageId, storage: Storage): RestoreJournal {
    return openRestoreJournal({ path: this.#parts.profile.restoreJournalPath(id), key: storage.catalogKey(), ...this.#sqlite() });
  }

  #sqlite(): { files: FileSystem; nativeBinding?: string } {
    const { sqliteBinding, files } = this.#parts;
    return { files, ...(sqliteBinding === undefined ? {} : { nativeBinding: sqliteBinding }) };
  }
}
