import type { ItemId, JobId, RunId, SourceId } from '../../../src/shared/domain/ids.ts';
import type { SourceDescription } from '../../../src/shared/domain/commit.ts';
import { isStrataError } from '../../../src/shared/domain/strata-error.ts';
import { type Catalog, openCatalog, removeCatalog } from '../../../src/engine/catalog/index.ts';
import { NodeFileSystem } from '../../../src/engine/kernel/node-file-system.ts';
import { newId } from '../../../src/engine/kernel/random.ts';
import { catchUp, fillCatalog } from '../../../src/engine/maintenance/index.ts';
import { createStorage, openStorage, type Storage, type StorageLock, type Unlock } from '../../../src/engine/storage/index.ts';
import { openLocalTarget } from '../../../src/engine/targets/local/index.ts';
import type { Target } from '../../../src/engine/targets/target.ts';
import { fakeClock, fakeStartMs } from '../../kit/fake-clock.ts';
import { seededRandom } from '../../kit/seeded-random.ts';
import { type CrashVariant, SimFileSystem } from '../../kit/sim-file-system.ts';
import { type TestDeps, testDeps, testMachine, testRun, testStorage } from '../../kit/storage-world.ts';
import { LivingSource } from './living-source.ts';

/** Two empty storages on one disk, and what opens them. Made once: each history begins with a copy. */
export interface Beginning {
  readonly disk: SimFileSystem;
  readonly secret: string;
  readonly mirrorSecret: string;
}

export async function makeBeginning(): Promise<Beginning> {
  const disk = new SimFileSystem();
  const deps = testDeps(disk);
  const made = async (path: string): Promise<string> => {
    const { storage } = await createStorage(openLocalTarget(disk, path, deps.random), testStorage, deps);
    return storage.exportDeviceSecret();
  };
  return { secret: await made('/disk'), mirrorSecret: await made('/mirror'), disk: disk.afterCrash({ kind: 'kept' }) };
}

const real = new NodeFileSystem();
const noWayIn: ReadonlySet<string> = new Set(['storage.wrong-password', 'storage.needs-password', 'storage.key-renewed']);

/** A computer, a storage on a disk that can lose its power, a real catalog, a mirror, and two sources that people work in. */
export class ModelWorld {
  readonly random = seededRandom(11);
  readonly sources = [new LivingSource(true), new LivingSource(false)];
  files: SimFileSystem;
  deps: TestDeps;
  /** Replaced by {@link reopen}. */
  storage!: Storage;
  catalog!: Catalog;
  computer = 1;
  /** Every one that was ever set. */
  readonly passwords: string[] = [testStorage.password];
  readonly mirrorSecret: string;
  readonly #folder: string;
  #secret: string;
  #boots = 0;

  constructor(folder: string, { disk, secret, mirrorSecret }: Beginning) {
    this.#folder = folder;
    this.#secret = secret;
    this.mirrorSecret = mirrorSecret;
    this.files = disk.copy();
    this.deps = this.#started(fakeStartMs);
  }

  get target(): Target {
    return openLocalTarget(this.files, '/disk', this.random);
  }

  get catalogPath(): string {
    return `${this.#folder}/catalog-${this.computer}.sqlite`;
  }

  /** The computer starts: another process, and a clock of its own that shows what this one does. */
  async start(wallMs = this.deps.clock.nowMs()): Promise<void> {
    this.deps = this.#started(wallMs);
    await this.reopen();
  }

  #started(wallMs: number): TestDeps {
    this.#boots += 1;
    const machine = testMachine({ machineId: `machine-${this.computer}`, bootId: `boot-${this.#boots}` });
    return { ...testDeps(this.files, { random: this.random, machine }), clock: fakeClock(wallMs) };
  }

  /** What a crash left is found by whoever starts the computer again. */
  async crash(variant: CrashVariant): Promise<void> {
    this.files = this.files.afterCrash(variant);
    await this.start();
  }

  /** With the secret that is kept, or with a password where it opens no longer. */
  async reopen(): Promise<void> {
    this.close();
    const ways: Unlock[] = this.passwords.map((password) => ({ by: 'password', password }));
    for (const unlock of [{ by: 'device', secret: this.#secret } as const, ...ways.toReversed()]) {
      const storage = await this.opened(unlock);
      if (storage === undefined) continue;
      this.use(storage);
      return;
    }
    throw new Error('nothing opens the storage');
  }

  /** Undefined: it is no way in, or none any more. */
  async opened(unlock: Unlock): Promise<Storage | undefined> {
    try {
      const storage = await openStorage(this.target, unlock, this.deps);
      if (storage.hasNewestKey()) return storage;
      storage.close();
      return undefined;
    } catch (error) {
      if (isStrataError(error) && noWayIn.has(error.code)) return undefined;
      throw error;
    }
  }

  /** From now on it is this one. */
  use(storage: Storage): void {
    this.storage = storage;
    this.#secret = storage.exportDeviceSecret();
    this.catalog = this.#openedCatalog();
  }

  /** As the engine does it: what cannot be used is thrown away and made again. */
  #openedCatalog(): Catalog {
    try {
      const catalog = this.#openCatalog();
      try {
        catchUp(this.storage, catalog);
        return catalog;
      } catch (error) {
        catalog.close();
        throw error;
      }
    } catch (error) {
      if (!isStrataError(error) || error.code !== 'catalog.unusable') throw error;
      return this.#newCatalog();
    }
  }

  /** One that is made from the storage alone takes its place. */
  renewCatalog(): void {
    this.catalog.close();
    this.catalog = this.#newCatalog();
  }

  /** It was closed, and may be another now. */
  openCatalogAgain(): void {
    this.catalog = this.#openedCatalog();
  }

  #newCatalog(): Catalog {
    removeCatalog(real, this.catalogPath);
    const catalog = this.#openCatalog();
    fillCatalog(this.storage, catalog, testRun(this.deps));
    return catalog;
  }

  #openCatalog(): Catalog {
    return openCatalog({ path: this.catalogPath, key: this.storage.catalogKey(), files: real });
  }

  async locked<T>(
    [purpose, mode]: readonly ['retention' | 'prune' | 'backup', 'write' | 'exclusive'],
    action: (lock: StorageLock) => Promise<T>,
  ): Promise<T> {
    const lock = this.storage.lock(purpose, mode);
    try {
      return await action(lock);
    } finally {
      lock.release();
    }
  }

  newRun(): RunId {
    return newId<RunId>(this.random);
  }

  get sequence(): number {
    return this.storage.head()?.sequence ?? 0;
  }

  close(): void {
    // Nothing is open before the first start.
    (this.catalog as Catalog | undefined)?.close();
    (this.storage as Storage | undefined)?.close();
  }
}

export const job = { id: 'job00000000000000000' as JobId, name: 'Job' };

export const descriptions: readonly SourceDescription[] = ['Mail', 'Post'].map((name, index) => ({
  id: `source${index}`.padEnd(20, '0') as SourceId,
  name,
  settings: { kind: 'maildir', path: `/${name}`, exclude: [] },
}));

export const numberOfSource = (id: SourceId): number => descriptions.findIndex((description) => description.id === id);

export const itemOf = (item: ItemId | null): ItemId => {
  if (item === null) throw new Error('an item that was never listed');
  return item;
};
