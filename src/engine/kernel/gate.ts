/**
 * Keeps work within bounds: so many at a time, and so much together. One that is too heavy for the bound goes alone.
 * First come, first served, at no cost per waiter (racing all pending promises costs each of them for each new one).
 */
export class Gate {
  readonly #most: number;
  readonly #mostWeight: number;
  readonly #queue: { readonly weight: number; readonly enter: () => void }[] = [];
  #inside = 0;
  #weight = 0;

  constructor(most: number, mostWeight = Number.POSITIVE_INFINITY) {
    this.#most = most;
    this.#mostWeight = mostWeight;
  }

  /** Resolves when there is room. Whoever entered must leave with the same weight. */
  enter(weight = 0): Promise<void> {
    if (this.#queue.length === 0 && this.#hasRoom(weight)) {
      this.#take(weight);
      return Promise.resolve();
    }
    return new Promise((resolve) => this.#queue.push({ weight, enter: resolve }));
  }

  leave(weight = 0): void {
    this.#inside -= 1;
    this.#weight -= weight;
    for (let next = this.#queue[0]; next !== undefined && this.#hasRoom(next.weight); next = this.#queue[0]) {
      this.#queue.shift();
      this.#take(next.weight);
      next.enter();
    }
  }

  #hasRoom(weight: number): boolean {
    return this.#inside === 0 || (this.#inside < this.#most && this.#weight + weight <= this.#mostWeight);
  }

  #take(weight: number): void {
    this.#inside += 1;
    this.#weight += weight;
  }
}
