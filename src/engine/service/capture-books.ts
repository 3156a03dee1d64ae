import type { CaptureMiss, CaptureStretch, ScanReason, StretchEnd } from '../../shared/domain/capture.ts';
import type { JobId, RunId, StorageId } from '../../shared/domain/ids.ts';
import type { CaptureBook } from '../catalog/index.ts';
import { newId } from '../kernel/random.ts';
import { newBook } from './capture-view.ts';
import type { Parts } from './parts.ts';

/** About half a year of days with a start each. */
const mostStretches = 200;

/** What captures did and could not do, in the profile. */
export class CaptureBooks {
  readonly #parts: Pick<Parts, 'store' | 'clock' | 'random' | 'changed'>;

  constructor(parts: Pick<Parts, 'store' | 'clock' | 'random' | 'changed'>) {
    this.#parts = parts;
  }

  ids(): JobId[] {
    return this.#parts.store.captures().map(({ id }) => id);
  }

  of(job: JobId): CaptureBook {
    return this.#parts.store.captures().find(({ id }) => id === job) ?? newBook(job);
  }

  forget(job: JobId): void {
    this.#parts.store.removeCapture(job);
  }

  /** At start: what still claims to go on was killed. */
  closeInterrupted(): void {
    for (const { id } of this.#parts.store.captures()) this.end(id, 'interrupted');
  }

  begin(job: JobId): CaptureStretch {
    const nowMs = this.#parts.clock.nowMs();
    const stretch: CaptureStretch = {
      run: newId<RunId>(this.#parts.random),
      fromMs: nowMs,
      untilMs: nowMs,
      end: null,
      commits: 0,
      changes: 0,
      failed: 0,
      lastChangeMs: null,
      caughtUp: true,
    };
    const book = this.of(job);
    this.#put({ ...book, stretches: [...book.stretches, stretch].slice(-mostStretches) });
    return stretch;
  }

  /** Of the stretch that goes on, if one does. */
  change(job: JobId, change: (stretch: CaptureStretch) => Partial<CaptureStretch>): void {
    const book = this.of(job);
    const last = book.stretches.at(-1);
    if (last === undefined || last.end !== null) return;
    this.#put({ ...book, stretches: [...book.stretches.slice(0, -1), { ...last, ...change(last) }] });
  }

  beat(job: JobId): void {
    this.change(job, () => ({ untilMs: this.#parts.clock.nowMs() }));
  }

  /** Interrupted: it surely went on until it was last heard of. */
  end(job: JobId, end: StretchEnd): void {
    const nowMs = this.#parts.clock.nowMs();
    this.change(job, ({ untilMs }) => ({ end, untilMs: end === 'interrupted' ? untilMs : nowMs }));
  }

  needScan(job: JobId, because: ScanReason): void {
    const book = this.of(job);
    if (book.scanDue !== null) return;
    this.#put({ ...book, scanDue: { sinceMs: this.#parts.clock.nowMs(), because } });
  }

  /** It lacks something until a run serves it that began after this. */
  missed(job: JobId, { storage, failure }: Pick<CaptureMiss, 'storage' | 'failure'>): void {
    const book = this.of(job);
    const { missed = [] } = book;
    const nowMs = this.#parts.clock.nowMs();
    const sinceMs = missed.find((one) => one.storage === storage)?.sinceMs ?? nowMs;
    const others = missed.filter((one) => one.storage !== storage);
    this.#put({ ...book, missed: [...others, { storage, sinceMs, atMs: nowMs, failure }] });
  }

  served(job: JobId, storage: StorageId, beganMs: number): void {
    const book = this.of(job);
    const { missed = [] } = book;
    const left = missed.filter((one) => one.storage !== storage || one.atMs > beganMs);
    if (left.length !== missed.length) this.#put({ ...book, missed: left });
  }

  /** What was noticed to be missing after the scan began, it may not have seen. */
  scanned(job: JobId, beganMs: number): void {
    const book = this.of(job);
    if (book.scanDue !== null && book.scanDue.sinceMs <= beganMs) this.#put({ ...book, scanDue: null });
  }

  #put(book: CaptureBook): void {
    this.#parts.store.putCapture(book);
    this.#parts.changed('jobs');
  }
}
