import type { PlaceRoom } from '../../shared/domain/run.ts';
import type { RunContext } from '../kernel/run-context.ts';
import type { DestinationSession, PlaceLimits, RestoreItem } from '../sources/destination.ts';

interface Needed {
  readonly place: string;
  readonly limits: PlaceLimits;
  bytes: number;
  tooLarge: number;
}

/** What a restore would need at each place, held against what the place has to give. */
export class RoomBook {
  readonly #run: RunContext;
  readonly #needed = new Map<DestinationSession, Needed>();

  constructor(run: RunContext) {
    this.#run = run;
  }

  async add(session: DestinationSession, place: string, item: RestoreItem): Promise<void> {
    let needed = this.#needed.get(session);
    if (needed === undefined) {
      const limits = (await session.limits?.(item, this.#run)) ?? { freeBytes: null, largestBytes: null };
      needed = { place, limits, bytes: 0, tooLarge: 0 };
      this.#needed.set(session, needed);
    }
    const { sizeBytes } = item.manifest;
    needed.bytes += sizeBytes;
    if (needed.limits.largestBytes !== null && sizeBytes > needed.limits.largestBytes) needed.tooLarge += 1;
  }

  all(): PlaceRoom[] {
    return [...this.#needed.values()].map(({ place, limits, bytes, tooLarge }) => ({ place, bytes, tooLarge, ...limits }));
  }
}
