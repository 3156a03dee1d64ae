import type { Manifest } from '../../shared/domain/item.ts';
import { isStrataError, StrataError } from '../../shared/domain/strata-error.ts';
import type { RunContext } from '../kernel/run-context.ts';
import type { DestinationSession, RestoreItem } from '../sources/destination.ts';
import type { ContentGiver, Outcome } from '../storage/index.ts';

/** What became of an item that was handed over. `stopped`: nothing. */
export interface Handed {
  written(): void;
  failed(error: StrataError): void;
  stopped(): void;
}

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

  /** False: it has to be written here. */
  take(session: DestinationSession, item: RestoreItem, how: 'create' | 'replace', handed: Handed): boolean {
    const part = item.manifest.contents[0];
    const written = this.#giver.takes(part) ? session.order?.(item, how) : undefined;
    if (written === undefined) return false;
    this.#giver.give(part, written.order).then(
      (outcome) => {
        written.settle(typeof outcome === 'object' && 'answer' in outcome ? outcome.answer : undefined);
        this.#tell(outcome, item.manifest, handed);
      },
      (error: unknown) => {
        written.settle(undefined);
        this.#fail(error);
        handed.stopped();
      },
    );
    return true;
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

  #tell(outcome: Outcome, manifest: Manifest, handed: Handed): void {
    if (outcome === 'stopped') return handed.stopped();
    if ('answer' in outcome) return handed.written();
    const { code, retry, facts } = outcome.failure;
    const error = asItemDamage(new StrataError(code, retry, facts), manifest);
    if (isStrataError(error) && this.#concernsItem(error)) return handed.failed(error);
    this.#fail(error);
    handed.stopped();
  }

  #fail(error: unknown): void {
    this.#failure ??= { error };
    this.#giver.stop();
  }

  #throwIfFailed(): void {
    if (this.#failure !== undefined) throw this.#failure.error;
  }
}

/** Damage of the storage is told as what it means for this item. */
export function asItemDamage(error: unknown, manifest: Manifest): unknown {
  if (!isStrataError(error) || !error.code.startsWith('storage.')) return error;
  return new StrataError('restore.item-damaged', 'after-user-action', { item: manifest.name, ...error.facts }, { cause: error });
}
