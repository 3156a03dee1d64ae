import type { RunId, StorageId } from '../../shared/domain/ids.ts';
import { defaultStorageSettings, type StorageSettings } from '../../shared/domain/storage-settings.ts';
import { failureOf, isStrataError, StrataError } from '../../shared/domain/strata-error.ts';
import type { StoredStorage } from '../catalog/index.ts';
import { createStorage, openStorage, readHeader, type Storage, type Unlock, whatIsAt } from '../storage/index.ts';
import { inspectPlace, type PlaceInspection } from '../targets/local/index.ts';
import { type RunContext, stopIfCancelled } from '../kernel/run-context.ts';
import { savesTo } from './job-storages.ts';
import { known, refuseTakenName } from './names.ts';
import { type OpenStorages, storageAccount } from './open-storages.ts';
import type { KeyUse } from './key-use.ts';
import type { Ownership, Taking } from './ownership.ts';
import type { Parts } from './parts.ts';
import type { ReadingBooks } from './reading-books.ts';
import type { Scrubs } from './scrubs.ts';
import type { Secrets } from './secrets.ts';
import type { StorageKeyring } from './storage-keys.ts';
import type { TextIndexes } from './text-indexes.ts';
import { StorageSummaries, type StorageSummary } from './storage-summaries.ts';

/** How a person unlocks a storage. */
export type UnlockRequest =
  | { readonly by: 'password'; readonly password: string }
  | { readonly by: 'recovery-key'; readonly recoveryKey: string }
  | { readonly by: 'keychain' };

const neverScrubbed = { roundSinceMs: null, lastRoundAtMs: null };

interface Helpers {
  readonly secrets: Secrets;
  readonly keyring: StorageKeyring;
  readonly keyUse: KeyUse;
  readonly ownership: Ownership;
  readonly books: ReadingBooks;
  readonly scrubs: Scrubs;
  readonly texts: Pick<TextIndexes, 'remove' | 'wanted'>;
}

export class Storages {
  readonly #parts: Parts;
  readonly #open: OpenStorages;
  readonly #secrets: Secrets;
  readonly #keyring: StorageKeyring;
  readonly #keyUse: KeyUse;
  readonly #ownership: Ownership;
  readonly #books: ReadingBooks;
  readonly #texts: Helpers['texts'];
  readonly #summaries: StorageSummaries;

  constructor(parts: Parts, open: OpenStorages, helpers: Helpers) {
    this.#parts = parts;
    this.#open = open;
    this.#secrets = helpers.secrets;
    this.#keyring = helpers.keyring;
    this.#keyUse = helpers.keyUse;
    this.#ownership = helpers.ownership;
    this.#books = helpers.books;
    this.#texts = helpers.texts;
    this.#summaries = new StorageSummaries(parts, open, helpers);
  }

  inspect(path: string): PlaceInspection & { storage: { id: StorageId; name: string; format: number } | null } {
    const place = inspectPlace(this.#parts.files, path, this.#parts.random, whatIsAt);
    if (place.state !== 'storage') return { ...place, storage: null };
    try {
      const { id, name, format } = readHeader(this.#open.target(path));
      return { ...place, storage: { id, name, format } };
    } catch (error) {
      return { ...place, state: 'blocked', storage: null, failure: failureOf(error) };
    }
  }

  async create(request: {
    name: string;
    path: string;
    password: string;
    keepInKeychain: boolean;
  }): Promise<{ id: StorageId; recoveryKey: string; checkCharacters: string }> {
    const { store, clock } = this.#parts;
    refuseTakenName('storage', request.name, store.storages());
    if (request.keepInKeychain && (await this.#parts.keychain.status()) === 'unavailable') {
      throw new StrataError('keychain.unavailable', 'after-user-action');
    }
    const target = this.#open.target(request.path);
    const made: { id?: StorageId } = {};
    const { storage, recoveryKey, checkCharacters } = await createStorage(
      target,
      { name: request.name, password: request.password },
      this.#open.deps(() => made.id),
    );
    made.id = storage.header.id;
    const stored: StoredStorage = {
      id: storage.header.id,
      name: request.name,
      path: request.path,
      mode: 'own',
      keyInKeychain: request.keepInKeychain,
      recoveryKeyConfirmed: false,
      createdAtMs: clock.nowMs(),
      lastCheck: null,
      settings: defaultStorageSettings,
      acceptsEmpty: [],
      quietFreezes: [],
      clock: null,
      tallies: [],
      captured: [],
      scrub: neverScrubbed,
    };
    this.#keyUse.used(stored.id, undefined, 'typed');
    await this.#keyring.keep(stored.id, storage, request.keepInKeychain);
    store.putStorage(stored);
    await this.#open.adopt(stored, storage);
    this.#parts.changed('storages');
    return { id: stored.id, recoveryKey, checkCharacters };
  }

  async attach(request: {
    name: string | null;
    path: string;
    unlock: UnlockRequest;
    keepInKeychain: boolean;
    taking: Taking;
  }): Promise<{ id: StorageId }> {
    const { store } = this.#parts;
    const target = this.#open.target(request.path);
    const header = readHeader(target);
    this.#ownership.refuseCopy(header, request.path);
    const name = request.name ?? header.name;
    refuseTakenName('storage', name, store.storages());
    const storage = await openStorage(
      target,
      requested(request.unlock),
      this.#open.deps(() => header.id),
    );
    const mode = await this.#taken(storage, request.taking);
    const keepInKeychain = request.keepInKeychain && mode === 'own';
    this.#keyUse.used(header.id, storage.openedBy, request.unlock.by === 'password' ? 'typed' : 'kept');
    const stored: StoredStorage = {
      id: header.id,
      name,
      path: request.path,
      mode,
      // What the keychain keeps needs a slot of its own in the storage, and here nothing is written to it.
      keyInKeychain: keepInKeychain,
      recoveryKeyConfirmed: request.unlock.by === 'recovery-key',
      createdAtMs: header.createdAtMs,
      lastCheck: null,
      settings: defaultStorageSettings,
      acceptsEmpty: [],
      quietFreezes: [],
      clock: null,
      tallies: [],
      captured: [],
      scrub: neverScrubbed,
    };
    await this.#keyring.keep(stored.id, storage, keepInKeychain);
    store.putStorage(stored);
    await this.#openAttached(stored, storage);
    this.#parts.changed('storages');
    return { id: stored.id };
  }

  /** Whoever stops it has not attached it. What is damaged stays attached all the same: it can be repaired. */
  async #openAttached(stored: StoredStorage, storage: Storage): Promise<void> {
    try {
      this.#open.trust(await this.#open.adopt(stored, storage));
    } catch (error) {
      if (isStrataError(error) && error.code === 'storage.not-opened') await this.detach(stored.id);
      throw error;
    }
  }

  async #taken(storage: Storage, taking: Taking): Promise<StoredStorage['mode']> {
    try {
      return await this.#ownership.take(storage, taking);
    } catch (error) {
      storage.close();
      throw error;
    }
  }

  /** @param twin Where a plain copy of the storage lies. */
  async unlock(id: StorageId, request: UnlockRequest, keepInKeychain: boolean, twin?: string): Promise<void> {
    const stored = this.#stored(id);
    if (request.by === 'keychain') {
      await this.#open.use(id, twin);
      return;
    }
    const open = await this.#open.unlock(stored, requested(request), twin);
    const keeps = keepInKeychain && stored.mode === 'own';
    await this.#keyring.keep(id, open.storage, keeps);
    if (keeps !== stored.keyInKeychain) this.#parts.store.putStorage({ ...stored, keyInKeychain: keeps });
    this.#parts.changed('storages');
  }

  confirmRecoveryKey(id: StorageId): void {
    this.#parts.store.putStorage({ ...this.#stored(id), recoveryKeyConfirmed: true });
    this.#parts.changed('storages');
  }

  rename(id: StorageId, name: string): void {
    refuseTakenName('storage', name, this.#parts.store.storages(), id);
    this.#parts.store.putStorage({ ...this.#stored(id), name });
    this.#parts.changed('storages');
  }

  settings(id: StorageId): StorageSettings {
    return this.#stored(id).settings;
  }

  changeSettings(id: StorageId, change: { [Key in keyof StorageSettings]?: StorageSettings[Key] | undefined }): StorageSettings {
    const stored = this.#stored(id);
    const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
    const settings: StorageSettings = { ...stored.settings, ...given };
    // Before it is said that there is none: who is killed in between has it made again, and never left lying.
    if (settings.searchBodies !== true) this.#texts.remove(id);
    this.#parts.store.putStorage({ ...stored, settings });
    if (settings.searchBodies === true && stored.settings.searchBodies !== true) this.#texts.wanted(id);
    this.#parts.changed('storages');
    return settings;
  }

  async detach(id: StorageId): Promise<void> {
    const stored = this.#stored(id);
    const job = this.#parts.store.jobs().find((other) => savesTo(other, id));
    if (job !== undefined) throw new StrataError('storage.in-use', 'after-user-action', { name: stored.name, job: job.name });
    this.#open.close(id);
    this.#texts.remove(id);
    await this.#secrets.forget(storageAccount(id), stored.keyInKeychain);
    this.#keyUse.forget(id);
    this.#books.forget(id);
    for (const mirror of this.#parts.store.mirrors()) {
      if (mirror.id === id || mirror.origin === id) this.#parts.store.removeMirror(mirror.id);
    }
    this.#parts.store.removeStorage(id);
    this.#parts.changed('storages');
  }

  async list(): Promise<StorageSummary[]> {
    return Promise.all(this.#parts.store.storages().map((stored) => this.#summaries.of(stored)));
  }

  async show(id: StorageId): Promise<StorageSummary> {
    return this.#summaries.of(this.#stored(id));
  }

  async rebuildCatalog(id: StorageId): Promise<RunId> {
    const open = await this.#open.use(id);
    return this.#parts.runs.start({
      kind: 'rebuild-catalog',
      job: null,
      storage: { id, name: open.stored.name },
      trigger: 'person',
      body: async (run) => {
        await this.#open.rebuild(open, run, () => this.#untilUnused(id, run));
        this.#parts.changed('storages');
        return { status: 'success' };
      },
    });
  }

  /** Whoever began with a catalog goes on with it to the end. */
  async #untilUnused(id: StorageId, run: RunContext): Promise<void> {
    run.progress.phase('finishing');
    const others = (): boolean =>
      this.#parts.runs
        .going()
        .some(({ storage, kind }) => storage === id && kind !== 'rebuild-catalog' && kind !== 'index-texts');
    while (others()) {
      await run.clock.sleep(200, run.signal);
      stopIfCancelled(run);
    }
  }

  #stored(id: StorageId): StoredStorage {
    return known('storage', id, this.#parts.store.storages());
  }
}

function requested(unlock: UnlockRequest): Unlock {
  if (unlock.by === 'keychain') throw new StrataError('input.invalid', 'never', { field: 'unlock.by' });
  return unlock;
}
