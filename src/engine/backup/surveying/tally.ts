import type { SkipRule, Skipped, SurveyTally } from '../../../shared/domain/survey.ts';

interface Amount {
  items: number;
  bytes: number;
}

export interface Reason {
  readonly rule: SkipRule;
  readonly text: string | null;
}

/** What a choice makes of some items, while they are counted. */
export class Tally {
  readonly #taken: Amount = { items: 0, bytes: 0 };
  readonly #skipped = new Map<string, Reason & Amount>();
  unsized = 0;
  untimed = 0;
  unreadable = 0;
  unknown = 0;

  take(bytes: number): void {
    this.#taken.items += 1;
    this.#taken.bytes += bytes;
  }

  skip(reason: Reason, items: number, bytes: number): void {
    const key = `${reason.rule} ${reason.text}`;
    const amount = this.#skipped.get(key);
    if (amount === undefined) this.#skipped.set(key, { rule: reason.rule, text: reason.text, items, bytes });
    else {
      amount.items += items;
      amount.bytes += bytes;
    }
  }

  add(other: Tally): void {
    this.#taken.items += other.#taken.items;
    this.#taken.bytes += other.#taken.bytes;
    for (const { items, bytes, ...reason } of other.#skipped.values()) this.skip(reason, items, bytes);
    this.unsized += other.unsized;
    this.untimed += other.untimed;
    this.unreadable += other.unreadable;
    this.unknown += other.unknown;
  }

  /** By how much is left out, the most first. */
  view(): SurveyTally {
    const skipped: Skipped[] = [...this.#skipped.values()].map((one) => ({ ...one }));
    skipped.sort((one, other) => other.items - one.items || (one.rule < other.rule ? -1 : 1));
    const { unsized, untimed, unreadable, unknown } = this;
    return { taken: { ...this.#taken }, skipped, unsized, untimed, unreadable, unknown };
  }
}
