import type { CommitWriter } from '../../shared/domain/commit.ts';
import type { StorageId } from '../../shared/domain/ids.ts';
import { type Failure, failureOf, isStrataError, StrataError } from '../../shared/domain/strata-error.ts';
import type { StoredStorage } from '../catalog/index.ts';
import { adoptStorage } from '../maintenance/index.ts';
import { type LockSight, readHeader, type Storage, type StorageHeader, wentBack } from '../storage/index.ts';
import { known } from './names.ts';
import type { OpenStorage, OpenStorages } from './open-storages.ts';
import type { Parts } from './parts.ts';
import { quietRun } from './quiet-run.ts';

/** What attaching does with a storage of another installation: refuse it, make it ours, or only read. */
export type Taking = 'refuse' | 'adopt' | 'read-only';

export interface StorageOwner {
  isOurs: boolean;
  host: string;
  sinceMs: number;
}

/** Whose a storage is, which of its copies is meant, and who works on it. */
export class Ownership {
  readonly #parts: Parts;
  readonly #open: OpenStorages;

  constructor(parts: Parts, open: OpenStorages) {
    this.#parts = parts;
    this.#open = open;
  }

  /** Before a storage becomes part of the profile: it may belong to somebody else. */
  async take(storage: Storage, taking: Taking): Promise<StoredStorage['mode']> {
    if (taking === 'read-only') return 'read-only';
    if (taking === 'refuse') storage.assertWritable();
    else await this.#makeOurs(storage);
    return 'own';
  }

  /** One storage at two places would grow apart. Where the known place is empty now, it moved. */
  refuseCopy(header: StorageHeader, path: string): void {
    const stored = this.#parts.store.storages().find(({ id }) => id === header.id);
    if (stored === undefined) return;
    if (this.#isSamePlace(stored.path, path)) {
      throw new StrataError('name.taken', 'never', { kind: 'storage', name: stored.name });
    }
    const facts = { path, name: stored.name, known: stored.path };
    const code = this.#isAt(stored.path, stored.id) ? 'storage.is-a-copy' : 'storage.moved';
    throw new StrataError(code, 'after-user-action', facts);
  }

  async adopt(id: StorageId): Promise<void> {
    const open = this.#open.refresh(await this.#open.use(id));
    if (open.wentBack) throw wentBack(open.stored.path);
    const before = open.stored;
    this.#parts.store.putStorage({ ...before, mode: 'own' });
    try {
      await this.#makeOurs(open.storage);
    } catch (error) {
      this.#parts.store.putStorage(before);
      throw error;
    }
    this.#open.trust(this.#open.refresh(open));
    this.#parts.changed('storages');
  }

  /** A person says that the older state, or the other history, is the one to go on with. */
  async acceptOlder(id: StorageId): Promise<void> {
    const open = await this.#open.use(id);
    const head = open.storage.head();
    this.#parts.log.warn('storage.older-accepted', { storage: id, sequence: head?.sequence ?? 0 });
    this.#parts.store.trust(id, head?.sequence ?? 0, head?.id ?? '');
    this.#open.refresh(open);
    this.#parts.changed('storages');
  }

  /** The storage is at another place now. Proved by its keys, as far as they are at hand. */
  async repoint(id: StorageId, path: string): Promise<void> {
    const stored = known('storage', id, this.#parts.store.storages());
    if (readHeader(this.#open.target(path)).id !== id)
      throw new StrataError('storage.not-this-one', 'after-user-action', { path });
    if (!this.#isSamePlace(stored.path, path) && this.#isAt(stored.path, id)) {
      throw new StrataError('storage.is-a-copy', 'after-user-action', { path, name: stored.name, known: stored.path });
    }
    const going = this.#parts.runs.going().find(({ storage }) => storage === id);
    if (going !== undefined) throw new StrataError('run.already-running', 'later', { job: going.jobName ?? going.kind });
    this.#open.close(id);
    this.#parts.store.putStorage({ ...stored, path });
    this.#parts.changed('storages');
  }

  async locks(id: StorageId): Promise<LockSight[]> {
    return (await this.#open.use(id)).storage.locks();
  }

  async clearLock(id: StorageId, name: string): Promise<void> {
    (await this.#open.use(id)).storage.clearLock(name);
  }

  ownerOf(storage: Storage): StorageOwner | null {
    const owner = storage.owner();
    return owner === undefined ? null : { isOurs: this.#isOurs(owner), host: owner.host, sinceMs: owner.sinceMs };
  }

  /** Why a storage that can be opened cannot be written to. */
  complaint({ storage }: OpenStorage): Failure | null {
    try {
      storage.assertWritable();
      return null;
    } catch (error) {
      // What a person wanted is nothing to complain of.
      return isStrataError(error) && error.code === 'storage.read-only' ? null : failureOf(error);
    }
  }

  #isOurs({ installation }: CommitWriter): boolean {
    return installation === this.#parts.machine.machineId;
  }

  async #makeOurs(storage: Storage): Promise<void> {
    const owner = storage.owner();
    if (owner === undefined || this.#isOurs(owner)) return;
    await adoptStorage(storage, this.#parts.random, quietRun(this.#parts.clock, this.#parts.log));
  }

  #isSamePlace(one: string, other: string): boolean {
    const { files } = this.#parts;
    if (one === other) return true;
    return files.stat(one) !== undefined && files.stat(other) !== undefined && files.realPath(one) === files.realPath(other);
  }

  #isAt(path: string, id: StorageId): boolean {
    try {
      return readHeader(this.#open.target(path)).id === id;
    } catch (error) {
      if (!isStrataError(error)) throw error;
      return false; // unplugged, or gone: then it is not there
    }
  }
}
