import type { Freeze, FreezeReason } from '../../../shared/domain/freeze.ts';
import type { FreezeId, SourceId } from '../../../shared/domain/ids.ts';
import type { StrataErrorCode } from '../../../shared/domain/error-codes.ts';
import type { Failure } from '../../../shared/domain/strata-error.ts';
import type { CaptureTally, ChangeTally } from '../../catalog/index.ts';
import { newId, type Random } from '../../kernel/random.ts';
import type { ChangeMeter } from './change-meter.ts';
import { type Sign, signsOf } from './signs.ts';
import { withTally } from './tallies.ts';

/** What a guard knows from before the cycle. */
export interface GuardMemory {
  /** Of the storage's sources on the last days. */
  readonly tallies: readonly ChangeTally[];
  /** What limited walks saw change of each source since its last whole one. */
  readonly captured: readonly CaptureTally[];
  /** Sources that a person said are really empty, or another one, now. */
  readonly acceptsEmpty: ReadonlySet<SourceId>;
  /** The first moment of a time's local day. */
  readonly dayOf: (timeMs: number) => number;
}

/** Failures of a whole source that are a reason to leave alone what it held. */
const freezing: Partial<Record<StrataErrorCode, FreezeReason>> = {
  'source.empty': 'emptied',
  'source.missing': 'missing',
  'source.swapped': 'swapped',
};
/** What the source's return answers by itself. */
const untilItIsBack: ReadonlySet<FreezeReason> = new Set(['emptied', 'missing', 'swapped', 'listing-errors']);

/** Limited walks are judged together for so long, where no whole one comes between them: as if there were one a day. */
const longestStretchMs = 86_400_000;

/** Decides after a cycle what must be left alone until a person answers. The cycle is stored in any case. */
export class Guard {
  readonly #memory: GuardMemory;
  readonly #standing: readonly Freeze[];
  readonly #random: Random;
  readonly #nowMs: number;
  readonly #freezes: Freeze[] = [];
  readonly #thaws: FreezeId[] = [];
  readonly #isLimited: boolean;
  #tallies: readonly ChangeTally[];
  #captured: readonly CaptureTally[];

  /** @param isLimited What is stored was seen by a limited walk: that proves the return of nothing. */
  constructor(
    memory: GuardMemory,
    { standing, isLimited }: { readonly standing: readonly Freeze[]; readonly isLimited: boolean },
    random: Random,
    nowMs: number,
  ) {
    this.#isLimited = isLimited;
    this.#captured = memory.captured.filter(({ sinceMs }) => sinceMs <= nowMs && nowMs - sinceMs < longestStretchMs);
    this.#memory = memory;
    this.#standing = standing;
    this.#random = random;
    this.#nowMs = nowMs;
    this.#tallies = memory.tallies;
  }

  get tallies(): readonly ChangeTally[] {
    return this.#tallies;
  }

  get captured(): readonly CaptureTally[] {
    return this.#captured;
  }

  capturedOf(source: SourceId): CaptureTally | undefined {
    return this.#captured.find((tally) => tally.source === source);
  }

  /** A source could not be compared at all. */
  failed(source: SourceId, { code, facts }: Failure): void {
    const reason = freezing[code];
    if (reason !== undefined) this.#freeze(source, reason, facts);
  }

  /** A source must be seen whole before anything is taken for gone. */
  needsScan(source: SourceId): boolean {
    return this.#standing.some(({ source: frozen, reason }) => frozen === source && untilItIsBack.has(reason));
  }

  /** A source was compared, and what differed was stored. What is told was not said before. */
  stored(source: SourceId, name: string, meter: ChangeMeter): Failure[] {
    if (!this.#isLimited) {
      for (const { id, source: frozen, reason } of this.#standing) {
        if (frozen === source && untilItIsBack.has(reason)) this.#thaws.push(id);
      }
    }
    const others = this.#captured.filter((tally) => tally.source !== source);
    this.#captured = this.#isLimited ? [...others, meter.capture()] : others;
    this.#tallies = withTally(this.#tallies, meter.tally(this.#memory.dayOf(this.#nowMs)));
    const signs = signsOf(
      meter.seen(),
      this.#tallies.filter((day) => day.source === source),
    );
    const [first] = signs;
    if (first === undefined || !this.#freeze(source, 'mass-change', { sign: first.sign, ...first.facts })) return [];
    return signs.map((sign) => failureOf(sign, name));
  }

  acts(): { freezes?: readonly Freeze[]; thaws?: readonly FreezeId[] } {
    return {
      ...(this.#freezes.length === 0 ? {} : { freezes: this.#freezes }),
      ...(this.#thaws.length === 0 ? {} : { thaws: this.#thaws }),
    };
  }

  /** False: it is frozen for that already. */
  #freeze(source: SourceId, reason: FreezeReason, facts: Freeze['facts']): boolean {
    if (this.#standing.some((freeze) => freeze.source === source && freeze.reason === reason)) return false;
    this.#freezes.push({ id: newId<FreezeId>(this.#random), source, reason, facts, atMs: this.#nowMs });
    return true;
  }
}

const codes: Readonly<Record<Sign['sign'], StrataErrorCode>> = {
  scrambled: 'guard.scrambled',
  canary: 'guard.canary',
  renamed: 'guard.renamed',
  deleted: 'guard.deleted',
  changed: 'guard.changed',
  unlike: 'guard.unlike',
};
const failureOf = ({ sign, facts }: Sign, source: string): Failure => ({
  code: codes[sign],
  retry: 'after-user-action',
  facts: { source, ...facts },
});
