import { Gate } from '../kernel/gate.ts';

/** How many items are on their way to the writer at the same time: enough for threads that read them in batches. */
const mostItems = 1024;
/** What they hold together, as far as it is known before. */
const mostBytes = 16 * 1024 * 1024;

/** Items that are being stored while the next ones are read. What breaks one of them is kept until somebody looks. */
export class Storing {
  readonly #gate = new Gate(mostItems, mostBytes);
  #under = 0;
  #idle: (() => void)[] = [];
  #broken: { readonly error: unknown } | undefined;

  /** Resolves when storing has begun, for which it waits until there is room. */
  async begin(bytes: number, store: () => Promise<void>): Promise<void> {
    await this.#gate.enter(bytes);
    this.#under += 1;
    void store()
      .catch((error: unknown) => {
        this.#broken ??= { error };
      })
      .finally(() => {
        this.#gate.leave(bytes);
        this.#under -= 1;
        if (this.#under === 0) for (const wake of this.#idle.splice(0)) wake();
      });
  }

  /** Until nothing is being stored. Never throws. */
  async settle(): Promise<void> {
    if (this.#under > 0) await new Promise<void>((resolve) => this.#idle.push(resolve));
  }

  throwIfBroken(): void {
    if (this.#broken !== undefined) throw this.#broken.error;
  }
}
