import { type ArchiveChoice, tidied } from '../../shared/domain/archive.ts';
import type { RunId, StorageId } from '../../shared/domain/ids.ts';
import type { Retention } from '../../shared/domain/retention.ts';
import { causeOf, type RunReason } from '../../shared/domain/run-cause.ts';
import { type Failure, failureOf, isStrataError, StrataError } from '../../shared/domain/strata-error.ts';
import type { StoredMirror, StoredStorage } from '../catalog/index.ts';
import type { RunEnd, RunningRun } from '../jobs/index.ts';
import type { RunContext } from '../kernel/run-context.ts';
import { LackBook, lastMirrored, runMirror } from '../maintenance/index.ts';
import { type StorageLock, wentBack } from '../storage/index.ts';
import type { ClockWatch } from './clock-watch.ts';
import { diskOf } from './disks.ts';
import { savesTo } from './job-storages.ts';
import { type MirrorStanding, mirrorStanding, type MirrorSummary, mirrorSummary, runningMirror } from './mirror-views.ts';
import { known } from './names.ts';
import type { OpenStorage, OpenStorages } from './open-storages.ts';
import type { Parts } from './parts.ts';
import type { Removals } from './removals.ts';
import { knownZone } from './zones.ts';

export type MirrorWarning = 'same-disk';

export interface MirrorChange {
  readonly enabled?: boolean | undefined;
  readonly retention?: Retention | null | undefined;
  readonly zone?: string | undefined;
  readonly isElsewhere?: boolean | undefined;
}

/** What becomes of a mirror after a cycle. Neither a run nor a failure: it is turned off. */
export interface Followed {
  readonly id: StorageId;
  readonly name: string;
  readonly run: RunId | null;
  readonly failure: Failure | null;
}

/** After a failure a mirror waits at least this long, so that a disk that is away is not asked every minute. */
const pauseAfterFailureMs = 15 * 60_000;

/** Storages that receive what another one holds. Each of them runs and fails by itself. */
export class Mirrors {
  readonly #parts: Parts;
  readonly #open: OpenStorages;
  readonly #removals: Removals;
  readonly #clock: ClockWatch;
  readonly #lacks = new LackBook();

  constructor(
    parts: Parts,
    open: OpenStorages,
    { removals, clock }: { readonly removals: Removals; readonly clock: ClockWatch },
  ) {
    this.#parts = parts;
    this.#open = open;
    this.#removals = removals;
    this.#clock = clock;
  }

  /**
   * Says what is against it, as a failure, and what might be, as warnings. With `adds` false nothing is set up.
   * @param archive What it takes, where it is to be an archive.
   */
  async add(
    origin: StorageId,
    mirror: StorageId,
    adds: boolean,
    archive?: ArchiveChoice,
  ): Promise<{ warnings: MirrorWarning[] }> {
    const { store } = this.#parts;
    const from = known('storage', origin, store.storages());
    const to = known('storage', mirror, store.storages());
    this.#refuseInside(from, to);
    const other = store.mirrors().find(({ id }) => id === mirror || id === origin);
    const job = store.jobs().find((one) => savesTo(one, mirror));
    if (origin === mirror || job !== undefined || (other !== undefined && other.origin !== origin)) {
      throw new StrataError('mirror.not-empty', 'after-user-action', { name: to.name });
    }
    const [opened, target] = [await this.#open.use(origin), await this.#open.use(mirror)];
    target.storage.assertWritable();
    for (const id of archive?.sources ?? []) known('source', id, opened.catalog.sources());
    lastMirrored(opened.storage, target.storage, archive);
    const isSameDisk = this.#isSameDisk(from, to) ?? false;
    if (adds) {
      const set = { enabled: true, retention: null, retentionSetAtMs: null, zone: null, isElsewhere: false };
      const before: Omit<StoredMirror, 'id' | 'origin' | 'isSameDisk' | 'addedAtMs'> = { ...set, ...other };
      const { archive: _, ...kept } = before;
      const kind = archive === undefined ? {} : { archive: tidied(archive) };
      store.putMirror({ ...kept, ...kind, id: mirror, origin, isSameDisk, addedAtMs: this.#parts.clock.nowMs() });
      this.#parts.changed('storages');
    }
    return { warnings: isSameDisk ? ['same-disk'] : [] };
  }

  async list(origin: StorageId | null): Promise<MirrorSummary[]> {
    const mirrors = this.#parts.store.mirrors().filter((mirror) => origin === null || mirror.origin === origin);
    for (const mirror of mirrors) this.#seeDisk(mirror);
    const seen = this.#parts.store.mirrors().filter((mirror) => mirrors.some(({ id }) => id === mirror.id));
    return Promise.all(seen.map((mirror) => mirrorSummary(this.#parts, this.#open, mirror, this.#lacks)));
  }

  standing(origin: StorageId): MirrorStanding {
    return mirrorStanding(this.#parts, known('storage', origin, this.#parts.store.storages()).id);
  }

  change(id: StorageId, { enabled, retention, zone, isElsewhere }: MirrorChange): void {
    const before = this.#stored(id);
    const isNew = retention !== undefined && JSON.stringify(retention) !== JSON.stringify(before.retention);
    this.#parts.store.putMirror({
      ...before,
      enabled: enabled ?? before.enabled,
      isElsewhere: isElsewhere ?? before.isElsewhere,
      retention: retention === undefined ? before.retention : retention,
      retentionSetAtMs: isNew ? this.#parts.clock.nowMs() : before.retentionSetAtMs,
      zone: zone === undefined ? before.zone : knownZone(zone),
    });
    this.#parts.changed('storages');
  }

  /** What it holds stays, and is a storage like any other from then on. */
  remove(id: StorageId): void {
    this.#parts.store.removeMirror(this.#stored(id).id);
    this.#parts.changed('storages');
  }

  async run(id: StorageId, reason: RunReason): Promise<RunId> {
    const { origin } = this.#stored(id);
    const from = this.#open.refresh(await this.#open.use(origin));
    const to = this.#open.refresh(await this.#open.use(id));
    refuseOlder(from);
    to.storage.assertWritable();
    if (runningMirror(this.#parts, id) !== undefined)
      throw new StrataError('run.already-running', 'later', { job: to.stored.name });
    return this.#parts.runs.start({
      kind: 'mirror',
      trigger: reason === 'hand' ? 'person' : 'schedule',
      cause: causeOf(reason),
      job: null,
      storage: { id, name: to.stored.name },
      body: (run, running) => this.#body(from, to, run, running),
    });
  }

  /** What a job would write there the origin does not know, and the next mirroring would be refused. */
  refuseMirror(storage: StorageId): void {
    const mirror = this.#parts.store.mirrors().find(({ id }) => id === storage);
    if (mirror === undefined) return;
    const nameOf = (wanted: StorageId): string => this.#parts.store.storages().find(({ id }) => id === wanted)?.name ?? '';
    throw new StrataError('storage.is-a-mirror', 'after-user-action', { name: nameOf(storage), origin: nameOf(mirror.origin) });
  }

  /** After a cycle brought something new. One that cannot run is told, and stops none of the others. */
  async follow(origin: StorageId): Promise<Followed[]> {
    const followed: Followed[] = [];
    for (const mirror of this.#parts.store.mirrors()) {
      if (mirror.origin !== origin || this.#waits(mirror)) continue;
      const begun = mirror.enabled ? await this.#tryRun(mirror, 'follows') : { run: null, failure: null };
      const { name } = known('storage', mirror.id, this.#parts.store.storages());
      followed.push({ id: mirror.id, name, ...begun });
    }
    return followed;
  }

  /** Mirrors that were away, locked or broken off, and can go on now. */
  async tick(): Promise<number> {
    let started = 0;
    for (const mirror of this.#parts.store.mirrors()) {
      if (!mirror.enabled || this.#waits(mirror) || !this.#open.isOpen(mirror.origin) || this.#rests(mirror)) continue;
      if (!(await this.#isBehind(mirror))) continue;
      if ((await this.#tryRun(mirror, 'behind')).failure === null) started += 1;
    }
    return started;
  }

  /** An archive, and whatever has times of its own, follows no cycle and does not catch up in between. */
  #waits({ id, archive }: StoredMirror): boolean {
    return (
      archive !== undefined || this.#parts.store.storages().find((storage) => storage.id === id)?.upkeep?.mirror !== undefined
    );
  }

  #rests({ id }: StoredMirror): boolean {
    if (runningMirror(this.#parts, id) !== undefined) return true;
    const [last] = this.#parts.store.runs({ job: null, storage: id, kind: 'mirror', limit: 1 });
    if (last === undefined || last.status === 'success') return false;
    return this.#parts.clock.nowMs() - (last.endedAtMs ?? last.startedAtMs) < pauseAfterFailureMs;
  }

  async #isBehind({ id, origin, archive }: StoredMirror): Promise<boolean> {
    try {
      const from = await this.#open.use(origin);
      const to = await this.#open.use(id);
      return this.#lacks.of(from.storage, to.storage, archive).commits > 0;
    } catch (error) {
      if (!isStrataError(error)) throw error;
      return false; // away, locked, or refused: its state says so, and it is looked at again the next minute
    }
  }

  async #tryRun({ id }: StoredMirror, reason: RunReason): Promise<Pick<Followed, 'run' | 'failure'>> {
    try {
      return { run: await this.run(id, reason), failure: null };
    } catch (error) {
      if (!isStrataError(error)) throw error;
      this.#parts.log.warn('mirror.not-started', { mirror: id, code: error.code });
      // It goes on by itself: whoever runs it now passes on this cycle as well.
      if (error.code !== 'run.already-running') return { run: null, failure: failureOf(error) };
      return { run: runningMirror(this.#parts, id)?.id ?? null, failure: null };
    }
  }

  async #body(found: OpenStorage, to: OpenStorage, run: RunContext, running: RunningRun): Promise<RunEnd> {
    // Before what is repeated makes the time it has the newest there is.
    const clock = this.#clock.judge(to);
    if ((await this.#locked(found, to, run)) === 'stopped') return { status: 'stopped' };
    const after = await this.#removals.afterCycle(this.#open.refresh(to), new Set(), clock, run, running);
    return {
      status: after.isWarning ? 'warning' : 'success',
      ...(after.report === undefined ? {} : { retention: after.report }),
    };
  }

  async #locked(found: OpenStorage, to: OpenStorage, run: RunContext): Promise<'complete' | 'stopped'> {
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

  async #repeat(origin: OpenStorage, mirror: OpenStorage, lock: StorageLock, run: RunContext): Promise<'complete' | 'stopped'> {
    refuseOlder(origin);
    const end = await runMirror({ origin, mirror, lock, only: this.#stored(mirror.stored.id).archive }, run);
    this.#open.trust(mirror);
    this.#parts.changed('storages');
    return end;
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

  /** A disk may have been put elsewhere since: what is seen now counts, and is remembered for when it is away. */
  #seeDisk(mirror: StoredMirror): void {
    const { store } = this.#parts;
    const place = (wanted: StorageId) => store.storages().find(({ id }) => id === wanted);
    const [from, to] = [place(mirror.origin), place(mirror.id)];
    if (from === undefined || to === undefined) return;
    const isSameDisk = this.#isSameDisk(from, to) ?? mirror.isSameDisk;
    if (isSameDisk !== mirror.isSameDisk) store.putMirror({ ...mirror, isSameDisk });
  }

  /** Undefined while one of the two is away. */
  #isSameDisk(from: StoredStorage, to: StoredStorage): boolean | undefined {
    const [one, other] = [diskOf(this.#parts.files, from.path), diskOf(this.#parts.files, to.path)];
    return one === undefined || other === undefined ? undefined : one === other;
  }
}

/** An origin that is not what it was passes nothing on until a person has answered. */
function refuseOlder({ wentBack: isOlder, stored }: OpenStorage): void {
  if (isOlder) throw wentBack(stored.path);
}
