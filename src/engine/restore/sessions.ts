import type { SourceId } from '../../shared/domain/ids.ts';
import type { RunContext } from '../kernel/run-context.ts';
import type { Destination, DestinationSession } from '../sources/destination.ts';

/** Items of several sources may go to several places. */
export type DestinationFor = (source: SourceId) => Destination;

/** One session per destination, opened when the first item needs it. */
export class Sessions {
  readonly #destinationFor: DestinationFor;
  readonly #run: RunContext;
  readonly #making: (source: SourceId, folder: string) => void;
  readonly #open = new Map<Destination, DestinationSession>();

  /** @param making is told each folder right before it is made, with the source whose items it is made for. */
  constructor(destinationFor: DestinationFor, run: RunContext, making: (source: SourceId, folder: string) => void) {
    this.#destinationFor = destinationFor;
    this.#run = run;
    this.#making = making;
  }

  opened(source: SourceId): DestinationSession | undefined {
    return this.#open.get(this.#destinationFor(source));
  }

  async of(source: SourceId): Promise<DestinationSession> {
    const destination = this.#destinationFor(source);
    const session = this.#open.get(destination) ?? (await destination.open(this.#run, (folder) => this.#making(source, folder)));
    this.#open.set(destination, session);
    return session;
  }

  async finish(): Promise<void> {
    for (const session of this.#open.values()) await session.finish(this.#run);
  }

  async close(): Promise<void> {
    for (const session of this.#open.values()) await session.close();
  }
}
