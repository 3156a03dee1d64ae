import { onTestFinished } from 'vitest';
import type { Commit } from '../../src/shared/domain/commit.ts';
import type { FreezeReason } from '../../src/shared/domain/freeze.ts';
import type { FreezeId, ItemId, JobId, RunId, SourceId, StorageId } from '../../src/shared/domain/ids.ts';
import { keepNothing, type Retention } from '../../src/shared/domain/retention.ts';
import { noCounts, type Run } from '../../src/shared/domain/run.ts';
import { usualTiming } from '../../src/shared/domain/schedule.ts';
import { defaultStorageSettings } from '../../src/shared/domain/storage-settings.ts';
import { openProfileStore, type StoredStorage } from '../../src/engine/catalog/index.ts';
import { startCrypto } from '../../src/engine/crypto/index.ts';
import { RunDesk } from '../../src/engine/jobs/index.ts';
import type { Keychain } from '../../src/engine/kernel/keychain.ts';
import { silentLog } from '../../src/engine/kernel/log.ts';
import { NodeFileSystem } from '../../src/engine/kernel/node-file-system.ts';
import { newId } from '../../src/engine/kernel/random.ts';
import { ClockWatch } from '../../src/engine/service/clock-watch.ts';
import { Forgetting } from '../../src/engine/service/forgetting.ts';
import { Keeping } from '../../src/engine/service/keeping.ts';
import { KeyUse } from '../../src/engine/service/key-use.ts';
import { type OpenStorage, OpenStorages } from '../../src/engine/service/open-storages.ts';
import { OriginWatch } from '../../src/engine/service/origin-watch.ts';
import type { Parts } from '../../src/engine/service/parts.ts';
import { openProfile } from '../../src/engine/service/profile.ts';
import { RemovalPlans } from '../../src/engine/service/removal-plans.ts';
import { Removals } from '../../src/engine/service/removals.ts';
import { RunArchive } from '../../src/engine/service/run-archive.ts';
import { Secrets } from '../../src/engine/service/secrets.ts';
import { createStorage } from '../../src/engine/storage/index.ts';
import { fakeClock, type FakeClock } from './fake-clock.ts';
import { seededRandom } from './seeded-random.ts';
import { itemNamed, manifestOf, someBytes, testMachine, testRun, testStorage } from './storage-world.ts';
import { temporaryFolder } from './temporary-folder.ts';

const dayMs = 86_400_000;
const noKeychain: Keychain = {
  status: () => Promise.resolve('unavailable'),
  read: () => Promise.resolve(undefined),
  write: () => Promise.resolve(),
  remove: () => Promise.resolve(),
};

/** Lets versions go after ten days. */
export const tenDays: Retention = {
  rules: { keep: keepNothing, deletedDays: 10, goneSourceDays: 30, maxAgeDays: 10, maxVersions: null },
  byKind: {},
};

export const jobNamed = (name: string): JobId => name.toLowerCase().padEnd(20, '0') as JobId;
export const sourceNamed = (name: string): SourceId => name.toLowerCase().padEnd(20, '0') as SourceId;

/**
 * What removes and keeps, as the engine puts it together, on a real profile and a real storage in a temporary folder; the clock is
 * moved by hand, and what cycles would save is said by the test.
 */
export class ServiceWorld {
  readonly clock: FakeClock = fakeClock();
  readonly random = seededRandom(19);
  readonly files = new NodeFileSystem();
  readonly directory = temporaryFolder();
  readonly ended: Run[] = [];
  readonly parts: Parts;
  readonly opened: OpenStorages;
  readonly watch: ClockWatch;
  readonly removals: Removals;
  readonly plans: RemovalPlans;
  readonly forgetting: Forgetting;
  readonly keeping: Keeping;
  readonly #versions = new Map<string, number>();
  #storage: StorageId | undefined;

  private constructor() {
    const profile = openProfile(this.files, `${this.directory}/profile`);
    const store = openProfileStore({ path: profile.statePath, files: this.files });
    onTestFinished(() => {
      this.opened.closeAll();
      store.close();
    });
    const { clock, random, files } = this;
    const archive = new RunArchive(store);
    const notices = { started: () => undefined, progress: () => undefined, ended: (run: Run) => void this.ended.push(run) };
    const runs = new RunDesk({ store: archive, clock, random, log: silentLog, notices });
    const machine = testMachine({ uptimeMs: () => clock.monotonicMs() });
    const threads = {
      packers: undefined,
      readers: undefined,
      catalogThread: undefined,
      textThread: undefined,
      sqliteBinding: undefined,
    };
    const rest = { machine, keychain: noKeychain, log: silentLog, appVersion: '0.0.0-test', changed: () => undefined };
    this.parts = { profile, store, runs, files, clock, random, ...threads, ...rest };
    this.opened = new OpenStorages(this.parts, new Secrets(noKeychain), new KeyUse(this.parts));
    archive.useDetails((id) => this.opened.runDetails(id));
    this.watch = new ClockWatch(this.parts, this.opened);
    const origins = new OriginWatch(this.parts, this.opened);
    this.removals = new Removals(this.parts, this.opened, this.watch, origins);
    this.plans = new RemovalPlans(this.parts, this.opened, this.watch, origins);
    this.forgetting = new Forgetting(this.parts, this.opened, this.watch);
    this.keeping = new Keeping(this.parts, this.opened);
  }

  /** With a storage that is open, and a job that saves these sources into it. */
  static async make(sources: readonly string[], retention: Retention | null = tenDays): Promise<ServiceWorld> {
    await startCrypto();
    const world = new ServiceWorld();
    const path = `${world.directory}/storage`;
    const { storage } = await createStorage(world.opened.target(path), testStorage, world.opened.deps());
    const stored: StoredStorage = {
      id: storage.header.id,
      name: 'Disk',
      path,
      mode: 'own',
      keyInKeychain: false,
      recoveryKeyConfirmed: true,
      createdAtMs: world.clock.nowMs(),
      lastCheck: null,
      settings: defaultStorageSettings,
      acceptsEmpty: [],
      quietFreezes: [],
      clock: null,
      tallies: [],
      captured: [],
      scrub: { roundSinceMs: null, lastRoundAtMs: null },
    };
    world.#storage = stored.id;
    world.parts.store.putStorage(stored);
    await world.opened.adopt(stored, storage);
    world.job('J', sources, retention);
    return world;
  }

  job(name: string, sources: readonly string[], retention: Retention | null = tenDays): void {
    this.parts.store.putJob({
      id: jobNamed(name),
      name,
      sources: sources.map(sourceNamed),
      storage: this.storage,
      schedule: { mode: 'manual' },
      timing: usualTiming,
      scan: 'on',
      capture: 'off',
      choices: [],
      retention,
      retentionSetAtMs: null,
      zone: 'UTC',
      group: null,
      color: null,
      priority: 'normal',
    });
  }

  get storage(): StorageId {
    if (this.#storage === undefined) throw new Error('no storage yet');
    return this.#storage;
  }

  open(): Promise<OpenStorage> {
    return this.opened.use(this.storage);
  }

  /** A moment of a job: what it saved of each source, as `item → seed of its bytes`, or the bytes as text. */
  async save(
    contents: Readonly<Record<string, Readonly<Record<string, number | string>>>>,
    job = 'J',
    folder: ItemId | null = null,
  ): Promise<Commit> {
    const { storage, catalog } = await this.open();
    const sources = Object.keys(contents);
    const lock = storage.lock('backup', 'write');
    try {
      const writer = storage.writer(lock, catalog);
      for (const [source, items] of Object.entries(contents)) {
        for (const [name, seed] of Object.entries(items)) {
          const bytes = typeof seed === 'string' ? Buffer.from(seed) : someBytes(30_000, seed);
          const stored = await writer.store({ kind: 'bytes', bytes }, sourceNamed(source));
          const version = (this.#versions.get(name) ?? 0) + 1;
          this.#versions.set(name, version);
          const manifest = manifestOf(name, stored, version);
          writer.add({ ...manifest, folder, source: sourceNamed(source), validFromMs: this.clock.nowMs() });
        }
      }
      const run = newId<RunId>(this.random);
      const atMs = this.clock.nowMs();
      const settings = { kind: 'maildir', path: '/mail', exclude: [] } as const;
      const draft = {
        ...({ kind: 'full', run, atMs, counts: noCounts, cursors: [] } as const),
        job: { id: jobNamed(job), name: job },
        sources: sources.map((name) => ({ id: sourceNamed(name), name, settings })),
        completeSources: sources.map(sourceNamed),
      };
      const contentsOf = await writer.commit(draft, testRun(this));
      catalog.apply(contentsOf);
      return contentsOf.commit;
    } finally {
      lock.release();
    }
  }

  /** What a cycle does when it sees something strange. */
  async freeze(source: string, reason: FreezeReason = 'mass-change'): Promise<FreezeId> {
    const { storage, catalog } = await this.open();
    const id = newId<FreezeId>(this.random);
    const lock = storage.lock('backup', 'write');
    try {
      const draft = { kind: 'hold', run: newId<RunId>(this.random), job: null, atMs: this.clock.nowMs(), sources: [] } as const;
      const freezes = [{ id, source: sourceNamed(source), reason, facts: { count: 3, of: 4 }, atMs: this.clock.nowMs() }];
      const nothing = { completeSources: [], cursors: [], counts: noCounts };
      catalog.apply(await storage.writer(lock, catalog).commit({ ...draft, ...nothing, freezes }, testRun(this)));
      return id;
    } finally {
      lock.release();
    }
  }

  later(days: number): Promise<void> {
    return this.clock.advance(days * dayMs);
  }

  /** What the run was when it had ended. */
  async done(run: Promise<RunId> | RunId): Promise<Run> {
    const id = await run;
    for (;;) {
      const found = this.ended.find((one) => one.id === id);
      if (found !== undefined) return found;
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  /** Without asking: the plan is confirmed as it is. */
  async purge(dryRun = false): Promise<Run> {
    const { token } = await this.plans.plan(this.storage, null, 0);
    const request = { storage: this.storage, olderThanDays: null, dryRun, token: dryRun ? null : token };
    return this.done(this.removals.purge(request, 'person'));
  }

  /** Of the item's newest version that is seen. */
  async read(name: string): Promise<Uint8Array> {
    const { storage, catalog } = await this.open();
    const part = catalog.newest(itemNamed(name))?.contents[0];
    const pieces: Uint8Array[] = [];
    if (part !== undefined) for await (const piece of storage.read(part, catalog)) pieces.push(piece.slice());
    return new Uint8Array(Buffer.concat(pieces));
  }

  /** What the hours do. How many purges it began; they have ended. */
  async tick(): Promise<number> {
    const before = this.ended.length;
    const started = await this.removals.tick();
    while (this.ended.length < before + started) await new Promise((resolve) => setImmediate(resolve));
    return started;
  }

  /** `item.version` of all that is seen. */
  async seen(): Promise<string[]> {
    const { catalog } = await this.open();
    const rows = [...this.#versions.keys()].flatMap((name) => catalog.history(itemNamed(name)));
    return rows
      .filter(({ isHidden, manifest }) => !isHidden && manifest.removed !== true)
      .map(({ manifest }) => `${manifest.name}.${manifest.version}`);
  }
}
