import type { PackSummary } from '../../shared/domain/commit.ts';
import type { ChunkId } from '../../shared/domain/ids.ts';
import { type Failure, failureOf, isStrataError, type StrataError } from '../../shared/domain/strata-error.ts';
import { sha256Hasher, type StorageKeys } from '../crypto/index.ts';
import { type PlacedEntry, packName, recordComplaint } from '../format/index.ts';
import { freeMemory } from './free-memory.ts';
import { chunksOf, wrongChunks } from './pack-entries.ts';
import type { PackFiles } from './pack-files.ts';
import type { PackReader } from './pack-reader.ts';

/** What was found in one pack, as plain data: it may have been found in another thread. */
export interface PackReading {
  readonly records: number;
  readonly chunks: number;
  /** The chunks that are there and, where they were read, are what their ids say. */
  readonly present: readonly ChunkId[];
  readonly bytesRead: number;
  readonly damages: readonly PackDamage[];
  /** The first reading was wrong and the second was not: memory, cable or controller; the disk's content is right. */
  readonly flickered: Failure | undefined;
}

export interface PackDamage {
  readonly failure: Failure;
  readonly chunks: readonly ChunkId[];
  /** Not there or unreadable as a whole: what was in it only the catalog knows. */
  readonly isLost: boolean;
}

/** How much of a pack is looked at: that it is there, where its records lie, or every byte. */
export type PackDepth = 'quick' | 'structure' | 'all';

export interface PackCheckParts {
  readonly target: PackFiles;
  readonly keys: StorageKeys;
  readonly reader: PackReader;
}

/**
 * Looks at one pack, or reads all of it; where something is wrong, once more from the disk itself, before it is called damage.
 * Damage is the answer; it throws only when the storage itself is out of reach.
 */
export function checkPack(parts: PackCheckParts, pack: PackSummary, depth: PackDepth): PackReading {
  const first = new Attempt(parts, pack).run(depth);
  const [wrong] = first.damages;
  if (wrong === undefined) return first;
  becomeCold(parts, pack);
  const second = new Attempt(parts, pack).run(depth);
  const bytesRead = first.bytesRead + second.bytesRead;
  return { ...second, bytesRead, flickered: second.damages.length === 0 ? wrong.failure : undefined };
}

/** Nothing of the first reading is left: neither here nor, as far as it can be told so, in the system's memory. */
function becomeCold({ target, reader }: PackCheckParts, pack: PackSummary): void {
  reader.forget();
  if (target.size(packName(pack.id)) === undefined) return;
  try {
    reader.whole(pack.id);
  } catch (error) {
    expected(error);
  }
}

class Attempt {
  readonly #target: PackFiles;
  readonly #keys: StorageKeys;
  readonly #reader: PackReader;
  readonly #pack: PackSummary;
  readonly #damages: PackDamage[] = [];
  #bytesRead = 0;

  constructor(parts: PackCheckParts, pack: PackSummary) {
    this.#target = parts.target;
    this.#keys = parts.keys;
    this.#reader = parts.reader;
    this.#pack = pack;
  }

  run(depth: PackDepth): PackReading {
    const size = this.#target.size(packName(this.#pack.id));
    if (size !== this.#pack.sizeBytes) this.#add(this.#complaint(size === undefined ? 'missing' : 'size'), [], true);
    if (size === undefined || depth === 'quick') return this.#reading([], new Set());
    const entries = this.#entries();
    return this.#reading(entries, depth === 'all' ? this.#readAll(entries) : new Set());
  }

  #reading(entries: readonly PlacedEntry[], wrong: ReadonlySet<ChunkId>): PackReading {
    const ids = entries.flatMap((entry) => chunksOf(entry).map(({ id }) => id));
    return {
      records: entries.length,
      chunks: ids.length,
      present: ids.filter((id) => !wrong.has(id)),
      bytesRead: this.#bytesRead,
      damages: this.#damages,
      flickered: undefined,
    };
  }

  #entries(): readonly PlacedEntry[] {
    try {
      return this.#reader.footer(this.#pack.id);
    } catch (error) {
      // Its records may be found without it; what is not found is missing, and the catalog knows who misses it.
      this.#add(expected(error), [], true);
    }
    try {
      return this.#reader.index(this.#pack.id);
    } catch (error) {
      expected(error);
      return [];
    }
  }

  /** Every byte of the file against its name, every record against its tag, every chunk against its id. */
  #readAll(entries: readonly PlacedEntry[]): ReadonlySet<ChunkId> {
    const wrong = new Set<ChunkId>();
    const hash = sha256Hasher();
    let wrongRecord: StrataError | undefined;
    try {
      this.#reader.sweep(this.#pack.id, entries, (piece, entry) => {
        this.#bytesRead += piece.length;
        // Before the record is opened: that uses its bytes up.
        hash.update(piece);
        const found = entry && this.#readRecord(piece, entry);
        wrongRecord ??= found?.failure;
        for (const id of found?.chunks ?? []) wrong.add(id);
      });
    } catch (error) {
      const all = entries.flatMap((entry) => chunksOf(entry).map(({ id }) => id));
      this.#add(expected(error), all, false);
      return new Set(all);
    }
    const failure = hash.hex() === this.#pack.id ? wrongRecord : this.#complaint('hash of the file');
    if (failure !== undefined) this.#add(failure, [...wrong], false);
    return wrong;
  }

  #readRecord(record: Uint8Array, entry: PlacedEntry): { readonly failure?: StrataError; readonly chunks: readonly ChunkId[] } {
    try {
      const { header, plain } = this.#reader.openRecord(this.#pack.id, record, entry.ordinal, 'in-place');
      const wrong = wrongChunks(this.#keys, entry, plain);
      const isSame = header.id === entry.id && header.type === entry.type && plain.length === entry.plainLength;
      if (plain.buffer !== record.buffer) freeMemory(plain);
      if (wrong.length === 0 && isSame) return { chunks: [] };
      return { failure: this.#complaint('record differs from the footer'), chunks: wrong };
    } catch (error) {
      return { failure: expected(error), chunks: chunksOf(entry).map(({ id }) => id) };
    }
  }

  #complaint(reason: string): StrataError {
    return recordComplaint(this.#reader.origin(this.#pack.id))(reason);
  }

  #add(failure: StrataError, chunks: readonly ChunkId[], isLost: boolean): void {
    this.#damages.push({ failure: failureOf(failure), chunks, isLost });
  }
}

/** Damage is what a check looks for; the disk going away, or a bug, ends it. */
export function expected(error: unknown): StrataError {
  if (isStrataError(error) && error.code.startsWith('storage.')) return error;
  throw error;
}
