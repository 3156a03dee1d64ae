import type { StorageId } from '../../shared/domain/ids.ts';
import { type Failure, StrataError } from '../../shared/domain/strata-error.ts';
import { believedMark, type ClockReading, type ClockVerdict, judgeClock } from '../maintenance/index.ts';
import { known } from './names.ts';
import type { OpenStorage, OpenStorages } from './open-storages.ts';
import type { Parts } from './parts.ts';

/** Holds the computer's clock against what each storage saw, and remembers what was believed. */
export class ClockWatch {
  readonly #parts: Parts;
  readonly #open: OpenStorages;

  constructor(parts: Parts, open: OpenStorages) {
    this.#parts = parts;
    this.#open = open;
  }

  judge(open: OpenStorage): ClockVerdict {
    const stored = known('storage', open.stored.id, this.#parts.store.storages());
    const { mark, verdict } = judgeClock(stored.clock, this.#reading(open));
    // Whoever wanted to be left alone is asked again the next time it is wrong.
    const keepsClockFrozen = stored.keepsClockFrozen === true && verdict.kind !== 'right';
    const isSame =
      JSON.stringify(mark) === JSON.stringify(stored.clock) && keepsClockFrozen === (stored.keepsClockFrozen === true);
    if (!isSame) this.#parts.store.putStorage({ ...stored, clock: mark, keepsClockFrozen });
    return verdict;
  }

  /** What a person has to answer. A computer that was off for a while is no alarm: that proves right by itself. */
  async state(storage: StorageId): Promise<{ failure: Failure | null; keptFrozen: boolean }> {
    const open = await this.#open.use(storage);
    const verdict = this.judge(open);
    const asks = verdict.kind !== 'ahead' || verdict.needsPerson;
    const { keepsClockFrozen = false } = known('storage', storage, this.#parts.store.storages());
    return { failure: (asks && clockFailure(verdict)) || null, keptFrozen: keepsClockFrozen };
  }

  /** `right`: the time is believed. `keep`: nothing is removed until it is right by itself, and nobody is asked again. */
  async answer(storage: StorageId, answer: 'right' | 'keep'): Promise<void> {
    const open = await this.#open.use(storage);
    const stored = known('storage', storage, this.#parts.store.storages());
    const clock = answer === 'right' ? believedMark(stored.clock, this.#reading(open)) : stored.clock;
    this.#parts.store.putStorage({ ...stored, clock, keepsClockFrozen: answer === 'keep' });
    this.#parts.changed('storages');
  }

  #reading({ catalog }: OpenStorage): ClockReading {
    const { clock, machine } = this.#parts;
    return {
      nowMs: clock.nowMs(),
      boot: machine.bootId,
      uptimeMs: machine.uptimeMs(),
      newestCommitMs: catalog.newestCommitMs(),
    };
  }
}

/** Why nothing is removed for now. Undefined: the clock is right. */
export function clockFailure(verdict: ClockVerdict): Failure | undefined {
  switch (verdict.kind) {
    case 'right':
      return undefined;
    case 'ahead':
      return { code: 'removal.clock-ahead', retry: 'after-user-action', facts: { hours: Math.round(verdict.byMs / 3_600_000) } };
    case 'behind':
      return { code: 'removal.clock-behind', retry: 'after-user-action', facts: { minutes: Math.round(verdict.byMs / 60_000) } };
  }
}

export const thrown = ({ code, retry, facts }: Failure): StrataError => new StrataError(code, retry, facts);
