import type { RunId, StorageId } from '../../shared/domain/ids.ts';
import type { Run, RunTrigger } from '../../shared/domain/run.ts';
import { type Failure, failureOf, isStrataError, StrataError } from '../../shared/domain/strata-error.ts';
import type { StoredMirror, StoredStorage } from '../catalog/index.ts';
import type { RunEnd } from '../jobs/index.ts';
import type { RunContext } from '../kernel/run-context.ts';
import { lackingCommits, lastMirrored, runMirror } from '../maintenance/index.ts';
import { type StorageLock, wentBack } from '../storage/index.ts';
import { known } from './names.ts';
import type { OpenStorage, OpenStorages } from './open-storages.ts';
import type { Parts } from './parts.ts';

export interface MirrorSummary {
  /** The storage that receives. */
  id: StorageId;
  name: string;
  origin: StorageId;
  originName: string;
  enabled: boolean;
  running: RunId | null;
  lastRun: Run | null;
  /** What only the origin has; null while one of the two cannot be looked at. */
  lacks: { moments: number; sinceMs: number | null } | null;
  failure: Failure | null;
}

export type MirrorWarning = 'same-disk';

/** Storages that receive what another one holds. Each of them runs and fails by itself. */
export class Mirrors {
  readonly #parts: Parts;
  readonly #open: OpenStorages;

  constructor(parts: Parts, open: OpenStorages) {
    this.#parts = parts;
    this.#open = open;
  }

  /** Says what is against it, as a failure, and what might be, as warnings. With `adds` false nothing is set up. */
  async add(origin: StorageId, mirror: StorageId, adds: boolean): Promise<{ warnings: MirrorWarning[] }> {
    const { store } = this.#parts;
    const from = known('storage', origin, store.storages());
    const to = known('storage', mirror, store.storages());
    this.#refuseInside(from, to);
    const other = store.mirrors().find(({ id }) => id === mirror || id === origin);
    const job = store.jobs().find(({ storage }) => storage === mirror);
    if (origin === mirror || job !== undefined || (other !== undefined && other.origin !== origin)) {
      throw new StrataError('mirror.not-empty', 'after-user-action', { name: to.name });
    }
    const [opened, target] = [await this.#open.use(origin), await this.#open.use(mirror)];
    target.storage.assertWritable();
    lastMirrored(opened.storage, target.storage);
    if (adds) {
      store.putMirror({ id: mirror, origin, enabled: true, addedAtMs: this.#parts.clock.nowMs() });
      this.#parts.changed('storages');
    }
    return { warnings: this.#isSameDisk(from, to) ? ['same-disk'] : [] };
  }

  async list(origin: StorageId | null): Promise<MirrorSummary[]> {
    const mirrors = this.#parts.store.mirrors().filter((mirror) => origin === null || mirror.origin === origin);
    return Promise.all(mirrors.map((mirror) => this.#summary(mirror)));
  }

  setEnabled(id: StorageId, enabled: boolean): void {
    this.#parts.store.putMirror({ ...this.#stored(id), enabled });
    this.#parts.changed('storages');
  }

  /** What it holds stays, and is a storage like any other from then on. */
  remove(id: StorageId): void {
    this.#parts.store.removeMirror(this.#stored(id).id);
    this.#parts.changed('storages');
  }

  async run(id: StorageId, trigger: RunTrigger): Promise<RunId> {
    const { origin } = this.#stored(id);
    const from = this.#open.refresh(await this.#open.use(origin));
    const to = this.#open.refresh(await this.#open.use(id));
    refuseOlder(from);
    to.storage.assertWritable();
    if (this.#running(id) !== undefined) throw new StrataError('run.already-running', 'later', { job: to.stored.name });
    return this.#parts.runs.start({
      kind: 'mirror',
      trigger,
      job: null,
      storage: { id, name: to.stored.name },
      body: (run) => this.#body(from, to, run),
    });
  }

  /** What a job would write there the origin does not know, and the next mirroring would be refused. */
  refuseMirror(storage: StorageId): void {
    const mirror = this.#parts.store.mirrors().find(({ id }) => id === storage);
    if (mirror === undefined) return;
    const nameOf = (wanted: StorageId): string => this.#parts.store.storages().find(({ id }) => id === wanted)?.name ?? '';
    throw new StrataError('storage.is-a-mirror', 'after-user-action', { name: nameOf(storage), origin: nameOf(mirror.origin) });
  }

  /** After a cycle brought something new. One that cannot run is said by its state, and stops none of the others. */
  async follow(origin: StorageId): Promise<void> {
    for (const mirror of this.#parts.store.mirrors()) {
      if (mirror.origin !== origin || !mirror.enabled) continue;
      try {
        await this.run(mirror.id, 'schedule');
      } catch (error) {
        if (!isStrataError(error)) throw error;
        this.#parts.log.warn('mirror.not-started', { mirror: mirror.id, code: error.code });
      }
    }
  }

  async #body(found: OpenStorage, to: OpenStorage, run: RunContext): Promise<RunEnd> {
    const reading = await found.storage.lockWhenFree('mirror', 'read', run);
    try {
      const lock = await to.storage.lockWhenFree('mirror', 'write', run);
      try {
        return await this.#repeat(this.#open.refresh(found), this.#open.refresh(to), lock, run);
      } finally {
        lock.release();
      }
    } finally {
      reading.release();
    }
  }

  async #repeat(origin: OpenStorage, mirror: OpenStorage, lock: StorageLock, run: RunContext): Promise<RunEnd> {
    refuseOlder(origin);
    const end = await runMirror({ origin, mirror, lock }, run);
    this.#open.trust(mirror);
    this.#parts.changed('storages');
    return { status: end === 'complete' ? 'success' : 'stopped' };
  }

  #running(id: StorageId): Run | undefined {
    return this.#parts.runs.going().find((run) => run.kind === 'mirror' && run.storage === id);
  }

  #stored(id: StorageId): StoredMirror {
    const mirror = this.#parts.store.mirrors().find((other) => other.id === id);
    if (mirror === undefined) throw new StrataError('name.unknown', 'never', { kind: 'mirror', name: id });
    return mirror;
  }

  #refuseInside(from: StoredStorage, to: StoredStorage): void {
    const [one, other] = [this.#place(from.path), this.#place(to.path)];
    if (one !== other && !one.startsWith(`${other}/`) && !other.startsWith(`${one}/`)) return;
    throw new StrataError('mirror.inside', 'after-user-action', { path: to.path, other: from.path });
  }

  #place(path: string): string {
    return this.#parts.files.stat(path) === undefined ? path : this.#parts.files.realPath(path);
  }

  #isSameDisk(from: StoredStorage, to: StoredStorage): boolean {
    const device = ({ path }: StoredStorage): bigint | undefined => this.#parts.files.stat(path)?.device;
    return device(from) === device(to);
  }

  async #summary({ id, origin, enabled }: StoredMirror): Promise<MirrorSummary> {
    const { store } = this.#parts;
    const nameOf = (storage: StorageId): string => store.storages().find((other) => other.id === storage)?.name ?? '';
    const [lastRun] = store
      .runs({ job: null, storage: id, kind: 'mirror', limit: 2 })
      .filter(({ status }) => status !== 'running');
    const base = { id, name: nameOf(id), origin, originName: nameOf(origin), enabled };
    const running = this.#running(id)?.id ?? null;
    try {
      const from = await this.#open.use(origin);
      const to = await this.#open.use(id);
      const moments = [...lackingCommits(from.storage, to.storage)].filter(({ kind }) => kind === 'full');
      const lacks = { moments: moments.length, sinceMs: moments[0]?.atMs ?? null };
      return { ...base, running, lastRun: lastRun ?? null, lacks, failure: null };
    } catch (error) {
      if (!isStrataError(error)) throw error;
      return { ...base, running, lastRun: lastRun ?? null, lacks: null, failure: failureOf(error) };
    }
  }
}

/** An origin that is not what it was passes nothing on until a person has answered. */
function refuseOlder({ wentBack: isOlder, stored }: OpenStorage): void {
  if (isOlder) throw wentBack(stored.path);
}
