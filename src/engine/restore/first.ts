interface Placed<T> {
  readonly at: number;
  readonly value: T;
}

/** The first so many of what comes in any order, by the places that are told with them: never more than twice as many are held. */
export class First<T> {
  readonly #limit: number;
  #kept: Placed<T>[] = [];
  /** Whoever comes later is none of the first. */
  #last = Number.POSITIVE_INFINITY;

  constructor(limit: number) {
    this.#limit = limit;
  }

  add(at: number, make: () => T): void {
    if (at > this.#last) return;
    this.#kept.push({ at, value: make() });
    const { length } = this.#kept;
    if (length === this.#limit || length === this.#limit * 2) this.#cut();
  }

  inOrder(): T[] {
    this.#cut();
    return this.#kept.map(({ value }) => value);
  }

  #cut(): void {
    this.#kept = this.#kept.sort((a, b) => a.at - b.at).slice(0, this.#limit);
    if (this.#kept.length === this.#limit) this.#last = this.#kept.at(-1)?.at ?? this.#last;
  }
}
