import { isStrataError, StrataError } from '../../shared/domain/strata-error.ts';
import type { RunContext } from '../kernel/run-context.ts';
import type { NewStep } from '../catalog/index.ts';
import type { RestoreItem, WriteOrder } from '../sources/destination.ts';
import type { ContentGiver, GivenAnswer } from '../storage/index.ts';

/** What became of an item that was handed over. `stopped`: nothing. */
export type Told = 'written' | 'stopped' | StrataError;

/** An item that is given as soon as its step is written down. `step`: the number that it got there. */
interface Waiting {
  readonly step: NewStep;
  readonly give: (step: number) => void;
  readonly forget: () => void;
}

/** Written down in one go: a transaction for each would take as long as the file itself. */
const writtenAtOnce = 256;

/**
 * Leaves writing to the threads that read, where the destination can do that. An item's own failure is told of it; any other
 * failure stops all of them and stays.
 */
export class HandingOver {
  readonly #giver: ContentGiver;
  readonly #concernsItem: (error: StrataError) => boolean;
  readonly #stop: () => void;
  readonly #signal: AbortSignal;
  readonly #writeDown: (steps: readonly NewStep[]) => readonly number[];
  #waiting: Waiting[] = [];
  #failure: { readonly error: unknown } | undefined;

  constructor(
    giver: ContentGiver,
    concernsItem: (error: StrataError) => boolean,
    writeDown: (steps: readonly NewStep[]) => readonly number[],
    run: RunContext,
  ) {
    this.#writeDown = writeDown;
    this.#giver = giver;
    this.#concernsItem = concernsItem;
    this.#stop = () => giver.stop();
    this.#signal = run.signal;
    this.#signal.addEventListener('abort', this.#stop);
  }

  /** False: its content is to be read here. */
  takes({ manifest }: RestoreItem): boolean {
    return this.#giver.takes(manifest.contents[0]);
  }

  /** `step` undefined: nothing is written down of it. */
  give(
    { manifest }: RestoreItem,
    { order, settle }: WriteOrder,
    step: NewStep | undefined,
    tell: (told: Told, step: number | undefined) => void,
  ): void {
    const { name } = manifest;
    const give = (number: number | undefined): void =>
      this.#giver.give(manifest.contents[0], order, (answer) => {
        settle(typeof answer === 'object' && 'answer' in answer ? answer.answer : undefined);
        tell(this.#told(answer, name), number);
      });
    if (step === undefined) return give(undefined);
    this.#waiting.push({ step, give, forget: () => settle(undefined) });
    if (this.#waiting.length >= writtenAtOnce) this.#giveWaiting();
  }

  get isBehind(): boolean {
    return this.#giver.isBehind || this.#failure !== undefined;
  }

  async keepPace(): Promise<void> {
    await this.#giver.keepPace();
    this.#throwIfFailed();
  }

  async settled(): Promise<void> {
    this.#giveWaiting();
    await this.#giver.settled();
    this.#throwIfFailed();
  }

  /** The items at hand are finished, no other is begun. */
  async stop(): Promise<void> {
    this.#forgetWaiting();
    this.#giver.stop();
    await this.settled();
  }

  /** Afterwards nothing is written any more. */
  async close(): Promise<void> {
    this.#signal.removeEventListener('abort', this.#stop);
    this.#forgetWaiting();
    this.#giver.stop();
    await this.#giver.settled();
    this.#giver.close();
  }

  #giveWaiting(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    if (waiting.length === 0) return;
    const numbers = this.#writeDown(waiting.map(({ step }) => step));
    for (const [index, { give }] of waiting.entries()) give(numbers[index] ?? 0);
  }

  #forgetWaiting(): void {
    for (const { forget } of this.#waiting.splice(0)) forget();
  }

  #told(answer: GivenAnswer, name: string): Told {
    if (answer === 'stopped') return 'stopped';
    if (answer === 'done' || 'answer' in answer) return 'written';
    if ('error' in answer) return this.#fail(answer.error);
    const { code, retry, facts } = answer.failure;
    const error = asItemDamage(new StrataError(code, retry, facts), name);
    return isStrataError(error) && this.#concernsItem(error) ? error : this.#fail(error);
  }

  #fail(error: unknown): 'stopped' {
    this.#failure ??= { error };
    this.#giver.stop();
    return 'stopped';
  }

  #throwIfFailed(): void {
    if (this.#failure !== undefined) throw this.#failure.error;
  }
}

/** Damage of the storage is told as what it means for this item. */
export function asItemDamage(error: unknown, item: string): unknown {
  if (!isStrataError(error) || !error.code.startsWith('storage.')) return error;
  return new StrataError('restore.item-damaged', 'after-user-action', { item, ...error.facts }, { cause: error });
}
