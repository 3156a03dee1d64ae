import type { ChunkLocation } from '../../shared/domain/commit.ts';
import type { ContentPart } from '../../shared/domain/item.ts';
import type { Failure } from '../../shared/domain/strata-error.ts';
import { packHandovers } from './packed-handovers.ts';
import type { GivenAnswer, Handover } from './reader-messages.ts';
import type { ReaderPool } from './reader-pool.ts';
import type { ChunkFinder, ContentGiver } from './storage.ts';

interface Asked {
  readonly part: ContentPart | undefined;
  readonly order: unknown;
  readonly tell: (answer: GivenAnswer) => void;
}

interface Placed extends Asked {
  readonly places: readonly ChunkLocation[];
}

/** What begins in the same record. */
interface Batch {
  readonly key: string;
  readonly pack: string;
  readonly offset: number;
  readonly asked: Placed[];
  bytes: number;
  chunks: number;
}

/** Places of chunks are asked for together. */
const mostUnplaced = 128;
/** What waits to be put in order. Enough that a record serves all who need it, as long as they were saved near each other. */
const mostWaiting = 1024;
/** The newest batches still grow: what comes next lies most often in the same record. */
const stillGrowing = 2;
/** Fewer wait for others of their record: contents that were saved long before, of which one comes now and then. */
const worthReading = 32;
const worthReadingBytes = 256 * 1024;
/** When so many of those wait, the larger half of them goes. */
const mostStragglers = 4096;
const mostTogether = 1024;
const mostChunksTogether = 65_536;
/** From here on a content that several ask for is read once for all of them; less is still at hand from the first one. */
const worthReadingOnce = 1024 * 1024;
/** So many files are open at once. */
const mostOfOneContent = 16;
/** How many batches are on their way before whoever gives has to wait. */
const mostUnanswered = 6;

type Readers = Pick<ReaderPool, 'give' | 'stop' | 'leave'>;

/** Hands contents over in the order in which they lie in the packs, record by record. */
export class ThreadedGiver implements ContentGiver {
  readonly #pool: Readers;
  readonly #finder: ChunkFinder;
  readonly #path: string;
  #unplaced: Asked[] = [];
  readonly #batches = new Map<string, Batch>();
  #waiting = 0;
  /** When so many wait, it is looked at which can go. */
  #lookAt = mostWaiting;
  readonly #unanswered = new Set<Promise<void>>();

  constructor(pool: Readers, finder: ChunkFinder, path: string) {
    this.#pool = pool;
    this.#finder = finder;
    this.#path = path;
  }

  takes(part: ContentPart | undefined): boolean {
    return part === undefined || part.chunks.length <= mostChunksTogether;
  }

  give(part: ContentPart | undefined, order: unknown, tell: (answer: GivenAnswer) => void): void {
    this.#unplaced.push({ part, order, tell });
  }

  get isBehind(): boolean {
    return this.#unplaced.length >= mostUnplaced || this.#unanswered.size >= mostUnanswered;
  }

  async keepPace(): Promise<void> {
    if (this.#unplaced.length >= mostUnplaced) this.#place();
    if (this.#waiting >= this.#lookAt) this.#sendSome();
    while (this.#unanswered.size >= mostUnanswered) await Promise.race(this.#unanswered);
  }

  async settled(): Promise<void> {
    this.#place();
    this.#flush([...this.#batches.values()]);
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
      if (places.length < chunks.length) asked.tell({ failure: this.#missing() });
      else this.#enqueue(asked, places);
    }
  }

  #enqueue(asked: Asked, places: readonly ChunkLocation[]): void {
    const [first] = places;
    const key = first === undefined ? '' : `${first.pack}.${first.record}`;
    const batch = this.#take(key) ?? newBatch(key, first);
    batch.asked.push({ part: asked.part, order: asked.order, tell: asked.tell, places });
    batch.bytes += asked.part?.sizeBytes ?? 0;
    batch.chunks += places.length;
    if (batch.asked.length >= mostTogether || batch.chunks >= mostChunksTogether) return this.#send(batch);
    // The last of the map is the one that was added to last.
    this.#batches.set(key, batch);
    this.#waiting += batch.asked.length;
  }

  /** What is worth it goes; the rest only where it has become too much. */
  #sendSome(): void {
    const batches = [...this.#batches.values()].slice(0, -stillGrowing);
    const isWorthReading = ({ asked, bytes }: Batch): boolean => asked.length >= worthReading || bytes >= worthReadingBytes;
    this.#flush(batches.filter(isWorthReading));
    if (this.#waiting < mostStragglers) return;
    const stragglers = batches.filter((batch) => !isWorthReading(batch)).sort((a, b) => b.asked.length - a.asked.length);
    let going = 0;
    this.#flush(stragglers.filter(({ asked }) => (going += asked.length) <= mostStragglers / 2));
  }

  #flush(batches: Batch[]): void {
    batches.sort((a, b) => compare(a.pack, b.pack) || a.offset - b.offset);
    for (const batch of batches) {
      this.#take(batch.key);
      this.#send(batch);
    }
    this.#lookAt = this.#waiting + mostWaiting;
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
    const answering: Promise<void> = this.#pool
      .give({ type: 'give', handovers: packHandovers(groups.map(handoverOf)) })
      .then(
        (outcomes) => {
          for (const [index, { tell }] of asked.entries()) tell(outcomes[index] ?? 'stopped');
        },
        (error: unknown) => {
          for (const { tell } of asked) tell({ error });
        },
      )
      .finally(() => this.#unanswered.delete(answering));
    this.#unanswered.add(answering);
  }

  #missing(): Failure {
    const facts = { path: this.#path, file: 'packs', reason: 'chunk is nowhere' };
    return { code: 'storage.record-damaged', retry: 'never', facts };
  }
}

const newBatch = (key: string, first: ChunkLocation | undefined): Batch => ({
  key,
  pack: first?.pack ?? '',
  offset: first?.recordOffset ?? 0,
  asked: [],
  bytes: 0,
  chunks: 0,
});

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

function handoverOf(group: readonly Placed[]): Handover {
  const [first] = group;
  const part = first?.part;
  return {
    orders: group.map(({ order }) => order),
    content: part && first && { digest: part.digest, sizeBytes: part.sizeBytes, places: first.places },
  };
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
