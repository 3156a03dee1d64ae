import type { StorageId } from '../../shared/domain/ids.ts';
import { isStrataError } from '../../shared/domain/strata-error.ts';
import type { ScrubMark, StoredStorage } from '../catalog/index.ts';
import type { RunContext } from '../kernel/run-context.ts';
import { duePacks, endRound, nextDueMs, readSlice, type Verification } from '../maintenance/index.ts';
import type { Checks } from './checks.ts';
import { known } from './names.ts';
import type { OpenStorage, OpenStorages } from './open-storages.ts';
import type { Parts } from './parts.ts';
import type { ReadingBooks } from './reading-books.ts';

const dayMs = 86_400_000;
/** So long it reads in one go, and rests 19 times as long as it worked: a twentieth of the time, whatever the disk. */
const sliceMs = 3000;
const restsFor = 19;
/** Where nothing was due, or something did not work, nobody looks again for so long. */
const quietMs = 3_600_000;
/** What a person sees who turned it off. */
const usualDays = 30;

type ScrubParts = Pick<Parts, 'store' | 'runs' | 'clock' | 'random' | 'log' | 'changed'>;
type ScrubbedStorages = Pick<OpenStorages, 'isOpen' | 'use' | 'refresh' | 'onLock'>;

interface Slice {
  readonly storage: StorageId;
  readonly stop: AbortController;
  readonly ended: Promise<void>;
}

/** What a person sees of it: what was read back, and what comes next. */
export interface VerificationView extends Verification {
  /** Whether packs are read again by themselves. */
  scrubs: boolean;
  nextDueMs: number | null;
  lastRoundAtMs: number | null;
}

/**
 * Reads every pack again within the days of its storage, a little at each tick, and never while anything else goes on there. A round begins
 * once a day at most, when something is due; its end is a run.
 */
export class Scrubs {
  readonly #parts: ScrubParts;
  readonly #open: ScrubbedStorages;
  readonly #books: ReadingBooks;
  readonly #checks: Checks;
  readonly #quietUntilMs = new Map<StorageId, number>();
  /** Where the round at hand has told already that something is damaged: the rest is told at its end. */
  readonly #told = new Set<StorageId>();
  #restUntilMs = 0;
  #slice: Slice | undefined;
  #isClosed = false;

  constructor(parts: ScrubParts, open: ScrubbedStorages, books: ReadingBooks, checks: Checks) {
    this.#parts = parts;
    this.#open = open;
    this.#books = books;
    this.#checks = checks;
    open.onLock((storage, purpose) => {
      if (purpose !== 'check') this.yield(storage);
    });
  }

  /** Begins at most one slice, which goes on by itself, or ends a round. Gives the number of runs that it started. */
  async tick(): Promise<number> {
    for (const stored of this.#parts.store.storages()) {
      if (!this.#mayRead(stored)) continue;
      try {
        const started = await this.#goOn(stored);
        if (started !== undefined) return started;
      } catch (error) {
        if (!isStrataError(error)) throw error;
        this.#leaveAlone(stored.id, quietMs);
        this.#parts.log.warn('scrub.not-started', { storage: stored.id, code: error.code });
      }
    }
    return 0;
  }

  /** Whoever needs the storage goes first. */
  yield(storage: StorageId): void {
    if (this.#slice?.storage === storage) this.#slice.stop.abort();
  }

  /** Resolves when what is being read is read. */
  async settled(): Promise<void> {
    await this.#slice?.ended;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#slice?.stop.abort();
    await this.settled();
  }

  view(open: OpenStorage): VerificationView {
    const { settings, scrub } = open.stored;
    const nowMs = this.#parts.clock.nowMs();
    const days = settings.scrubDays ?? usualDays;
    return {
      ...this.#books.verification(open, days, nowMs),
      scrubs: settings.scrubDays !== null,
      nextDueMs: settings.scrubDays === null ? null : this.#nextMs(open, settings.scrubDays, nowMs),
      lastRoundAtMs: scrub.lastRoundAtMs,
    };
  }

  #nextMs(open: OpenStorage, days: number, nowMs: number): number | null {
    const dueMs = nextDueMs(this.#books.packs(open), this.#books.of(open.stored.id).all(), { days, nowMs });
    return dueMs === null ? null : Math.max(dueMs, beginsMs(open.stored.scrub, days, nowMs));
  }

  #mayRead({ id, settings }: StoredStorage): boolean {
    const { clock, runs } = this.#parts;
    if (this.#isClosed || this.#slice !== undefined || clock.monotonicMs() < this.#restUntilMs) return false;
    if (settings.scrubDays === null || !this.#open.isOpen(id)) return false;
    return clock.monotonicMs() >= (this.#quietUntilMs.get(id) ?? 0) && !runs.going().some(({ storage }) => storage === id);
  }

  /** Undefined: nothing is to be done here now. */
  async #goOn({ id, scrub }: StoredStorage): Promise<number | undefined> {
    const { clock } = this.#parts;
    const nowMs = clock.nowMs();
    const open = this.#open.refresh(await this.#open.use(id));
    const days = open.stored.settings.scrubDays ?? usualDays;
    const sinceMs = scrub.roundSinceMs !== null && scrub.roundSinceMs <= nowMs ? scrub.roundSinceMs : null;
    if (sinceMs === null && nowMs < beginsMs(scrub, days, nowMs)) return undefined;
    const due = duePacks(this.#books.packs(open), this.#books.of(id).all(), { days, nowMs });
    if (sinceMs === null && due.length === 0) {
      this.#leaveAlone(id, Math.min(quietMs, roundMs(days)));
      return undefined;
    }
    if (sinceMs === null) this.#mark(id, { ...scrub, roundSinceMs: nowMs });
    else if (due.length === 0 || nowMs - sinceMs >= roundMs(days)) return this.#report(open, sinceMs, 'ends');
    this.#beginSlice(open, due, sinceMs ?? nowMs);
    return 0;
  }

  #beginSlice(open: OpenStorage, due: ReturnType<typeof duePacks>, sinceMs: number): void {
    const { id } = open.stored;
    const stop = new AbortController();
    // Not before it can be found in `#slice`.
    const ended = Promise.resolve().then(() => this.#read(open, due, sinceMs, stop.signal));
    this.#slice = { storage: id, stop, ended };
  }

  async #read(open: OpenStorage, packs: ReturnType<typeof duePacks>, sinceMs: number, yields: AbortSignal): Promise<void> {
    const { clock, log } = this.#parts;
    const { id } = open.stored;
    const startMs = clock.monotonicMs();
    try {
      const book = this.#books.of(id);
      const { isAll, damaged } = await readSlice({ storage: open.storage, packs, book, mostMs: sliceMs, clock, yields });
      this.#rest(startMs);
      // What is found is told at once, and what else is found that day at its end.
      if (damaged > 0 && !this.#told.has(id) && !this.#isClosed) this.#report(open, sinceMs, 'goes on');
      else if (isAll) this.#parts.changed('storages');
    } catch (error) {
      this.#rest(startMs);
      this.#leaveAlone(id, quietMs);
      if (isStrataError(error)) log.warn('scrub.broken-off', { storage: id, code: error.code });
      else log.error('bug', { stack: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    } finally {
      this.#slice = undefined;
    }
  }

  #leaveAlone(id: StorageId, forMs: number): void {
    this.#quietUntilMs.set(id, this.#parts.clock.monotonicMs() + forMs);
  }

  #rest(startMs: number): void {
    const nowMs = this.#parts.clock.monotonicMs();
    this.#restUntilMs = nowMs + restsFor * (nowMs - startMs);
  }

  /** Of what the round read so far. */
  #report(open: OpenStorage, sinceMs: number, round: 'ends' | 'goes on'): number {
    const { id } = open.stored;
    const { random, clock } = this.#parts;
    if (round === 'ends') this.#told.delete(id);
    else this.#told.add(id);
    this.#checks.start(open, 'schedule', async (run: RunContext) => {
      const startMs = clock.monotonicMs();
      try {
        const { storage, catalog } = this.#open.refresh(open);
        const report = await endRound({ storage, catalog, book: this.#books.of(id), random, sinceMs }, run);
        this.#mark(id, { roundSinceMs: round === 'ends' ? null : clock.nowMs(), lastRoundAtMs: sinceMs });
        return report;
      } catch (error) {
        this.#leaveAlone(id, quietMs);
        throw error;
      } finally {
        this.#rest(startMs);
      }
    });
    return 1;
  }

  #mark(id: StorageId, scrub: ScrubMark): void {
    const stored = known('storage', id, this.#parts.store.storages());
    this.#parts.store.putStorage({ ...stored, scrub });
  }
}

/** How far rounds are apart at least: once a day, and for who wants it sooner often enough to get it. */
const roundMs = (days: number): number => Math.min(dayMs, (days * dayMs) / 10);

/** From when on a round may begin. A last one that lies ahead was dated by a wrong clock. */
function beginsMs({ lastRoundAtMs }: ScrubMark, days: number, nowMs: number): number {
  return lastRoundAtMs === null || lastRoundAtMs > nowMs ? nowMs : lastRoundAtMs + roundMs(days);
}
