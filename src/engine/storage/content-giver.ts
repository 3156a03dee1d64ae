import type { ChunkLocation } from '../../shared/domain/commit.ts';
import type { ContentPart } from '../../shared/domain/item.ts';
import type { Failure } from '../../shared/domain/strata-error.ts';
import { packPlaces } from './packed-places.ts';
import type { Handover, Outcome } from './reader-messages.ts';
import type { ReaderPool } from './reader-pool.ts';
import type { ChunkFinder, ContentGiver } from './storage.ts';

interface Asked {
  readonly part: ContentPart | undefined;
  readonly order: unknown;
  readonly resolve: (outcome: Outcome) => void;
  readonly reject: (error: unknown) => void;
}

interface Placed extends Asked {
  readonly places: readonly ChunkLocation[];
}

/** What begins in the same record. */
interface Batch {
  readonly pack: string;
  readonly offset: number;
  readonly asked: Placed[];
  chunks: number;
}

/** Places of chunks are asked for together. */
const mostUnplaced = 128;
/** What waits to be put in order. Enough that a record serves all who need it, as long as they were saved near each other. */
const mostWaiting = 1024;
/** The newest batches still grow: what comes next lies most often in the same record. */
const stillGrowing = 2;
const mostTogether = 1024;
const mostChunksTogether = 65_536;
/** From here on a content that several ask for is read once for all of them; less is still at hand from the first one. */
const worthReadingOnce = 1024 * 1024;
/** So many files are open at once. */
const mostOfOneContent = 16;
/** How many batches are on their way before whoever gives has to wait. */
const mostUnanswered = 6;

/** Hands contents over in the order in which they lie in the packs, record by record. */
export class ThreadedGiver implements ContentGiver {
  readonly #pool: ReaderPool;
  readonly #finder: ChunkFinder;
  readonly #path: string;
  #unplaced: Asked[] = [];
  readonly #batches = new Map<string, Batch>();
  #waiting = 0;
  readonly #unanswered = new Set<Promise<void>>();

  constructor(pool: ReaderPool, finder: ChunkFinder, path: string) {
    this.#pool = pool;
    this.#finder = finder;
    this.#path = path;
  }

  takes(part: ContentPart | undefined): boolean {
    return part === undefined || part.chunks.length <= mostChunksTogether;
  }

  give(part: ContentPart | undefined, order: unknown): Promise<Outcome> {
    return new Promise((resolve, reject) => this.#unplaced.push({ part, order, resolve, reject }));
  }

  async keepPace(): Promise<void> {
    if (this.#unplaced.length >= mostUnplaced) this.#place();
    if (this.#waiting >= mostWaiting) this.#flush(stillGrowing);
    while (this.#unanswered.size >= mostUnanswered) await Promise.race(this.#unanswered);
  }

  async settled(): Promise<void> {
    this.#place();
    this.#flush(0);
    while (this.#unanswered.size > 0) await Promise.all(this.#unanswered);
  }

  stop(): void {
    this.#pool.stop();
  }

  close(): void {
    this.#pool.leave();
  }

  #place(): void {
    const unplaced = this.#unplaced;
    this.#unplaced = [];
    const found = this.#finder.locateAll(unplaced.flatMap(({ part }) => part?.chunks ?? []));
    for (const asked of unplaced) {
      const chunks = asked.part?.chunks ?? [];
      const places = chunks.map((id) => found.get(id)).filter((place) => place !== undefined);
      if (places.length < chunks.length) asked.resolve({ failure: this.#missing() });
      else this.#enqueue(asked, places);
    }
  }

  #enqueue(asked: Asked, places: readonly ChunkLocation[]): void {
    const [first] = places;
    const key = first === undefined ? '' : `${first.pack}.${first.record}`;
    const batch = this.#take(key) ?? { pack: first?.pack ?? '', offset: first?.recordOffset ?? 0, asked: [], chunks: 0 };
    batch.asked.push({ ...asked, places });
    batch.chunks += places.length;
    if (batch.asked.length >= mostTogether || batch.chunks >= mostChunksTogether) return this.#send(batch);
    // The last of the map is the one that was added to last.
    this.#batches.set(key, batch);
    this.#waiting += batch.asked.length;
  }

  #flush(keep: number): void {
    const keys = [...this.#batches.keys()];
    const batches = keys.slice(0, Math.max(0, keys.length - keep)).flatMap((key) => this.#take(key) ?? []);
    batches.sort((a, b) => compare(a.pack, b.pack) || a.offset - b.offset);
    for (const batch of batches) this.#send(batch);
  }

  #take(key: string): Batch | undefined {
    const batch = this.#batches.get(key);
    this.#batches.delete(key);
    this.#waiting -= batch?.asked.length ?? 0;
    return batch;
  }

  #send(batch: Batch): void {
    const groups = byContent(batch.asked);
    const asked = groups.flat();
    const places = packPlaces(groups.flatMap(([first]) => first?.places ?? []));
    const answering: Promise<void> = this.#pool
      .give({ type: 'give', handovers: groups.map(handoverOf), places })
      .then((outcomes) => {
        for (const [index, { resolve }] of asked.entries()) resolve(outcomes[index] ?? 'stopped');
      })
      .catch((error: unknown) => {
        for (const { reject } of asked) reject(error);
      })
      .finally(() => this.#unanswered.delete(answering));
    this.#unanswered.add(answering);
  }

  #missing(): Failure {
    const facts = { path: this.#path, file: 'packs', reason: 'chunk is nowhere' };
    return { code: 'storage.record-damaged', retry: 'never', facts };
  }
}

/** What asks for the same large content goes together. */
function byContent(asked: readonly Placed[]): readonly (readonly Placed[])[] {
  const groups: Placed[][] = [];
  const open = new Map<string, Placed[]>();
  for (const one of asked) {
    const digest = one.part === undefined || one.part.sizeBytes < worthReadingOnce ? undefined : one.part.digest;
    const group = digest === undefined ? undefined : open.get(digest);
    if (group !== undefined && group.length < mostOfOneContent) {
      group.push(one);
      continue;
    }
    const begun = [one];
    groups.push(begun);
    if (digest !== undefined) open.set(digest, begun);
  }
  return groups;
}

const handoverOf = (group: readonly Placed[]): Handover => {
  const part = group[0]?.part;
  return {
    orders: group.map(({ order }) => order),
    content: part && { digest: part.digest, sizeBytes: part.sizeBytes, chunks: part.chunks.length },
  };
};

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
