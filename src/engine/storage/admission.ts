import { StrataError } from '../../shared/domain/strata-error.ts';
import type { StorageKeys } from '../crypto/index.ts';
import { type ParsedHeader, requireKnownFeatures } from '../format/index.ts';
import type { RunContext } from '../kernel/run-context.ts';
import type { Target } from '../targets/target.ts';
import type { Ballast } from './ballast.ts';
import { checkVitals } from './check-vitals.ts';
import type { CommitChain } from './commit-chain.ts';
import { hasNewerKey, mendSlots, slotsOf, trashOlderSlots } from './key-slots.ts';
import type { HeldLock, LockBook } from './lock-book.ts';
import type { LockMode, LockPurpose } from './lock-file.ts';
import { causeOf } from './lost-lock.ts';
import { sizesOf } from './pack-sizes.ts';
import { finishRemoval } from './removal/trash.ts';
import { copyAside } from './repair/aside.ts';
import type { StorageDeps, StorageLock } from './storage.ts';
import { mendHeaders } from './storage-header.ts';

interface AdmissionParts {
  readonly target: Target;
  readonly parsed: ParsedHeader;
  readonly keys: StorageKeys;
  readonly deps: StorageDeps;
  readonly chain: CommitChain;
  readonly ballast: Ballast;
  readonly locks: LockBook;
}

/** Who may lock a storage for what, and what is put right before anything else is done under a lock. */
export class Admission {
  readonly #parts: AdmissionParts;
  readonly #modes = new WeakMap<StorageLock, LockMode>();
  /** How many vital files were mended when a lock for a repair was taken. */
  readonly #mended = new WeakMap<StorageLock, number>();

  constructor(parts: AdmissionParts) {
    this.#parts = parts;
  }

  /** Undefined: a lock to read, or of another storage. */
  modeOf(lock: StorageLock): LockMode | undefined {
    return this.#modes.get(lock);
  }

  /** Undefined: it is no lock for a repair. */
  mendedFor(lock: StorageLock): number | undefined {
    return this.#mended.get(lock);
  }

  hasNewestKey(): boolean {
    const { target, parsed, keys } = this.#parts;
    return !hasNewerKey(slotsOf(target, parsed.id, keys), keys);
  }

  lock(purpose: LockPurpose, mode: LockMode): StorageLock {
    const { deps, locks, ballast } = this.#parts;
    this.refuse(purpose, mode);
    deps.beforeLock?.(purpose);
    if (mode === 'read' && deps.refusesWriting?.()?.code === 'storage.read-only') return locks.acquireUnseen();
    const lock = ballast.rescue(() => locks.acquire(purpose, mode));
    return this.#begin(lock, purpose);
  }

  async lockWhenFree(purpose: LockPurpose, mode: LockMode, run: RunContext): Promise<StorageLock> {
    const { deps, locks } = this.#parts;
    this.refuse(purpose, mode);
    deps.beforeLock?.(purpose);
    const lock = await locks.acquireWhenFree(purpose, mode, {
      signal: AbortSignal.any([run.signal, run.finishSoon]),
      onHeld({ facts }) {
        run.progress.phase('waiting');
        run.progress.current(`${facts['machine'] ?? ''}: ${facts['purpose'] ?? ''}`);
        run.log.info('storage.waiting', facts);
      },
    });
    return this.#begin(lock, purpose);
  }

  /** Throws where this installation may not do that. */
  refuse(purpose: LockPurpose, mode: LockMode): void {
    if (mode === 'read') return;
    const { deps, parsed, target } = this.#parts;
    const refusal = deps.refusesWriting?.();
    if (refusal !== undefined) throw refusal;
    if (purpose !== 'adopt') this.#refuseStranger();
    requireKnownFeatures(parsed, mode === 'write' ? 'write' : 'prune', { path: target.label, file: 'STORAGE' });
  }

  #refuseStranger(): void {
    const { chain, deps, target } = this.#parts;
    const owner = chain.owner();
    const { machineId } = deps.machine;
    if (owner === undefined || owner.installation === machineId) return;
    const facts = { path: target.label, host: owner.host, since: new Date(owner.sinceMs).toISOString() };
    const code = chain.hasWriter(machineId) ? 'storage.adopted-away' : 'storage.owned-elsewhere';
    throw new StrataError(code, 'after-user-action', facts);
  }

  #begin(lock: HeldLock, purpose: LockPurpose): StorageLock {
    const { chain, target, ballast } = this.#parts;
    try {
      if (!this.hasNewestKey()) throw new StrataError('storage.key-renewed', 'after-user-action', { path: target.label });
      if (lock.mode === 'read') return lock;
      // While it was waited for, the storage may have found another owner.
      this.refuse(purpose, lock.mode);
      if (purpose === 'repair') this.#mended.set(lock, this.#copyVitals());
      ballast.rescue(() => this.#mend(lock, purpose));
      if (purpose !== 'repair' || !this.#isHeadLost()) finishRemoval(chain, target, ballast);
      if (purpose === 'backup') this.#requireRoom();
    } catch (error) {
      const cause = causeOf(error, lock);
      lock.release();
      throw cause;
    }
    this.#modes.set(lock, lock.mode);
    return lock;
  }

  /** Nobody else writes now: leftovers of broken-off runs go, and every vital file gets all of its copies back. */
  #mend(lock: HeldLock, purpose: LockPurpose): void {
    const { target, parsed, keys, chain, deps } = this.#parts;
    target.clearUnfinished(() => lock.assertHeld());
    if (mendHeaders(target, parsed) > 0) deps.log.warn('storage.copy-mended', { file: 'STORAGE' });
    mendSlots(target, deps.log);
    trashOlderSlots(target, parsed.id, keys, deps.clock.nowMs());
    chain.mend(purpose === 'repair' ? 'leave' : 'refuse');
  }

  /** It was the newest when it was last seen here. What it removed is known again when a repair has brought it back. */
  #isHeadLost(): boolean {
    const { chain } = this.#parts;
    const head = chain.head();
    return head !== null && chain.idAt(head.sequence) === undefined;
  }

  /** Before a repair mends any of them: as they are, if any is damaged. */
  #copyVitals(): number {
    const { target, keys, chain, ballast, deps } = this.#parts;
    const damaged = checkVitals({ target, keys, chain }).length;
    if (damaged > 0) copyAside(chain.head()?.sequence ?? 0, deps.clock.nowMs(), target, ballast);
    return damaged;
  }

  /** A cycle that would fill the disk does not begin: what frees room must find some. */
  #requireRoom(): void {
    const { target, ballast, deps } = this.#parts;
    const { freeBytes, totalBytes } = target.space();
    const neededBytes = ballast.missingBytes + Math.min(sizesOf(deps).packBytes * 2, Math.floor(totalBytes / 50));
    if (freeBytes >= neededBytes) return;
    throw new StrataError('storage.nearly-full', 'after-user-action', { path: target.label });
  }
}
