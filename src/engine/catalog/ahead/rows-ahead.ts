import { Worker } from 'node:worker_threads';
import type { Commit, CommitContents, RecordedManifests } from '../../../shared/domain/commit.ts';
import type { Log } from '../../kernel/log.ts';
import type { RowsBasis, RowsOfCycle } from '../catalog.ts';
import type { CatalogFile } from '../sql/catalog-connection.ts';
import type { FromAhead, ToAhead } from './ahead-messages.ts';
import { packChunks } from './packed-chunks.ts';

export interface AheadThreads {
  /** The file that the thread starts from. */
  readonly entry: URL;
  readonly log: Log;
  /** How many manifests a commit has at least for which one is started. Undefined: more than are written in the time that starting takes. */
  readonly fewest?: number;
}

/** What the catalog itself does. */
interface Here {
  /** Whatever it remembers of rows. */
  forget(): void;
  apply(contents: CommitContents): void;
}

const defaultFewest = 2000;

/** What it makes is short-lived, and what is large lies outside of its heap. */
const resourceLimits = { maxYoungGenerationSizeMb: 8 };

/**
 * A thread with a connection of its own, which holds one transaction from the first manifests of a commit to its end. Whatever goes wrong
 * there costs time and nothing else: the commit is then applied as any other, from the storage.
 */
export class RowsAhead implements RowsOfCycle {
  readonly #file: CatalogFile;
  readonly #threads: AheadThreads;
  readonly #here: Here;
  #worker: Worker | undefined;
  #isOver = false;
  #isApplying = false;
  #basis: RowsBasis | undefined;
  #count = 0;
  /** Too few so far to begin with. */
  #waiting: RecordedManifests[] = [];
  /** The thread holds a transaction. */
  #hasBegun = false;
  #answer: ((isCommitted: boolean) => void) | undefined;

  constructor(file: CatalogFile, threads: AheadThreads, here: Here) {
    this.#file = file;
    this.#threads = threads;
    this.#here = here;
  }

  get isApplying(): boolean {
    return this.#isApplying;
  }

  add(basis: RowsBasis, record: RecordedManifests): void {
    if (this.#isOver) return;
    this.#basis ??= basis;
    this.#count += record.count;
    this.#waiting.push(record);
    if (this.#count >= (this.#threads.fewest ?? defaultFewest)) this.#write(this.#basis);
  }

  #write(basis: RowsBasis): void {
    this.#worker ??= this.#begin();
    if (!this.#hasBegun) this.#send({ type: 'begin', basis });
    this.#hasBegun = true;
    for (const { plain } of this.#waiting.splice(0)) this.#send({ type: 'manifests', plain }, [plain.buffer]);
  }

  async apply(contents: CommitContents, count: number): Promise<void> {
    this.#isApplying = true;
    try {
      if (await this.#commit(contents, count)) this.#here.forget();
      else this.#here.apply(contents);
    } finally {
      this.#isApplying = false;
    }
  }

  close(): void {
    if (this.#worker === undefined || this.#isOver) return;
    this.#isOver = true;
    this.#send({ type: 'leave' });
    // It only has to give up its transaction; the process need not wait for that.
    this.#worker.unref();
  }

  /** True: all rows of the commit are there. False: none of them is. */
  #commit({ commit, chunks }: CommitContents, count: number): Promise<boolean> {
    const hasBegun = this.#hasBegun && !this.#isOver;
    const isIt = this.#count === count && isSame(this.#basis, commit);
    this.#basis = undefined;
    this.#count = 0;
    this.#waiting = [];
    this.#hasBegun = false;
    if (!hasBegun) return Promise.resolve(false);
    return new Promise((resolve) => {
      this.#answer = resolve;
      this.#send(isIt ? { type: 'commit', commit, chunks: packChunks(chunks) } : { type: 'undo' });
    });
  }

  #begin(): Worker {
    const worker = new Worker(this.#threads.entry, { workerData: this.#file, resourceLimits });
    worker.on('message', (message: FromAhead) => this.#receive(message));
    worker.on('error', (error) => {
      this.#threads.log.error('catalog.ahead-died', { error: error instanceof Error ? error.name : 'unknown' });
    });
    // Not before: until then its connection may hold the file.
    worker.on('exit', () => this.#broken());
    return worker;
  }

  #receive(message: FromAhead): void {
    if (message.type !== 'broken') return this.#tell(message.type === 'committed');
    this.#threads.log.warn('catalog.ahead-broken', { code: message.failure?.code ?? message.bug });
    this.#broken();
  }

  #broken(): void {
    this.#isOver = true;
    this.#worker?.unref();
    this.#tell(false);
  }

  #tell(isCommitted: boolean): void {
    this.#answer?.(isCommitted);
    this.#answer = undefined;
  }

  #send(message: ToAhead, moved: ArrayBuffer[] = []): void {
    this.#worker?.postMessage(message, moved);
  }
}

const isSame = (basis: RowsBasis | undefined, { run, sources }: Commit): boolean =>
  basis?.run === run && basis.sources.join() === sources.map(({ id }) => id).join();
