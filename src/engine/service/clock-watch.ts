import { type Failure, StrataError } from '../../shared/domain/strata-error.ts';
import { type ClockReading, type ClockVerdict, freshMark, judgeClock } from '../maintenance/index.ts';
import { known } from './names.ts';
import type { OpenStorage } from './open-storages.ts';
import type { Parts } from './parts.ts';

/** Holds the computer's clock against what each storage saw, and remembers what was believed. */
export class ClockWatch {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  judge(open: OpenStorage): ClockVerdict {
    const stored = known('storage', open.stored.id, this.#parts.store.storages());
    const { mark, verdict } = judgeClock(stored.clock, this.#reading(open));
    if (JSON.stringify(mark) !== JSON.stringify(stored.clock)) this.#parts.store.putStorage({ ...stored, clock: mark });
    return verdict;
  }

  /** A person says that the clock is right. */
  believe(open: OpenStorage): void {
    const stored = known('storage', open.stored.id, this.#parts.store.storages());
    this.#parts.store.putStorage({ ...stored, clock: freshMark(this.#reading(open)) });
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
