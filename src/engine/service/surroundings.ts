import type { StorageId } from '../../shared/domain/ids.ts';
import { isStrataError } from '../../shared/domain/strata-error.ts';
import type { StoredStorage } from '../catalog/index.ts';
import type { Moments } from '../schedule/index.ts';
import { readHeader } from '../storage/index.ts';
import type { OpenStorages } from './open-storages.ts';
import type { Parts } from './parts.ts';

/** What only the shell can know of the machine. Null: not known, or not so. */
export interface Conditions {
  /** Percent left; null: not on battery. */
  readonly battery: number | null;
  readonly isMetered: boolean;
  /** Null: no wireless network. */
  readonly network: string | null;
}

const pauseKey = 'pausedUntilMs';
/** Until when nothing runs by itself, as a person wished; null: it does. */
export function pausedUntilMs({ store, clock }: Pick<Parts, 'store' | 'clock'>): number | null {
  const text = store.preference(pauseKey) ?? '';
  return text === '' || Number(text) <= clock.nowMs() ? null : Number(text);
}
/** More wall time than the machine was up for between two looks: it slept, or was stopped. */
const sleptMs = 90_000;

/** What is so around the jobs: power, network, sleep, disks that come and go, and a person's pause. */
export class Surroundings {
  readonly #parts: Parts;
  readonly #open: OpenStorages;
  readonly #pluggedMs = new Map<StorageId, number | null>();
  readonly #beganMs: number;
  #conditions: Conditions = { battery: null, isMetered: false, network: null };
  #awakeSinceMonotonicMs: number;
  #lastLook: { readonly wallMs: number; readonly monotonicMs: number };

  constructor(parts: Parts, open: OpenStorages) {
    this.#parts = parts;
    this.#open = open;
    const { clock } = parts;
    this.#beganMs = clock.nowMs();
    this.#awakeSinceMonotonicMs = clock.monotonicMs();
    this.#lastLook = { wallMs: this.#beganMs, monotonicMs: this.#awakeSinceMonotonicMs };
  }

  /** Once a minute, and when the machine woke: timers stand still while it sleeps, so nothing else would tell. */
  look(conditions: Conditions | undefined, woke: boolean): void {
    if (conditions !== undefined) this.#conditions = conditions;
    const { clock } = this.#parts;
    const now = { wallMs: clock.nowMs(), monotonicMs: clock.monotonicMs() };
    const lostMs = now.wallMs - this.#lastLook.wallMs - (now.monotonicMs - this.#lastLook.monotonicMs);
    if (woke || lostMs > sleptMs) this.#awakeSinceMonotonicMs = now.monotonicMs;
    this.#lastLook = now;
    for (const storage of this.#parts.store.storages()) this.#lookAt(storage);
  }

  /** Until then nothing runs by itself; null: it does again. */
  pause(untilMs: number | null): void {
    this.#parts.store.setPreference(pauseKey, untilMs === null ? '' : String(untilMs));
    this.#parts.changed('jobs');
  }

  pausedUntilMs(): number | null {
    return pausedUntilMs(this.#parts);
  }

  /** Of a job's storages, of which one is enough. */
  moments(storages: readonly StorageId[]): Omit<Moments, 'isScanAsked'> {
    const { clock } = this.#parts;
    const plugged = storages.map((storage) => this.#pluggedMs.get(storage));
    const cameMs = plugged.filter((ms) => typeof ms === 'number');
    return {
      ...this.#conditions,
      nowMs: clock.nowMs(),
      awakeForMs: clock.monotonicMs() - this.#awakeSinceMonotonicMs,
      pausedUntilMs: this.pausedUntilMs(),
      isStorageHere: plugged.some((ms) => ms !== null),
      pluggedMs: cameMs.length === 0 ? null : Math.max(...cameMs),
    };
  }

  /** Of what was there when the engine began, nobody knows whether it was away before: it counts as having come. */
  #lookAt(storage: StoredStorage): void {
    const before = this.#pluggedMs.get(storage.id);
    if (!this.#isHere(storage)) this.#pluggedMs.set(storage.id, null);
    else if (before === undefined) this.#pluggedMs.set(storage.id, Math.max(this.#beganMs, storage.createdAtMs));
    else if (before === null) this.#pluggedMs.set(storage.id, this.#parts.clock.nowMs());
  }

  /** A disk's empty mount point is not the disk. */
  #isHere({ id, path }: StoredStorage): boolean {
    try {
      return readHeader(this.#open.target(path)).id === id;
    } catch (error) {
      if (!isStrataError(error)) throw error;
      return false;
    }
  }
}
