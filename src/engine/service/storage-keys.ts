import type { StorageId } from '../../shared/domain/ids.ts';
import { StrataError } from '../../shared/domain/strata-error.ts';
import type { StoredStorage } from '../catalog/index.ts';
import {
  addPassword,
  changePassword,
  type Proof,
  readHeader,
  type RecoverySheet,
  removeKey,
  renewRecoveryKey,
  showRecoveryKey,
  startNewKey,
  type Storage,
  tryPassword,
} from '../storage/index.ts';
import type { Target } from '../targets/target.ts';
import type { KeyUse } from './key-use.ts';
import { known } from './names.ts';
import { type OpenStorages, storageAccount } from './open-storages.ts';
import type { Parts } from './parts.ts';
import type { Secrets } from './secrets.ts';

/**
 * The ways to unlock a storage. Every change asks for a password or the recovery key, whether the storage is open or not: who sits
 * down at an unlocked computer must not be able to lock its owner out.
 */
export class StorageKeyring {
  readonly #parts: Parts;
  readonly #open: OpenStorages;
  readonly #secrets: Secrets;
  readonly #use: KeyUse;

  constructor(parts: Parts, open: OpenStorages, secrets: Secrets, use: KeyUse) {
    this.#parts = parts;
    this.#open = open;
    this.#secrets = secrets;
    this.#use = use;
  }

  /** Changes nothing but the day on which it was typed. */
  async tryPassword(id: StorageId, password: string): Promise<void> {
    const { target } = this.#at(id);
    this.#use.used(id, await tryPassword(target, password), 'typed');
    this.#parts.changed('storages');
  }

  async changePassword(id: StorageId, proof: Proof, password: string): Promise<void> {
    await changePassword(
      this.#at(id).target,
      proof,
      { password },
      this.#open.deps(() => id),
    );
    this.#proved(id);
  }

  async addPassword(id: StorageId, proof: Proof, label: string, password: string): Promise<void> {
    await addPassword(
      this.#at(id).target,
      proof,
      label,
      { password },
      this.#open.deps(() => id),
    );
    this.#proved(id);
  }

  async removeKey(id: StorageId, proof: Proof, slot: string): Promise<void> {
    const { target, stored } = this.#at(id);
    await removeKey(
      target,
      proof,
      slot,
      this.#open.deps(() => id),
    );
    if (slot === this.#use.of(id).device) {
      await this.#secrets.forget(storageAccount(id), true);
      this.#use.isDevice(id, null);
      this.#parts.store.putStorage({ ...stored, keyInKeychain: false });
    }
    this.#proved(id);
  }

  async showRecoveryKey(id: StorageId, password: string): Promise<RecoverySheet> {
    const sheet = await showRecoveryKey(this.#at(id).target, password);
    this.#proved(id);
    return sheet;
  }

  async renewRecoveryKey(id: StorageId, proof: Proof): Promise<RecoverySheet> {
    const { target } = this.#at(id);
    const sheet = await renewRecoveryKey(
      target,
      proof,
      this.#open.deps(() => id),
      () => this.#sheetIsOld(id),
    );
    this.#proved(id);
    return sheet;
  }

  /** A new master key for what is saved from now on. Its catalog is made anew, because the old one is sealed with the old key. */
  async newKey(id: StorageId, password: string): Promise<RecoverySheet> {
    const { target, stored } = this.#at(id);
    const deps = this.#open.deps(() => id);
    const { storage, sheet } = await startNewKey(target, { password }, deps, () => this.#sheetIsOld(id));
    await this.#open.replace(stored, storage);
    await this.keep(id, storage, stored.keyInKeychain);
    this.#proved(id);
    return sheet;
  }

  /** A key of this computer's own for the keychain, or the master keys in memory until the engine ends. */
  async keep(id: StorageId, storage: Storage, inKeychain: boolean): Promise<void> {
    const account = storageAccount(id);
    if (!inKeychain) return this.#secrets.keep(account, storage.exportDeviceSecret(), false);
    if (await this.#isKept(id, storage)) return;
    const label = this.#parts.machine.hostName.slice(0, labelLength);
    this.#use.isDevice(id, await storage.addDevice(label, (secret) => this.#secrets.keep(account, secret, true)));
  }

  /** Once is enough: each unlocking by password would make one more. */
  async #isKept(id: StorageId, storage: Storage): Promise<boolean> {
    const { device } = this.#use.of(id);
    if (device === null || !storage.keySlots().some(({ slot }) => slot === device)) return false;
    return (await this.#secrets.read(storageAccount(id), true)) !== undefined;
  }

  #at(id: StorageId): { readonly stored: StoredStorage; readonly target: Target } {
    const stored = known('storage', id, this.#parts.store.storages());
    const target = this.#open.target(stored.path);
    if (readHeader(target).id !== id) throw new StrataError('storage.not-this-one', 'after-user-action', { path: stored.path });
    return { stored, target };
  }

  /** The sheet that somebody confirmed opens nothing any more, or soon will not. */
  #sheetIsOld(id: StorageId): void {
    this.#parts.store.putStorage({ ...this.#at(id).stored, recoveryKeyConfirmed: false });
  }

  #proved(id: StorageId): void {
    this.#use.used(id, undefined, 'typed');
    this.#parts.changed('storages');
  }
}

/** As long as a name that a person gives. */
const labelLength = 32;
