import { Cancelled, isStrataError, StrataError } from '../../shared/domain/strata-error.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Log } from '../kernel/log.ts';
import type { Machine } from '../kernel/machine.ts';
import { newId, type Random } from '../kernel/random.ts';
import type { Target } from '../targets/target.ts';
import {
  encodeLock,
  excludes,
  isOrphan,
  type LockFile,
  type LockMode,
  type LockPurpose,
  lockLimitBytes,
  lockName,
  parseLock,
  whereaboutsOf,
} from './lock-file.ts';
import type { LockSight, StorageLock } from './storage.ts';

const heartbeatMs = 60_000;
/** Ten missed heartbeats. kopia and restic wait 5 to 30 minutes for the same. */
const staleMs = 600_000;
/** A heart that did not beat for so long may have slept, and what slept looks at its lock before it writes again. */
const sleptMs = 2 * heartbeatMs;
/** How often somebody who waits looks again; up to twice as long, so that two who wait do not come together each time. */
const askAgainMs = 2000;
/** What a disk says that nothing can be written to. */
const unwritable: readonly string[] = ['path.read-only', 'path.denied', 'disk.full'];

/** All locks that this process holds, whichever storage they are of. */
const heldHere = new Set<string>();

interface LockDeps {
  readonly clock: Clock;
  readonly random: Random;
  readonly machine: Machine;
  readonly log: Log;
}

/** A lock as it lies on the target; `lock` is undefined where the file is no whole lock. */
interface SeenLock {
  readonly name: string;
  readonly lock: LockFile | undefined;
}

export interface HeldLock extends StorageLock {
  readonly mode: LockMode;
}

/** For somebody who would rather wait than be refused. */
export interface LockWait {
  /** Ends the waiting with `Cancelled`. */
  readonly signal: AbortSignal;
  /** Told the refusal at first and whenever it is another one. */
  onHeld(refusal: StrataError): void;
}

/**
 * Locks on the target, for other processes, users and machines. They keep honest programs apart; that two of them never both
 * commit is the commit's own business, which gives each sequence number away once.
 */
export class LockBook {
  readonly #target: Target;
  readonly #deps: LockDeps;
  /** When each lock of others last changed, by our own monotonic clock. */
  readonly #lastChange = new Map<string, { readonly counter: number; readonly atMs: number }>();

  constructor(target: Target, deps: LockDeps) {
    this.#target = target;
    this.#deps = deps;
  }

  acquire(purpose: LockPurpose, mode: LockMode): HeldLock {
    const { clock, random, machine } = this.#deps;
    this.#refuseIfExcluded(mode, undefined);
    const lock: LockFile = {
      uuid: newId<string>(random),
      machineId: machine.machineId,
      hostName: machine.hostName,
      bootId: machine.bootId,
      pid: machine.pid,
      processStart: machine.processStart,
      purpose,
      mode,
      sinceMs: clock.nowMs(),
      counter: 0,
    };
    try {
      if (!this.#target.putExclusive(lockName(lock.uuid), encodeLock(lock))) throw new Error('a lock of that name exists');
      // Write first, look again: of two that come at the same time at least one sees the other. Both may; then both give way.
      this.#refuseIfExcluded(mode, lock.uuid);
    } catch (error) {
      removeOrLeave(this.#target, lock.uuid, this.#deps.log);
      if (mode === 'read' && isStrataError(error) && unwritable.includes(error.code)) {
        // Who only reads harms nobody: where no file can be written, nobody else writes either, or reading fails by its name at worst.
        this.#deps.log.warn('storage.reads-without-lock', { code: error.code });
        return unseen;
      }
      throw error;
    }
    return new Held(lock, this.#target, this.#deps, () => this.#refuseIfExcluded(mode, lock.uuid));
  }

  /** For reading where nothing may be written, not even a lock: sees others, and is not seen. */
  acquireUnseen(): HeldLock {
    for (const seen of this.#others(undefined)) {
      if (!this.#isDead(seen) && (seen.lock === undefined || excludes(seen.lock.mode, 'read'))) throw refusal(seen);
    }
    return unseen;
  }

  /** As {@link acquire}, but waits while others hold what excludes it. */
  async acquireWhenFree(purpose: LockPurpose, mode: LockMode, wait: LockWait): Promise<HeldLock> {
    const { clock, random } = this.#deps;
    for (let told = ''; ; ) {
      if (wait.signal.aborted) throw new Cancelled('stopped');
      try {
        return this.acquire(purpose, mode);
      } catch (error) {
        if (!isStrataError(error) || error.code !== 'storage.locked') throw error;
        const holder = JSON.stringify(error.facts);
        if (holder !== told) wait.onHeld(error);
        told = holder;
      }
      await clock.sleep(askAgainMs + (((random.bytes(1)[0] ?? 0) * askAgainMs) >> 8), wait.signal);
    }
  }

  /** All that lie there, with what is known here of who holds them. */
  sights(): LockSight[] {
    return this.#others(undefined).map(({ name, lock }) => ({
      name,
      purpose: lock?.purpose ?? null,
      mode: lock?.mode ?? null,
      hostName: lock?.hostName ?? null,
      sinceMs: lock?.sinceMs ?? null,
      holder: lock === undefined ? 'unreadable' : whereaboutsOf(lock, this.#deps.machine, heldHere),
    }));
  }

  /**
   * By a person's word that nobody works there. Fails with `storage.locked` where this computer knows better. Who lost his lock
   * this way finds out before his next commit.
   */
  clear(name: string): void {
    const seen = this.#others(undefined).find((other) => other.name === name);
    if (seen === undefined) return;
    const holder = seen.lock && whereaboutsOf(seen.lock, this.#deps.machine, heldHere);
    if (holder === 'here' || holder === 'alive') throw refusal(seen);
    this.#deps.log.warn('storage.lock-cleared', { lock: name, by: 'person' });
    this.#target.remove(name);
  }

  /** Throws `storage.locked` for the first lock of others that excludes ours; takes away those that nobody can hold any more. */
  #refuseIfExcluded(mode: LockMode, own: string | undefined): void {
    for (const seen of this.#others(own)) {
      if (this.#isDead(seen)) {
        this.#clearDead(seen.name);
        continue;
      }
      // What cannot be read may be anything.
      if (seen.lock !== undefined && !excludes(seen.lock.mode, mode)) continue;
      throw refusal(seen);
    }
  }

  /** A file that stays is in nobody's way: its owner, should he come back, sees the lock that is held by then. */
  #clearDead(name: string): void {
    try {
      this.#target.remove(name);
      this.#deps.log.warn('storage.lock-cleared', { lock: name });
    } catch (error) {
      if (!isStrataError(error) || !unwritable.includes(error.code)) throw error;
      this.#deps.log.warn('storage.lock-left', { lock: name, error: error.code });
    }
  }

  #others(own: string | undefined): SeenLock[] {
    const names = this.#target.list('locks');
    return names.filter((name) => own === undefined || name !== lockName(own)).flatMap((name) => this.#read(name) ?? []);
  }

  /** Undefined: released since it was listed. */
  #read(name: string): SeenLock | undefined {
    // A heartbeat may replace the file while it is read.
    for (let attempt = 0; attempt < 3; attempt++) {
      const lock = readLock(this.#target, name);
      if (lock !== undefined) return { name, lock };
      if (this.#target.size(name) === undefined) return undefined;
    }
    this.#deps.log.warn('storage.lock-unreadable', { lock: name });
    return { name, lock: undefined };
  }

  #isDead({ name, lock }: SeenLock): boolean {
    if (lock !== undefined && isOrphan(lock, this.#deps.machine, heldHere)) return true;
    const nowMs = this.#deps.clock.monotonicMs();
    const counter = lock?.counter ?? -1;
    const last = this.#lastChange.get(name);
    if (last === undefined || last.counter !== counter) {
      this.#lastChange.set(name, { counter, atMs: nowMs });
      return false;
    }
    return nowMs - last.atMs >= staleMs;
  }
}

const nothing = (): void => undefined;
/** There is no file: nothing can be lost. */
const unseen: HeldLock = { mode: 'read', assertHeld: nothing, assertAwake: nothing, release: nothing };

class Held implements HeldLock {
  readonly mode: LockMode;
  readonly #target: Target;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #refuseIfExcluded: () => void;
  readonly #stopHeartbeat: () => void;
  #lock: LockFile;
  #isHeld = true;
  /** When the file was seen last, by both clocks: one of them may have stood still, or been set. */
  #seen: { readonly wallMs: number; readonly monotonicMs: number };

  constructor(lock: LockFile, target: Target, { clock, log }: LockDeps, refuseIfExcluded: () => void) {
    this.mode = lock.mode;
    this.#lock = lock;
    this.#target = target;
    this.#clock = clock;
    this.#log = log;
    this.#seen = this.#now();
    this.#refuseIfExcluded = refuseIfExcluded;
    heldHere.add(lock.uuid);
    this.#stopHeartbeat = clock.every(heartbeatMs, () => this.#beat());
  }

  assertHeld(): void {
    try {
      if (!this.#isHeld || !this.#isOurs()) throw new StrataError('storage.lock-lost', 'later');
      // Our own file may have come back by a heartbeat in the very moment in which another took it away.
      this.#refuseIfExcluded();
      this.#seen = this.#now();
    } catch (error) {
      this.#end();
      throw error instanceof StrataError && error.code === 'storage.locked'
        ? new StrataError('storage.lock-lost', 'later')
        : error;
    }
  }

  assertAwake(): void {
    const now = this.#now();
    const elapsedMs = Math.max(now.wallMs - this.#seen.wallMs, now.monotonicMs - this.#seen.monotonicMs);
    if (!this.#isHeld || elapsedMs >= sleptMs) this.assertHeld();
  }

  release(): void {
    this.#end();
    removeOrLeave(this.#target, this.#lock.uuid, this.#log);
  }

  #beat(): void {
    try {
      if (!this.#isOurs()) return this.#end();
      this.#lock = { ...this.#lock, counter: this.#lock.counter + 1 };
      this.#target.overwrite(lockName(this.#lock.uuid), encodeLock(this.#lock));
      this.#seen = this.#now();
    } catch (error) {
      // A missed heartbeat harms only if nine more follow, and then the next commit finds out.
      this.#log.warn('storage.heartbeat-missed', { error: error instanceof Error ? error.name : 'unknown' });
    }
  }

  #isOurs(): boolean {
    return readLock(this.#target, lockName(this.#lock.uuid))?.uuid === this.#lock.uuid;
  }

  #now(): { readonly wallMs: number; readonly monotonicMs: number } {
    return { wallMs: this.#clock.nowMs(), monotonicMs: this.#clock.monotonicMs() };
  }

  #end(): void {
    this.#isHeld = false;
    heldHere.delete(this.#lock.uuid);
    this.#stopHeartbeat();
  }
}

const refusal = ({ lock }: SeenLock): StrataError =>
  new StrataError('storage.locked', 'later', {
    purpose: lock?.purpose ?? 'unknown',
    machine: lock?.hostName ?? 'unknown',
    since: lock === undefined ? 'unknown' : new Date(lock.sinceMs).toISOString(),
  });

/** A lock that stays is nobody's: this process says so at once, and others see when it ended. */
function removeOrLeave(target: Target, uuid: string, log: Log): void {
  try {
    if (readLock(target, lockName(uuid))?.uuid === uuid) target.remove(lockName(uuid));
  } catch (error) {
    log.warn('storage.lock-left', { error: error instanceof Error ? error.name : 'unknown' });
  }
}

/** Undefined: there is none, or it is no whole lock. Throws only what the disk itself says. */
function readLock(target: Target, name: string): LockFile | undefined {
  const size = target.size(name);
  if (size === undefined || size > lockLimitBytes) return undefined;
  try {
    return parseLock(target.read(name));
  } catch (error) {
    if (isStrataError(error) && (error.code === 'path.missing' || error.code === 'storage.record-damaged')) return undefined;
    throw error;
  }
}
