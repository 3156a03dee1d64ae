import type { PackSummary } from '../../shared/domain/commit.ts';
import type { PackId, StorageId } from '../../shared/domain/ids.ts';
import type { ProfileStore, StoredReading } from '../catalog/index.ts';
import type { ReadingBook, Verification } from '../maintenance/index.ts';
import { verificationOf } from '../maintenance/index.ts';
import type { OpenStorage } from './open-storages.ts';

/** What was read back of each storage. Kept in memory as well: lists of storages are asked for all the time. */
export class ReadingBooks {
  readonly #store: Pick<ProfileStore, 'readings' | 'putReading' | 'keepReadings'>;
  readonly #readings = new Map<StorageId, Map<PackId, StoredReading>>();
  readonly #packs = new Map<StorageId, { readonly as: string; readonly packs: readonly PackSummary[] }>();

  constructor(store: Pick<ProfileStore, 'readings' | 'putReading' | 'keepReadings'>) {
    this.#store = store;
  }

  of(storage: StorageId): ReadingBook {
    return {
      all: () => this.#all(storage),
      put: (reading) => {
        this.#store.putReading(storage, reading);
        this.#all(storage).set(reading.pack, reading);
      },
      keepOnly: (packs) => {
        this.#store.keepReadings(
          storage,
          packs.map(({ id }) => id),
        );
        this.#readings.delete(storage);
      },
    };
  }

  /** Those in use, in the order in which they came. */
  packs({ stored, catalog }: OpenStorage): readonly PackSummary[] {
    const as = catalog.applied().id ?? '';
    const known = this.#packs.get(stored.id);
    if (known?.as === as) return known.packs;
    const packs = catalog.packs();
    this.#packs.set(stored.id, { as, packs });
    return packs;
  }

  verification(open: OpenStorage, days: number, nowMs: number): Verification {
    return verificationOf(this.packs(open), this.#all(open.stored.id), { days, nowMs });
  }

  forget(storage: StorageId): void {
    this.#readings.delete(storage);
    this.#packs.delete(storage);
  }

  #all(storage: StorageId): Map<PackId, StoredReading> {
    const known = this.#readings.get(storage);
    if (known !== undefined) return known;
    const all = new Map(this.#store.readings(storage).map((reading) => [reading.pack, reading]));
    this.#readings.set(storage, all);
    return all;
  }
}
