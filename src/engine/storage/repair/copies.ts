import type { PackId } from '../../../shared/domain/ids.ts';
import type { Manifest } from '../../../shared/domain/item.ts';
import { isStrataError } from '../../../shared/domain/strata-error.ts';
import type { StorageKeys } from '../../crypto/index.ts';
import { type ManifestRoot, type PlacedEntry, recordComplaint } from '../../format/index.ts';
import { wrongChunks } from '../pack-entries.ts';
import type { PackReader } from '../pack-reader.ts';

/** A record that was opened and is what it claims to be, and who can read it. */
export interface GoodRecord {
  readonly pack: PackId;
  readonly entry: PlacedEntry;
  readonly reader: PackReader;
}

/** A bad reading is tried once more: cables and controllers err, and what they gave is not what lies on the disk. */
const tries = 2;

/** Reads what is left of damaged packs, here and wherever the same files are. */
export class PackCopies {
  readonly #own: PackReader;
  readonly #readers: readonly PackReader[];
  readonly #keys: StorageKeys;

  constructor(own: PackReader, twins: readonly PackReader[], keys: StorageKeys) {
    this.#own = own;
    this.#readers = [own, ...twins];
    this.#keys = keys;
  }

  /** Every good record of every copy; one that is good in several comes several times. */
  *records(pack: PackId): Generator<GoodRecord> {
    for (const reader of this.#readers) {
      for (const entry of this.#attempt(reader, () => reader.index(pack)) ?? []) {
        const record = { pack, entry, reader };
        if (this.#attempt(reader, () => this.read(record)) !== undefined) yield record;
      }
    }
  }

  /** Undefined: no copy gives them. */
  manifests(place: ManifestRoot): Manifest[] | undefined {
    return this.#first((reader) => reader.manifests(place));
  }

  /** By which id a footer knows a record of manifests, where one is left that does. */
  recordId({ pack, record }: Pick<ManifestRoot, 'pack' | 'record'>): string | undefined {
    return this.#first(
      (reader) => reader.footer(pack).find(({ ordinal, type }) => ordinal === record && type === 'manifests')?.id,
    );
  }

  /** The plain bytes. Throws where they are not what the record's table says. */
  read({ pack, entry, reader }: GoodRecord): Uint8Array {
    const plain = reader.plain(pack, entry);
    if (plain.length === entry.plainLength && wrongChunks(this.#keys, entry, plain).length === 0) return plain;
    throw recordComplaint(reader.origin(pack))('record differs from the footer');
  }

  #first<T>(read: (reader: PackReader) => T | undefined): T | undefined {
    for (const reader of this.#readers) {
      const found = this.#attempt(reader, () => read(reader));
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** Undefined: damaged, also when read again. What else is wrong with the own disk ends the repair; a twin may go away. */
  #attempt<T>(reader: PackReader, read: () => T): T | undefined {
    for (let left = tries; left > 0; left--) {
      try {
        return read();
      } catch (error) {
        if (!isStrataError(error) || (reader === this.#own && !isDamage(error.code))) throw error;
      }
    }
    return undefined;
  }
}

/** What a newer program wrote is not damage, and neither is a disk that is gone. */
export const isDamage = (code: string): boolean => code === 'storage.record-damaged' || code === 'storage.limit-exceeded';
