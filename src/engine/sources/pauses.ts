import { type RunContext, stopIfCancelled } from '../kernel/run-context.ts';

/** Long enough to cost nothing, short enough that a click on "stop" is heard at once. */
const workMs = 30;

/**
 * File calls are synchronous, so a long walk would let nothing else run, not even what brings the wish to stop.
 * To be asked between two steps; now and then it gives way for a moment. Throws when the run was cancelled.
 */
export class Pauses {
  readonly #run: RunContext;
  #workingSinceMs: number;

  constructor(run: RunContext) {
    this.#run = run;
    this.#workingSinceMs = run.clock.monotonicMs();
  }

  get isDue(): boolean {
    return this.#run.clock.monotonicMs() - this.#workingSinceMs >= workMs;
  }

  async between(): Promise<void> {
    if (this.isDue) {
      await this.#run.clock.sleep(1);
      this.#workingSinceMs = this.#run.clock.monotonicMs();
    }
    stopIfCancelled(this.#run);
  }
}
