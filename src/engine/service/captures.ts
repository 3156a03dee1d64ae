import type { JobId, StorageId } from '../../shared/domain/ids.ts';
import type { CycleOutcome } from '../backup/index.ts';
import type { Pace } from '../capture/index.ts';
import type { CaptureBook, StoredJob } from '../catalog/index.ts';
import { CaptureBooks } from './capture-books.ts';
import { type CaptureView, gapsOf, nothingWatched, type Watched } from './capture-view.ts';
import type { CycleServices } from './job-cycle.ts';
import { JobCapture } from './job-capture.ts';
import { savesTo } from './job-storages.ts';

/** Without a tick for so long, the computer slept, or was stopped. */
const longestBeatMs = 5 * 60_000;

/**
 * Keeps a capture going for each job that wants one, in the process that also starts cycles by themselves: until it is told to begin, it only
 * says what was.
 */
export class Captures implements Watched {
  readonly #services: CycleServices;
  readonly #books: CaptureBooks;
  readonly #going = new Map<JobId, { readonly capture: JobCapture; readonly of: string }>();
  /** One after the other, so that what is closed has ended before it is begun anew. */
  #queue: Promise<void> = Promise.resolve();
  /** Undefined: not told to begin, or closed. */
  #pace: Pace | undefined;
  #beatMs = 0;

  constructor(services: CycleServices) {
    this.#services = services;
    this.#books = new CaptureBooks(services.parts);
  }

  begin(pace: Pace): void {
    this.#pace = pace;
    this.#books.closeInterrupted();
    this.#beatMs = this.#services.parts.clock.nowMs();
    this.#services.parts.runs.endBefore((storage) => this.#settle(storage));
    this.changed();
  }

  /** Says that all is well, and notices that nobody could for a while. */
  tick(): void {
    if (this.#pace === undefined) return;
    const nowMs = this.#services.parts.clock.nowMs();
    const slept = nowMs - this.#beatMs > longestBeatMs;
    if (!slept) for (const { capture } of this.#going.values()) capture.beat();
    this.#beatMs = nowMs;
    this.#sync(slept);
  }

  changed(): void {
    this.#sync(false);
  }

  view(job: StoredJob): CaptureView {
    const book = this.#books.of(job.id);
    const told: CaptureView = {
      ...nothingWatched,
      scanDue: book.scanDue,
      missed: missedOf(job, book),
      gaps: gapsOf(book.stretches),
    };
    const last = book.stretches.at(-1);
    const past = { ...told, lastChangeMs: last?.lastChangeMs ?? null };
    if (job.capture !== 'on') return { ...past, state: job.capture };
    const going = this.#going.get(job.id);
    return going === undefined ? past : { ...past, ...going.capture.view() };
  }

  async scanBegins(job: JobId): Promise<(outcome: CycleOutcome) => void> {
    const beganMs = this.#services.parts.clock.nowMs();
    const scanned = await this.#going.get(job)?.capture.scanBegins();
    return ({ kind, unsure }) => {
      const isWhole = kind === 'complete' && unsure.length === 0;
      if (isWhole) this.#books.scanned(job, beganMs);
      scanned?.(isWhole);
    };
  }

  served(job: JobId, storage: StorageId, beganMs: number): void {
    this.#books.served(job, storage, beganMs);
  }

  /** Resolves when every watcher is as the jobs say. */
  async settled(): Promise<void> {
    await this.#queue;
  }

  async close(): Promise<void> {
    this.#pace = undefined;
    this.#then(() => this.#closeAll());
    await this.#queue;
  }

  async #settle(storage: StorageId): Promise<void> {
    const there = [...this.#going.values()].filter(({ capture }) => capture.storages.includes(storage));
    await Promise.all(there.map(({ capture }) => capture.settle()));
  }

  #sync(slept: boolean): void {
    this.#then(() => this.#syncNow(slept));
  }

  /** What fails is told, and what follows goes on. */
  #then(step: () => Promise<void>): void {
    this.#queue = this.#queue.then(step).catch((error: unknown) => {
      this.#services.parts.log.error('bug', { stack: error instanceof Error ? String(error.stack) : typeof error });
    });
  }

  async #closeAll(): Promise<void> {
    const all = [...this.#going.values()];
    this.#going.clear();
    for (const { capture } of all) await capture.close('stopped');
  }

  async #syncNow(slept: boolean): Promise<void> {
    const { store } = this.#services.parts;
    const pace = this.#pace;
    if (pace === undefined) return;
    const jobs = new Map(store.jobs().map((job) => [job.id, job]));
    const wanted = [...jobs.values()].filter(({ capture }) => capture === 'on');
    for (const [id, { capture, of }] of this.#going) {
      const job = wanted.find((other) => other.id === id);
      if (job !== undefined && !slept && this.#meaning(job) === of) continue;
      this.#going.delete(id);
      await capture.close(slept ? 'interrupted' : 'paused');
    }
    for (const id of this.#books.ids()) if (!jobs.has(id)) this.#books.forget(id);
    for (const job of wanted) {
      if (this.#going.has(job.id)) continue;
      const capture = new JobCapture(this.#services, this.#books, job, pace);
      this.#going.set(job.id, { capture, of: this.#meaning(job) });
    }
  }

  /** What a capture was begun with: another, and it is begun anew. */
  #meaning({ sources, storage, alsoTo = [] }: StoredJob): string {
    const stored = this.#services.parts.store.sources().filter(({ id }) => sources.includes(id));
    return JSON.stringify([storage, alsoTo, sources, stored.map(({ settings }) => settings)]);
  }
}

/** A storage that is none of the job's any more lacks nothing. */
const missedOf = (job: StoredJob, { missed = [] }: CaptureBook): CaptureView['missed'] =>
  missed.filter(({ storage }) => savesTo(job, storage));
