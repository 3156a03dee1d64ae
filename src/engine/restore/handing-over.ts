import { isStrataError, StrataError } from '../../shared/domain/strata-error.ts';
import type { RunContext } from '../kernel/run-context.ts';
import type { RestoreItem, WriteOrder } from '../sources/destination.ts';
import type { ContentGiver, GivenAnswer } from '../storage/index.ts';

/** What became of an item that was handed over. `stopped`: nothing. */
export type Told = 'written' | 'stopped' | StrataError;

/**
 * Leaves writing to the threads that read, where the destination can do that. An item's own failure is told of it; any other
 * failure stops all of them and stays.
 */
export class HandingOver {
  readonly #giver: ContentGiver;
  readonly #concernsItem: (error: StrataError) => boolean;
  readonly #stop: () => void;
  readonly #signal: AbortSignal;
  #failure: { readonly error: unknown } | undefined;

  constructor(giver: ContentGiver, concernsItem: (error: StrataError) => boolean, run: RunContext) {
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

  give({ manifest }: RestoreItem, { order, settle }: WriteOrder, tell: (told: Told) => void): void {
    const { name } = manifest;
    this.#giver.give(manifest.contents[0], order, (answer) => {
      settle(typeof answer === 'object' && 'answer' in answer ? answer.answer : undefined);
      tell(this.#told(answer, name));
    });
  }

  get isBehind(): boolean {
    return this.#giver.isBehind || this.#failure !== undefined;
  }

  async keepPace(): Promise<void> {
    await this.#giver.keepPace();
    this.#throwIfFailed();
  }

  async settled(): Promise<void> {
    await this.#giver.settled();
    this.#throwIfFailed();
  }

  /** The items at hand are finished, no other is begun. */
  async stop(): Promise<void> {
    this.#giver.stop();
    await this.settled();
  }

  /** Afterwards nothing is written any more. */
  async close(): Promise<void> {
    this.#signal.removeEventListener('abort', this.#stop);
    this.#giver.stop();
    await this.#giver.settled();
    this.#giver.close();
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
