import type { PackSummary } from '../../src/shared/domain/commit.ts';
import type { PackId, RunId } from '../../src/shared/domain/ids.ts';
import type { Run } from '../../src/shared/domain/run.ts';
import { defaultStorageSettings, type StorageSettings } from '../../src/shared/domain/storage-settings.ts';
import {
  openProfileStore,
  openRestoreJournal,
  type ProfileStore,
  type RestoreJournal,
  type StoredReading,
  type StoredStorage,
} from '../../src/engine/catalog/index.ts';
import { BackupWorld } from '../../src/engine/backup/testing/backup-world.ts';
import { RunDesk } from '../../src/engine/jobs/index.ts';
import { silentLog } from '../../src/engine/kernel/log.ts';
import { NodeFileSystem } from '../../src/engine/kernel/node-file-system.ts';
import { commitActs, purge } from '../../src/engine/maintenance/index.ts';
import { Checks } from '../../src/engine/service/checks.ts';
import type { OpenStorage } from '../../src/engine/service/open-storages.ts';
import { ReadingBooks } from '../../src/engine/service/reading-books.ts';
import { Scrubs } from '../../src/engine/service/scrubs.ts';
import type { PackReading, Storage } from '../../src/engine/storage/index.ts';
import { type JumpingClock } from './fake-clock.ts';
import { seededRandom } from './seeded-random.ts';
import { SimFileSystem } from './sim-file-system.ts';
import { testRun } from './storage-world.ts';

type Purpose = Parameters<Storage['lock']>[0];

/** What a process does that a kill may come between. */
export type ScrubEvent = 'reading' | 'was read' | 'noting' | 'noted';

const scrubMinute = 60_000;

function openStub(open: () => OpenStorage) {
  const told: { tell: (storage: StoredStorage['id'], purpose: Purpose) => void } = { tell: () => undefined };
  return {
    told,
    isOpen: () => true,
    use: () => Promise.resolve(open()),
    refresh: () => open(),
    onLock: (tell: (storage: StoredStorage['id'], purpose: Purpose) => void) => void (told.tell = tell),
  };
}

/** A storage that is saved into, pruned and scrubbed, on a disk in memory, with a clock that moves while packs are read. */
export class ScrubWorld {
  readonly backup: BackupWorld;
  readonly disk: SimFileSystem;
  /** Begun readings of each pack, in this life and those before. */
  readonly begun = new Map<PackId, number>();
  /** Called at each event; what it throws ends the process, as far as anybody can see. */
  onEvent: (event: ScrubEvent, pack: PackId) => void = () => undefined;
  readonly ended: Run[] = [];
  workedMs = 0;
  store!: ProfileStore;
  scrubs!: Scrubs;
  runs!: RunDesk;
  checks!: Checks;
  #tell: (storage: StoredStorage['id'], purpose: Purpose) => void = () => undefined;
  readonly #msPerPack: number;
  readonly #journal: RestoreJournal;
  readonly #seed: number;
  #written = 0;

  private constructor(backup: BackupWorld, disk: SimFileSystem, msPerPack: number, seed: number) {
    this.backup = backup;
    this.disk = disk;
    this.#msPerPack = msPerPack;
    this.#seed = seed;
    const path = `${backup.directory}/restores.sqlite`;
    this.#journal = openRestoreJournal({ path, key: backup.storage.catalogKey(), files: new NodeFileSystem() });
  }

  static async make(directory: string, { msPerPack = 200, seed = 5, settings = {} } = {}): Promise<ScrubWorld> {
    const disk = new SimFileSystem();
    const backup = await BackupWorld.make(directory, disk);
    const world = new ScrubWorld(backup, disk, msPerPack, seed);
    world.begin();
    world.store.putStorage(storedFor(backup, { ...defaultStorageSettings, ...settings }));
    return world;
  }

  get clock(): JumpingClock {
    return this.backup.clock as JumpingClock;
  }

  get stored(): StoredStorage {
    const [stored] = this.store.storages();
    if (stored === undefined) throw new Error('no storage');
    return stored;
  }

  /** A process begins, with what the one before it left. */
  begin(): void {
    const path = `${this.backup.directory}/state.sqlite`;
    const { clock } = this;
    const random = seededRandom(this.#seed);
    this.store = openProfileStore({ path, files: new NodeFileSystem() });
    this.runs = new RunDesk({
      store: this.store,
      clock,
      random,
      log: silentLog,
      notices: { started: () => undefined, progress: () => undefined, ended: (run) => void this.ended.push(run) },
    });
    const parts = { store: this.store, runs: this.runs, clock, random, log: silentLog, changed: () => undefined };
    const stub = openStub(() => this.open());
    const books = new ReadingBooks({
      readings: (id) => this.store.readings(id),
      keepReadings: (id, packs) => this.store.keepReadings(id, packs),
      putReading: (id, reading: StoredReading) => {
        this.onEvent('noting', reading.pack);
        this.store.putReading(id, reading);
        this.onEvent('noted', reading.pack);
      },
    });
    this.checks = new Checks(parts, stub, books);
    this.scrubs = new Scrubs(parts, stub, books, this.checks);
    this.#tell = stub.told.tell;
  }

  /** As a kill leaves it: what was put is there, and nothing else of the process. */
  kill(): void {
    this.store.close();
  }

  close(): Promise<void> {
    this.#journal.close();
    this.store.close();
    return this.backup.close();
  }

  packs(): PackSummary[] {
    return this.backup.catalog.packs();
  }

  readings(): ReadonlyMap<PackId, StoredReading> {
    return new Map(this.store.readings(this.stored.id).map((reading) => [reading.pack, reading]));
  }

  /** So many items of 20 KB are saved. */
  async cycle(items: number): Promise<void> {
    for (let n = 0; n < items; n += 1) {
      const number = (this.#written += 1);
      this.backup.source.put('Inbox', `mail ${number}`, noise(number), [], `id ${number}`);
    }
    await this.backup.cycle();
  }

  /** Hides every version of the oldest items that are seen, and takes out of use what nothing needs then. */
  async prune(items: number): Promise<void> {
    const { catalog } = this.backup;
    const seen = [...catalog.select({ items: [], sources: [], recursive: true }, null)].filter(
      ({ manifest }) => manifest.kind !== 'folder',
    );
    const hides = seen.slice(0, items).map(({ manifest }) => ({ item: manifest.item, versions: [manifest.version] }));
    const run = testRun({ clock: this.clock });
    const storage = this.storage();
    const author = { run: 'prune000000000000000' as RunId, atMs: this.clock.nowMs() };
    const lock = storage.lock('retention', 'write');
    await commitActs('retention', [{ hides }], { storage, catalog, lock, ...author }, run);
    lock.release();
    await purge(storage, catalog, { author, graceMs: 30 * 86_400_000, dryRun: false }, run);
  }

  /** The app runs for so long: each minute it asks what is due. */
  async minutes(count: number): Promise<void> {
    for (let minute = 0; minute < count; minute += 1) {
      await this.clock.advance(scrubMinute);
      await this.tick();
    }
  }

  async tick(): Promise<void> {
    await this.scrubs.tick();
    await this.scrubs.settled();
    for (const { id } of this.runs.going()) await this.runs.ended(id);
  }

  open(): OpenStorage {
    return {
      stored: this.stored,
      storage: this.storage(),
      catalog: this.backup.catalog,
      journal: this.#journal,
      wentBack: false,
    };
  }

  /** Reading takes time, and whoever locks is heard. */
  storage(): Storage {
    const { storage } = this.backup;
    const tell = (purpose: Purpose): void => this.#tell(this.stored.id, purpose);
    return new Proxy(storage, {
      get: (target, name) => {
        if (name === 'rereader') return () => this.#rereader(target);
        const member = target[name as keyof Storage] as unknown;
        if (typeof member !== 'function') return member;
        return (...given: unknown[]) => {
          if (name === 'lock' || name === 'lockWhenFree') tell(given[0] as Purpose);
          return (member as (...all: unknown[]) => unknown).apply(target, given);
        };
      },
    });
  }

  #rereader(storage: Storage): ReturnType<Storage['rereader']> {
    const reader = storage.rereader();
    return {
      read: async (pack): Promise<PackReading> => {
        this.onEvent('reading', pack.id);
        this.begun.set(pack.id, (this.begun.get(pack.id) ?? 0) + 1);
        const reading = await reader.read(pack);
        this.clock.jump(this.#msPerPack, this.#msPerPack);
        this.workedMs += this.#msPerPack;
        this.onEvent('was read', pack.id);
        return reading;
      },
      close: () => reader.close(),
    };
  }
}

function storedFor({ storage, clock }: BackupWorld, settings: StorageSettings): StoredStorage {
  return {
    id: storage.header.id,
    name: 'NAS',
    path: '/storage',
    mode: 'own',
    keyInKeychain: false,
    recoveryKeyConfirmed: true,
    createdAtMs: clock.nowMs(),
    lastCheck: null,
    settings,
    acceptsEmpty: [],
    quietFreezes: [],
    clock: null,
    tallies: [],
    captured: [],
    scrub: { roundSinceMs: null, lastRoundAtMs: null },
  };
}

const noise = (seed: number): string => Buffer.from(seededRandom(seed).bytes(15_000)).toString('base64');
