/** Keeps what was used last, up to a limit of entries, or of whatever `weigh` measures. */
export class Recent<Key, Value> {
  readonly #limit: number;
  readonly #weigh: (value: Value) => number;
  readonly #dispose: (value: Value) => void;
  /** A Map remembers the order of insertion: the first is the one that was not used for longest. */
  readonly #entries = new Map<Key, Value>();
  #weight = 0;

  /** @param dispose Of what is not kept any longer. */
  constructor(limit: number, weigh: (value: Value) => number = () => 1, dispose: (value: Value) => void = () => undefined) {
    this.#limit = limit;
    this.#weigh = weigh;
    this.#dispose = dispose;
  }

  get(key: Key): Value | undefined {
    const value = this.#entries.get(key);
    if (value === undefined) return undefined;
    this.#entries.delete(key);
    this.#entries.set(key, value);
    return value;
  }

  put(key: Key, value: Value): Value {
    const before = this.#entries.get(key);
    if (before !== undefined) this.#drop(key, before);
    this.#entries.set(key, value);
    this.#weight += this.#weigh(value);
    for (const [oldest, kept] of this.#entries) {
      if (this.#weight <= this.#limit || this.#entries.size === 1) break;
      this.#drop(oldest, kept);
    }
    return value;
  }

  clear(dispose: (value: Value) => void = () => undefined): void {
    for (const value of this.#entries.values()) dispose(value);
    this.#entries.clear();
    this.#weight = 0;
  }

  #drop(key: Key, value: Value): void {
    this.#entries.delete(key);
    this.#weight -= this.#weigh(value);
    this.#dispose(value);
  }
}
