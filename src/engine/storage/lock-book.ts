import { isStrataError, StrataError } from '../../shared/domain/strata-error.ts';
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
} from './lock-file.ts';
import type { StorageLock } from './storage.ts';

const heartbeatMs = 60_000;
/** Ten missed heartbeats. kopia and restic wait 5 to 30 minutes for the same. */
const staleMs = 600_000;

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
      throw error;
    }
    return new Held(lock, this.#target, this.#deps, () => this.#refuseIfExcluded(mode, lock.uuid));
  }

  /** Throws `storage.locked` for the first lock of others that excludes ours; takes away those that nobody can hold any more. */
  #refuseIfExcluded(mode: LockMode, own: string | undefined): void {
    for (const seen of this.#others(own)) {
      if (this.#isDead(seen)) {
        this.#deps.log.warn('storage.lock-cleared', { lock: seen.name });
        this.#target.remove(seen.name);
        continue;
      }
      // What cannot be read may be anything.
      if (seen.lock !== undefined && !excludes(seen.lock.mode, mode)) continue;
      throw new StrataError('storage.locked', 'later', {
        purpose: seen.lock?.purpose ?? 'unknown',
        machine: seen.lock?.hostName ?? 'unknown',
        since: seen.lock === undefined ? 'unknown' : new Date(seen.lock.sinceMs).toISOString(),
      });
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

class Held implements HeldLock {
  readonly mode: LockMode;
  readonly #target: Target;
  readonly #log: Log;
  readonly #refuseIfExcluded: () => void;
  readonly #stopHeartbeat: () => void;
  #lock: LockFile;
  #isHeld = true;

  constructor(lock: LockFile, target: Target, { clock, log }: LockDeps, refuseIfExcluded: () => void) {
    this.mode = lock.mode;
    this.#lock = lock;
    this.#target = target;
    this.#log = log;
    this.#refuseIfExcluded = refuseIfExcluded;
    heldHere.add(lock.uuid);
    this.#stopHeartbeat = clock.every(heartbeatMs, () => this.#beat());
  }

  assertHeld(): void {
    try {
      if (!this.#isHeld || !this.#isOurs()) throw new StrataError('storage.lock-lost', 'later');
      // Our own file may have come back by a heartbeat in the very moment in which another took it away.
      this.#refuseIfExcluded();
    } catch (error) {
      this.#end();
      throw error instanceof StrataError && error.code === 'storage.locked'
        ? new StrataError('storage.lock-lost', 'later')
        : error;
    }
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
    } catch (error) {
      // A missed heartbeat harms only if nine more follow, and then the next commit finds out.
      this.#log.warn('storage.heartbeat-missed', { error: error instanceof Error ? error.name : 'unknown' });
    }
  }

  #isOurs(): boolean {
    return readLock(this.#target, lockName(this.#lock.uuid))?.uuid === this.#lock.uuid;
  }

  #end(): void {
    this.#isHeld = false;
    heldHere.delete(this.#lock.uuid);
    this.#stopHeartbeat();
  }
}

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
