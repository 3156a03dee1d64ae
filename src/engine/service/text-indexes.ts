import type { RunId, StorageId } from '../../shared/domain/ids.ts';
import type { RunTrigger } from '../../shared/domain/run.ts';
import { isStrataError } from '../../shared/domain/strata-error.ts';
import { openTextIndex, removeTextIndex, type StoredStorage, type TextIndex } from '../catalog/index.ts';
import type { RunEnd } from '../jobs/index.ts';
import type { RunContext } from '../kernel/run-context.ts';
import type { StorageLock } from '../storage/index.ts';
import type { OpenStorage, OpenStorages } from './open-storages.ts';
import type { Parts } from './parts.ts';
import { cleanIndex, type FillingParts, fillStep, forgetGone } from './text-filling.ts';
import { TextThread } from './text-thread.ts';

/** What takes longer is a run, which everybody sees and can stop. */
const quietForMs = 1000;
/** So long a lock is held at a time; it is given back at once to whoever wants one. */
const sliceMs = 3000;
const waitMs = 500;
/** After a failure nobody looks again for so long, but for who is asked to. */
const quietAfterFailureMs = 3_600_000;

/** What a person sees of it. */
export interface TextsView {
  isOn: boolean;
  /** Contents that were looked at, of those that may say something. */
  done: number;
  total: number;
  /** Of them: what could not be read. */
  unread: number;
  /** On this computer. */
  bytes: number;
  run: RunId | null;
}

interface Held {
  readonly index: TextIndex;
  /** Aborted when it is closed. */
  readonly closed: AbortController;
  /** Somebody needs the storage. */
  yields: AbortController;
  filling: Promise<RunId | null> | undefined;
  total: { readonly sequence: number; readonly count: number } | undefined;
}

type Slice = 'done' | 'more' | 'others';

/** Indexes of what items say, of the storages that want one: filled in turns from the storage, while nothing else goes on there. */
export class TextIndexes {
  readonly #parts: Parts;
  readonly #open: OpenStorages;
  readonly #thread: TextThread;
  readonly #held = new Map<StorageId, Held>();
  readonly #runs = new Map<StorageId, RunId>();
  readonly #quietUntilMs = new Map<StorageId, number>();
  #isClosed = false;

  constructor(parts: Parts, open: OpenStorages) {
    this.#parts = parts;
    this.#open = open;
    this.#thread = new TextThread(parts);
    open.onLock((storage) => this.#held.get(storage)?.yields.abort());
    open.onClose((storage) => this.#close(storage));
  }

  /** To search in; undefined where the storage wants none. */
  hits(open: OpenStorage): TextIndex | undefined {
    return this.#isWanted(open.stored.id) ? this.#of(open).index : undefined;
  }

  async view(id: StorageId): Promise<TextsView> {
    const run = this.#runs.get(id) ?? null;
    if (!this.#isWanted(id)) return { isOn: false, done: 0, total: 0, unread: 0, bytes: 0, run };
    const open = await this.#open.use(id);
    const held = this.#of(open);
    const total = this.#total(open, held);
    const left = open.catalog.textContents.count(held.index.mark().position);
    const bytes = this.#parts.files.stat(this.#parts.profile.textIndexPath(id))?.sizeBytes ?? 0;
    return { isOn: true, done: total - left, total, unread: held.index.counts().unread, bytes, run };
  }

  /** Null: it is done, or goes on by itself when what else goes on is over. */
  async fill(id: StorageId, trigger: RunTrigger): Promise<RunId | null> {
    if (!this.#isWanted(id)) return null;
    const open = this.#open.refresh(await this.#open.use(id));
    const held = this.#of(open);
    this.#quietUntilMs.delete(id);
    held.filling ??= this.#filling(open.stored, held, trigger).finally(() => {
      if (!this.#runs.has(id)) held.filling = undefined;
    });
    return held.filling;
  }

  /** After what others did, and where an engine ended before it was done. */
  async tick(): Promise<number> {
    let started = 0;
    for (const { id } of this.#parts.store.storages()) {
      if (!this.#isWanted(id) || !this.#open.isOpen(id) || this.#isBusy(id)) continue;
      if (this.#parts.clock.monotonicMs() < (this.#quietUntilMs.get(id) ?? 0)) continue;
      started += await this.#tryFilling(id);
    }
    return started;
  }

  async #tryFilling(id: StorageId): Promise<number> {
    try {
      if (this.#held.get(id)?.filling !== undefined) return 0;
      const open = this.#open.refresh(await this.#open.use(id));
      if (!isBehind(open, this.#of(open).index)) return 0;
      return (await this.fill(id, 'schedule')) === null ? 0 : 1;
    } catch (error) {
      if (!isStrataError(error)) throw error;
      this.#rest(id);
      this.#parts.log.warn('texts.not-filled', { storage: id, code: error.code });
      return 0;
    }
  }

  /** Whatever it was may have saved or removed something. */
  runEnded(storage: StorageId | null): void {
    if (storage === null || this.#isClosed || !this.#isWanted(storage) || !this.#open.isOpen(storage)) return;
    if (this.#parts.clock.monotonicMs() < (this.#quietUntilMs.get(storage) ?? 0)) return;
    void this.#tryFilling(storage);
  }

  /** A person just wants it. */
  wanted(id: StorageId): void {
    this.#quietUntilMs.delete(id);
    if (this.#open.isOpen(id)) void this.#tryFilling(id);
  }

  /** With all that it holds. */
  remove(id: StorageId): void {
    this.#close(id);
    removeTextIndex(this.#parts.files, this.#parts.profile.textIndexPath(id));
  }

  /** What is quiet comes to its end: it takes a second at most. */
  async close(how: 'finish-item' | 'now'): Promise<void> {
    this.#isClosed = true;
    const going = [...this.#held.values()].flatMap(({ filling }) => filling ?? []);
    if (how === 'now') for (const { closed } of this.#held.values()) closed.abort();
    await Promise.allSettled(going);
    await this.#thread.end();
  }

  #isWanted(id: StorageId): boolean {
    return this.#parts.store.storages().some((one) => one.id === id && one.settings.searchBodies === true);
  }

  #isBusy(id: StorageId): boolean {
    return this.#parts.runs.going().some(({ storage, kind }) => storage === id && kind !== 'index-texts');
  }

  #rest(id: StorageId): void {
    this.#quietUntilMs.set(id, this.#parts.clock.monotonicMs() + quietAfterFailureMs);
  }

  #of({ stored: { id }, storage }: OpenStorage): Held {
    const there = this.#held.get(id);
    if (there !== undefined) return there;
    const { files, profile, sqliteBinding } = this.#parts;
    const binding = sqliteBinding === undefined ? {} : { nativeBinding: sqliteBinding };
    const index = openTextIndex({ path: profile.textIndexPath(id), key: storage.catalogKey(), files, ...binding });
    const held: Held = {
      ...{ index, closed: new AbortController(), yields: new AbortController() },
      ...{ filling: undefined, total: undefined },
    };
    this.#held.set(id, held);
    return held;
  }

  #close(id: StorageId): void {
    const held = this.#held.get(id);
    if (held === undefined) return;
    this.#held.delete(id);
    held.closed.abort();
    held.yields.abort();
    held.index.close();
  }

  /** Counting walks over all contents: once for each state. */
  #total({ catalog }: OpenStorage, held: Held): number {
    const { sequence } = catalog.applied();
    if (held.total?.sequence !== sequence) held.total = { sequence, count: catalog.textContents.count(0) };
    return held.total.count;
  }

  async #filling(stored: StoredStorage, held: Held, trigger: RunTrigger): Promise<RunId | null> {
    const { clock, runs } = this.#parts;
    const { id, name } = stored;
    const untilMs = clock.monotonicMs() + quietForMs;
    while (clock.monotonicMs() < untilMs) {
      if ((await this.#slice(id, held, untilMs)) !== 'more') return null;
    }
    if (this.#isClosed || held.closed.signal.aborted) return null;
    const run = runs.start({
      ...{ kind: 'index-texts', job: null, trigger, storage: { id, name } },
      body: (context) => this.#run(id, held, context),
    });
    this.#runs.set(id, run);
    void runs.ended(run).then((ended) => {
      this.#runs.delete(id);
      held.filling = undefined;
      if (ended?.status === 'failed' || ended?.status === 'stopped') this.#rest(id);
    });
    return run;
  }

  async #run(id: StorageId, held: Held, run: RunContext): Promise<RunEnd> {
    let unread = 0;
    const { progress } = run;
    const stop = (): boolean => run.signal.aborted || run.finishSoon.aborted || held.closed.signal.aborted;
    const { done, total } = await this.view(id);
    progress.phase('reading');
    progress.total(total, null);
    progress.done(done, 0);
    while (!stop()) {
      const untilMs = run.clock.monotonicMs() + sliceMs;
      const slice = await this.#slice(id, held, untilMs, {
        done: (count) => progress.done(count, 0),
        isOver: stop,
        unread: ({ manifest }, failure) => {
          unread += 1;
          progress.problem({ failure, source: '', folder: '', item: manifest.name, atMs: run.clock.nowMs() });
        },
      });
      if (slice === 'done') return { status: unread === 0 ? 'success' : 'warning' };
      progress.phase(slice === 'others' ? 'waiting' : 'reading');
      if (slice === 'others') await run.clock.sleep(waitMs, run.signal).catch(() => undefined);
    }
    return { status: 'stopped' };
  }

  /** A stretch of work under a lock of its own. */
  async #slice(id: StorageId, held: Held, untilMs: number, told: Told = silent): Promise<Slice> {
    if (held.closed.signal.aborted || this.#isBusy(id)) return 'others';
    const open = await this.#open.use(id);
    const lock = lockOf(open);
    if (lock === undefined) return 'others';
    held.yields = new AbortController();
    const stop = AbortSignal.any([held.yields.signal, held.closed.signal]);
    stop.addEventListener('abort', () => lock.release(), { once: true });
    try {
      const { clock } = this.#parts;
      const { index } = held;
      const isClosed = (): boolean => held.closed.signal.aborted;
      const parts: FillingParts = { open, index, clock, thread: this.#thread, stop, isClosed, unread: told.unread };
      await forgetGone(parts);
      if (!stop.aborted) await cleanIndex(parts);
      while (!stop.aborted) {
        const done = await fillStep(parts);
        if (done === 0 && !stop.aborted) return 'done';
        told.done(done);
        if (clock.monotonicMs() >= untilMs || told.isOver()) return 'more';
      }
      return 'others';
    } finally {
      if (!stop.aborted) lock.release();
    }
  }
}

interface Told {
  readonly done: (count: number) => void;
  readonly isOver: () => boolean;
  readonly unread: FillingParts['unread'];
}
const silent: Told = { done: () => undefined, isOver: () => false, unread: () => undefined };

/** Asked each minute: a storage of which nothing is to be read is not locked, so that its disk can sleep. */
function isBehind({ catalog }: OpenStorage, index: TextIndex): boolean {
  const { position, sequence, commit } = index.mark();
  const applied = catalog.applied();
  const isSame = sequence === applied.sequence && commit === applied.id;
  return !isSame || index.isUnclean() || catalog.textContents.after(position, 1).length > 0;
}

/** Undefined: somebody has the storage for himself. */
function lockOf({ storage }: OpenStorage): StorageLock | undefined {
  try {
    return storage.lock('rebuild', 'read');
  } catch (error) {
    if (isStrataError(error) && error.code === 'storage.locked') return undefined;
    throw error;
  }
}
