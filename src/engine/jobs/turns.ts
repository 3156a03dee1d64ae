/** Somebody who wants to work, and with what. */
export interface TurnRequest {
  readonly name: string;
  /** Whoever shares one of these does not work at the same time. */
  readonly needs: ReadonlySet<string>;
  /** Aborted: does not want to any more. */
  readonly signal: AbortSignal;
  /** Called when somebody else is first, with who it is. */
  readonly onHeld: (by: string) => void;
}

interface Waiting extends TurnRequest {
  readonly begin: () => void;
}

/**
 * Lets those work side by side that share nothing, and the others one after the other, in the order in which they came: nobody is passed
 * by one who wants the same, so nobody starves. All that is needed is taken at once, so nobody waits in a circle.
 */
export class Turns {
  readonly #most: number;
  readonly #working = new Set<TurnRequest>();
  #waiting: Waiting[] = [];

  constructor(most: number) {
    this.#most = most;
  }

  /** Resolves when it is one's turn, with what ends it; also when the signal is aborted, without a turn. */
  async take(request: TurnRequest): Promise<() => void> {
    const holder = this.#holderOf(request, this.#waiting);
    if (holder !== undefined) {
      request.onHeld(holder);
      await this.#wait(request);
      if (request.signal.aborted) return () => undefined;
    } else {
      this.#working.add(request);
    }
    return () => {
      if (this.#working.delete(request)) this.#beginNext();
    };
  }

  #wait(request: TurnRequest): Promise<void> {
    return new Promise((resolve) => {
      const leave = (): void => {
        this.#waiting = this.#waiting.filter((one) => one !== waiting);
        resolve();
        this.#beginNext();
      };
      const waiting: Waiting = {
        ...request,
        begin: () => {
          request.signal.removeEventListener('abort', leave);
          this.#working.add(request);
          resolve();
        },
      };
      this.#waiting.push(waiting);
      if (request.signal.aborted) leave();
      else request.signal.addEventListener('abort', leave, { once: true });
    });
  }

  #beginNext(): void {
    const before: Waiting[] = [];
    for (const waiting of this.#waiting) {
      if (this.#holderOf(waiting, before) === undefined) waiting.begin();
      else before.push(waiting);
    }
    this.#waiting = before;
  }

  /** Who works with what is needed, or waits for it since before; undefined: nobody. */
  #holderOf(request: TurnRequest, before: readonly TurnRequest[]): string | undefined {
    const shares = (other: TurnRequest): boolean => [...request.needs].some((need) => other.needs.has(need));
    const holder = [...this.#working, ...before].find(shares);
    const isFull = this.#working.size >= this.#most;
    return (holder ?? (isFull ? [...this.#working].at(0) : undefined))?.name;
  }
}
