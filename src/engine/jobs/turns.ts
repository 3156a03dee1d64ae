import { priorities, type Priority } from '../../shared/domain/job-marks.ts';

/** Somebody who wants to work, and with what. */
export interface TurnRequest {
  readonly name: string;
  /** Whoever shares one of these does not work at the same time. */
  readonly needs: ReadonlySet<string>;
  readonly priority: Priority;
  /** Aborted: does not want to any more. */
  readonly signal: AbortSignal;
  /** Called when somebody else is first, with who it is; again when it is somebody else. */
  readonly onHeld: (by: string) => void;
}

interface Waiting extends TurnRequest {
  readonly begin: () => void;
  /** How many that came later were let before. */
  passed: number;
  heldBy: string | undefined;
}

/** Who was passed by so many goes before everybody, whatever the priorities. */
export const mostPassed = 3;

/**
 * Lets those work side by side that share nothing, and the others one after the other: those of a higher priority first, and of the same
 * in the order in which they came. Nobody starves: who was passed three times is passed no more. All that is needed is taken at once, so
 * nobody waits in a circle.
 */
export class Turns {
  readonly #most: number;
  readonly #working = new Set<TurnRequest>();
  /** In the order in which they came. */
  #waiting: readonly Waiting[] = [];

  constructor(most: number) {
    this.#most = most;
  }

  /** Resolves when it is one's turn, with what ends it; also when the signal is aborted, without a turn. */
  async take(request: TurnRequest): Promise<() => void> {
    await new Promise<void>((resolve) => {
      const leave = (): void => {
        this.#waiting = this.#waiting.filter((one) => one !== waiting);
        resolve();
        this.#beginNext();
      };
      const begin = (): void => {
        request.signal.removeEventListener('abort', leave);
        this.#working.add(request);
        resolve();
      };
      const waiting: Waiting = { ...request, begin, passed: 0, heldBy: undefined };
      if (request.signal.aborted) return resolve();
      request.signal.addEventListener('abort', leave, { once: true });
      this.#waiting = [...this.#waiting, waiting];
      this.#beginNext();
    });
    return () => {
      if (this.#working.delete(request)) this.#beginNext();
    };
  }

  #beginNext(): void {
    // Whoever begins may be the last by whom another one is passed: who is next is asked anew.
    while (this.#beginOne());
  }

  #beginOne(): boolean {
    const before: Waiting[] = [];
    for (const waiting of this.#waiting.toSorted((a, b) => rankOf(a) - rankOf(b))) {
      const holder = this.#holderOf(waiting, before);
      if (holder === undefined) {
        this.#begin(waiting);
        return true;
      }
      if (holder !== waiting.heldBy) waiting.onHeld(holder);
      waiting.heldBy = holder;
      before.push(waiting);
    }
    return false;
  }

  #begin(waiting: Waiting): void {
    const place = this.#waiting.indexOf(waiting);
    for (const earlier of this.#waiting.slice(0, place)) earlier.passed += 1;
    this.#waiting = this.#waiting.toSpliced(place, 1);
    waiting.begin();
  }

  /** Who works with what is needed, or goes first with it; undefined: nobody. */
  #holderOf(request: TurnRequest, before: readonly TurnRequest[]): string | undefined {
    const shares = (other: TurnRequest): boolean => [...request.needs].some((need) => other.needs.has(need));
    const holder = [...this.#working, ...before].find(shares);
    const isFull = this.#working.size >= this.#most;
    return (holder ?? (isFull ? [...this.#working].at(0) : undefined))?.name;
  }
}

const rankOf = ({ passed, priority }: Waiting): number => (passed >= mostPassed ? -1 : priorities.indexOf(priority));
