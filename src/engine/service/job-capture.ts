import type { ScanReason, StretchEnd } from '../../shared/domain/capture.ts';
import type { SourceId, StorageId } from '../../shared/domain/ids.ts';
import { type Failure, failureOf, isStrataError } from '../../shared/domain/strata-error.ts';
import { ChangeCollector, type Pace, WatchKeeper } from '../capture/index.ts';
import type { StoredJob } from '../catalog/index.ts';
import type { ChangeNotice } from '../sources/source.ts';
import type { CaptureBooks } from './capture-books.ts';
import { type LeftOut, placesNow, storeInEach, type StoredPart } from './capture-places.ts';
import type { CaptureView, SourceWatchView } from './capture-view.ts';
import { cycleOf, type CycleServices } from './job-cycle.ts';
import { storagesOf } from './job-storages.ts';
import { known } from './names.ts';
import { CountingRun } from './quiet-run.ts';
import { sourceFor } from './source-factory.ts';

/** While somebody else works on the storage. */
const pauseWhileBusyMs = 3000;
/** After a failure; doubled each time up to the longest. */
const pauseAfterFailureMs = 15_000;
const longestPauseMs = 15 * 60_000;
/** What a watcher keeps in mind of a large disk is large: it does so now and then only. What is told twice costs a look. */
const markEveryMs = 5 * 60_000;

/** One job's capture while it goes on: its watchers, what they told, and the limited cycles that follow. */
export class JobCapture {
  readonly #services: CycleServices;
  readonly #books: CaptureBooks;
  readonly #job: StoredJob;
  readonly #collector: ChangeCollector;
  readonly #keepers = new Map<SourceId, WatchKeeper>();
  readonly #stop = new AbortController();
  readonly #ended: Promise<void>;
  readonly #stretch: ReturnType<CaptureBooks['begin']>;
  #ring: () => void = () => undefined;
  #storing: { readonly soon: AbortController; readonly ended: Promise<void> } | undefined;
  #failure: Failure | null = null;
  #heldSinceMs: number | null = null;
  #failures = 0;
  #markedMs: number;

  constructor(services: CycleServices, books: CaptureBooks, job: StoredJob, pace: Pace) {
    this.#services = services;
    this.#books = books;
    this.#job = job;
    this.#collector = new ChangeCollector(services.parts.clock, pace);
    this.#markedMs = services.parts.clock.monotonicMs();
    this.#stretch = books.begin(job.id);
    for (const source of job.sources) this.#keepers.set(source, this.#keeperOf(source));
    this.#ended = this.#go();
  }

  get storages(): readonly StorageId[] {
    return storagesOf(this.#job);
  }

  view(): Partial<CaptureView> & Pick<CaptureView, 'state'> {
    const stretch = this.#books.of(this.#job.id).stretches.at(-1) ?? this.#stretch;
    return {
      state: this.#storing !== undefined ? 'storing' : this.#failure === null ? 'watching' : 'waiting',
      failure: this.#failure,
      sources: [...this.#keepers].map(([source, { state }]) => sourceView(source, state)),
      lastChangeMs: stretch.lastChangeMs,
      sinceMs: stretch.fromMs,
      changes: stretch.changes,
      pending: this.#collector.folders,
    };
  }

  beat(): void {
    this.#books.beat(this.#job.id);
  }

  /** What is noticed from now on is looked at once the scan has ended; what was noticed until now it sees. */
  async scanBegins(): Promise<(isWhole: boolean) => void> {
    const marks = await this.#marks([...this.#keepers.keys()]);
    const before = this.#collector.isEmpty ? undefined : this.#collector.take();
    if (before !== undefined) this.#collector.giveBack();
    return (isWhole) => {
      if (isWhole) for (const mark of marks) mark();
      else if (before !== undefined) this.#collector.putBack(before, pauseAfterFailureMs);
      this.#failure = null;
      this.#failures = 0;
      this.#ring();
    };
  }

  /** Until nothing of it is being stored. */
  async settle(): Promise<void> {
    this.#storing?.soon.abort();
    await this.#storing?.ended;
  }

  async close(end: StretchEnd): Promise<void> {
    await this.settle();
    this.#stop.abort();
    this.#ring();
    await this.#ended;
    // Nothing waits: all that was told is stored, and the next start can go on from here.
    if (this.#collector.isEmpty && end !== 'interrupted') for (const mark of await this.#marks([...this.#keepers.keys()])) mark();
    await Promise.all([...this.#keepers.values()].map((keeper) => keeper.close()));
    this.#books.end(this.#job.id, end);
  }

  #keeperOf(id: SourceId): WatchKeeper {
    const { parts, sources } = this.#services;
    const { settings } = known('source', id, parts.store.sources());
    const { clock, random, log, store, profile } = parts;
    return new WatchKeeper({
      clock,
      random,
      log,
      source: sourceFor(settings, sources.credentialReader(id), parts, sources.paces.inRun(id)),
      memory: profile.watchPath(id),
      ownPaths: [profile.directory, ...store.storages().map(({ path }) => path)],
      tell: (notice) => this.#hear(id, notice),
      lost: () => this.#parts().changed('jobs'),
      changed: () => this.#parts().changed('jobs'),
    });
  }

  #parts(): CycleServices['parts'] {
    return this.#services.parts;
  }

  #hear(source: SourceId, notice: ChangeNotice): void {
    if (notice.kind === 'everything') this.#needScan(notice.because);
    else if (!this.#collector.add(source, notice.folders)) this.#needScan('overflow');
    this.#ring();
  }

  #needScan(because: ScanReason): void {
    if (because === 'beginning') this.#books.change(this.#job.id, () => ({ caughtUp: false }));
    this.#books.needScan(this.#job.id, because);
  }

  async #go(): Promise<void> {
    const { clock } = this.#parts();
    const { signal } = this.#stop;
    while (!signal.aborted) {
      const waitMs = this.#collector.waitMs();
      if (waitMs === 0) await this.#storeNow();
      else await this.#rungOr((rung) => (waitMs === null ? forEver(rung) : clock.sleep(waitMs, rung)));
    }
  }

  async #rungOr(wait: (rung: AbortSignal) => Promise<void>): Promise<void> {
    const rung = new AbortController();
    this.#ring = () => rung.abort();
    await wait(AbortSignal.any([rung.signal, this.#stop.signal]));
  }

  async #storeNow(): Promise<void> {
    const free = this.#free();
    if (free === undefined) {
      await this.#parts().clock.sleep(pauseWhileBusyMs, this.#stop.signal);
      return;
    }
    const soon = new AbortController();
    const stored = this.#store(free, soon.signal);
    this.#storing = { soon, ended: stored };
    await stored;
    this.#storing = undefined;
    this.#parts().changed('jobs');
  }

  #free(): readonly StorageId[] | undefined {
    const { runs, clock } = this.#parts();
    const nowMs = clock.monotonicMs();
    const free = placesNow(this.#job, runs.going(), nowMs - (this.#heldSinceMs ?? nowMs));
    this.#heldSinceMs = free === undefined ? (this.#heldSinceMs ?? nowMs) : null;
    return free;
  }

  /** Never throws: what failed is put back, and told. */
  async #store(storages: readonly StorageId[], soon: AbortSignal): Promise<void> {
    const marks = this.#isMarkDue() ? await this.#marks([...this.#keepers.keys()]) : [];
    const taken = this.#collector.take();
    try {
      const { parts, leftOut } = await storeInEach(storages, (storage) => this.#cycle(storage, taken, soon));
      const [first] = parts;
      if (first === undefined) return this.#fail(taken, leftOut[0]?.failure ?? notServed(''));
      this.#note(parts);
      if (parts.some(({ outcome }) => outcome.kind === 'stopped')) return this.#collector.putBack(taken, pauseWhileBusyMs);
      const [failed] = parts.flatMap(({ outcome }) => outcome.failures);
      if (failed !== undefined) return this.#fail(taken, failed);
      this.#leaveOut([...leftOut, ...this.#busy(storages)]);
      this.#failure = null;
      this.#failures = 0;
      if (parts.every(({ outcome, run }) => outcome.needScan.length === 0 && run.counted.failed === 0))
        for (const mark of marks) mark();
    } catch (error) {
      if (!isStrataError(error) && !this.#stop.signal.aborted)
        this.#parts().log.error('bug', { stack: String((error as Error).stack) });
      this.#fail(taken, failureOf(error));
    }
  }

  #busy(free: readonly StorageId[]): readonly LeftOut[] {
    const stored = this.#parts().store.storages();
    const nameOf = (id: StorageId): string => stored.find((one) => one.id === id)?.name ?? '';
    return this.storages.filter((id) => !free.includes(id)).map((storage) => ({ storage, failure: notServed(nameOf(storage)) }));
  }

  /** Written down before what was noticed is let go: a run into each alone brings it. */
  #leaveOut(leftOut: readonly LeftOut[]): void {
    for (const one of leftOut) {
      this.#books.missed(this.#job.id, one);
      this.#parts().log.warn('capture.missed', { job: this.#job.id, storage: one.storage, code: one.failure.code });
    }
  }

  async #cycle(storage: StorageId, only: ReadonlyMap<SourceId, ReadonlySet<string>>, soon: AbortSignal): Promise<StoredPart> {
    const { open: storages, parts } = this.#services;
    const run = new CountingRun(parts.clock, parts.log, this.#stop.signal, soon);
    const job = known('job', this.#job.id, parts.store.jobs());
    const open = storages.refresh(await storages.use(storage));
    open.storage.assertWritable();
    const lock = open.storage.lock('backup', 'write');
    const running = { id: this.#stretch.run, counts: () => run.counted };
    return { outcome: await cycleOf(this.#services, { job, open, lock, running, only }, run), run };
  }

  /** Changes are counted once, in whichever storage has most of them: one that was caught up with since has fewer. */
  #note(parts: readonly StoredPart[]): void {
    if (parts.some(({ outcome }) => outcome.needScan.length > 0)) this.#needScan('much');
    const failed = Math.max(...parts.map(({ run }) => run.counted.failed));
    const alarms = parts.some(({ outcome }) => outcome.alarms.length > 0);
    if (failed > 0 || alarms) this.#needScan(failed > 0 ? 'failed' : 'much');
    const changes = Math.max(...parts.map(({ run: { counted } }) => changesOf(counted)));
    if (changes === 0) return this.#collector.giveBack();
    const nowMs = this.#parts().clock.nowMs();
    this.#books.change(this.#job.id, (stretch) => ({
      untilMs: nowMs,
      lastChangeMs: nowMs,
      commits: stretch.commits + 1,
      changes: stretch.changes + changes,
      failed: stretch.failed + failed,
    }));
    this.#parts().changed('storages');
  }

  #fail(taken: ReadonlyMap<SourceId, ReadonlySet<string>>, failure: Failure): void {
    this.#failure = failure;
    this.#collector.giveBack();
    this.#collector.putBack(taken, Math.min(longestPauseMs, pauseAfterFailureMs * 2 ** Math.min(this.#failures, 20)));
    this.#failures += 1;
    this.#parts().log.warn('capture.failed', { job: this.#job.id, code: failure.code });
  }

  #isMarkDue(): boolean {
    return this.#parts().clock.monotonicMs() - this.#markedMs >= markEveryMs;
  }

  async #marks(sources: readonly SourceId[]): Promise<(() => void)[]> {
    this.#markedMs = this.#parts().clock.monotonicMs();
    const keepers = sources.flatMap((source) => this.#keepers.get(source) ?? []);
    const marks = await Promise.all(keepers.map((keeper) => keeper.mark()));
    return marks.filter((mark) => mark !== undefined);
  }
}

const changesOf = ({ new: added, changed, metadataOnly, moved, vanished }: CountingRun['counted']): number =>
  added + changed + metadataOnly + moved + vanished;

const notServed = (name: string): Failure => ({ code: 'storage.not-served', retry: 'later', facts: { name } });

const forEver = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });

function sourceView(source: SourceId, state: WatchKeeper['state']): SourceWatchView {
  const nothing = { source, everyMs: null, because: null, places: null, failure: null };
  if (state.kind === 'lost') return { ...nothing, state: 'lost', failure: state.failure };
  if (state.kind !== 'watching') return { ...nothing, state: state.kind };
  const { by, everyMs, because, places } = state;
  return { ...nothing, state: by, everyMs, because: because ?? null, places };
}
