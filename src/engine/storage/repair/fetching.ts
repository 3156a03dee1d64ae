import type { ChunkId } from '../../../shared/domain/ids.ts';
import { isStrataError } from '../../../shared/domain/strata-error.ts';
import type { StorageKeys } from '../../crypto/index.ts';
import { Chunker, type ChunkerParameters } from '../../format/index.ts';
import { type RunContext, stopIfCancelled } from '../../kernel/run-context.ts';
import type { BrokenContent, Naming } from './naming.ts';
import type { RepairHelp } from './repair.ts';

interface FetchParts {
  readonly keys: StorageKeys;
  readonly chunking: ChunkerParameters;
}

export type TakeChunk = (id: ChunkId, bytes: Uint8Array, source: number) => Promise<void>;

/**
 * Asks mirrors for contents of which a chunk is missing, and cuts them as they were cut when they were stored here: the same bytes
 * give the same chunks. Each is taken only if it is what its id says. Returns how many were found; they are missing no more.
 */
export async function fetchFromMirrors(
  naming: Naming,
  { mirrors }: RepairHelp,
  parts: FetchParts,
  take: TakeChunk,
  run: RunContext,
): Promise<number> {
  const before = naming.missing.size;
  const chunker = new Chunker(parts.chunking, parts.keys.gear(), parts.chunking.maxBytes * 2);
  let broke: { readonly error: unknown } | undefined;
  const takeOrBreak: TakeChunk = async (...chunk) => {
    try {
      await take(...chunk);
    } catch (error) {
      broke = { error };
      throw error;
    }
  };
  for (const mirror of mirrors) {
    for (const broken of naming.broken) {
      stopIfCancelled(run);
      if (!broken.content.chunks.some((id) => naming.missing.has(id))) continue;
      try {
        const pieces = mirror(broken);
        if (pieces !== undefined) await new Cutting(chunker, parts.keys, naming.missing, broken, takeOrBreak).run(pieces);
      } catch (error) {
        if (broke !== undefined || !isStrataError(error)) throw error;
        run.log.warn('storage.mirror-lacks', { code: error.code });
      }
    }
  }
  return before - naming.missing.size;
}

class Cutting {
  readonly #chunker: Chunker;
  readonly #keys: StorageKeys;
  readonly #missing: Map<ChunkId, number>;
  readonly #broken: BrokenContent;
  readonly #take: TakeChunk;
  #index = 0;

  constructor(chunker: Chunker, keys: StorageKeys, missing: Map<ChunkId, number>, broken: BrokenContent, take: TakeChunk) {
    this.#chunker = chunker;
    this.#keys = keys;
    this.#missing = missing;
    this.#broken = broken;
    this.#take = take;
  }

  async run(pieces: AsyncIterable<Uint8Array>): Promise<void> {
    this.#chunker.reset();
    for await (const piece of pieces) {
      for (let rest = piece; rest.length > 0; ) {
        const room = this.#chunker.room();
        const length = Math.min(room.length, rest.length);
        room.set(rest.subarray(0, length));
        this.#chunker.filled(length);
        rest = rest.subarray(length);
        await this.#takeAll(false);
      }
    }
    await this.#takeAll(true);
  }

  async #takeAll(isEnd: boolean): Promise<void> {
    for (let bytes = this.#chunker.next(isEnd); bytes !== undefined; bytes = this.#chunker.next(isEnd)) {
      const id = this.#broken.content.chunks[this.#index++];
      const source = id === undefined ? undefined : this.#missing.get(id);
      if (id === undefined || source === undefined || !this.#keys.isChunk(id, bytes)) continue;
      await this.#take(id, bytes, source);
      this.#missing.delete(id);
    }
  }
}
