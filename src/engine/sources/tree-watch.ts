import path from 'node:path';
import type { AsyncSubscription, Event } from '@parcel/watcher';
import { type Failure, StrataError } from '../../shared/domain/strata-error.ts';
import type { FileSystem } from '../kernel/file-system.ts';
import { isOnNetwork, noticesKept } from '../kernel/network-place.ts';
import { errnoOf } from '../kernel/file-failure.ts';
import { loadWatcher, type NativeWatcher } from './native-watcher.ts';
import { type Root, Snapshot } from './tree-snapshot.ts';
import type { Watcher, WatchListener } from './source.ts';

export interface TreeWatch {
  /** Absolute directories. */
  readonly roots: readonly string[];
  readonly files: FileSystem;
  /** Of a path below the root: whether anybody is interested in it. */
  readonly matters: (root: string, changed: string) => boolean;
  /** The key of the source's folder in which a changed path lies. */
  readonly folderOf: (root: string, changed: string) => string;
}

const pollMs = 5 * 60_000;
/** A file that is made is told by three notices of the system, of which we see one. */
const noticesPerEvent = 3;
/** New trees that are watched on their own; more, and all is begun anew. */
const mostAdded = 32;

/** Watches whole directories, and tells what changed while nobody did where a snapshot from then is there. */
export async function watchTrees(
  watch: TreeWatch,
  listener: WatchListener,
  load: () => Promise<NativeWatcher> = loadWatcher,
): Promise<Watcher> {
  const trees = new TreeWatcher(watch, listener, await load());
  await trees.begin();
  return trees;
}

class TreeWatcher implements Watcher {
  readonly #watch: TreeWatch;
  readonly #listener: WatchListener;
  readonly #native: NativeWatcher;
  readonly #snapshots: readonly Snapshot[];
  readonly #roots: readonly Root[];
  readonly #subscriptions: AsyncSubscription[] = [];
  readonly #mostAtOnce = (noticesKept() ?? Number.POSITIVE_INFINITY) / noticesPerEvent;
  #added = 0;
  #isClosed = false;
  #polls = false;
  because?: NonNullable<Watcher['because']>;

  constructor(watch: TreeWatch, listener: WatchListener, native: NativeWatcher) {
    this.#watch = watch;
    this.#listener = listener;
    this.#native = native;
    this.#roots = watch.roots.map((named) => ({ named, real: realPathOf(named, watch.files) }));
    this.#snapshots = this.#roots.map((root, index) => new Snapshot(native, watch.files, root, `${listener.memory}-${index}`));
  }

  get by(): Watcher['by'] {
    return this.#polls ? 'polling' : 'events';
  }
  get everyMs(): number | null {
    return this.#polls ? pollMs : null;
  }
  get places(): number {
    return this.#watch.roots.length;
  }

  /** First it listens, then it asks what happened before: so nothing falls between the two. */
  async begin(): Promise<void> {
    if (this.#watch.roots.some((root) => isOnNetwork(root))) this.#poll('network');
    else await this.#subscribeAll();
    let isKnown = true;
    for (const snapshot of this.#snapshots) isKnown = (await this.#catchUp(snapshot)) && isKnown;
    if (!isKnown) this.#listener.tell({ kind: 'everything', because: 'beginning' });
  }

  async mark(): Promise<() => void> {
    const keeps = await Promise.all(this.#snapshots.map((snapshot) => snapshot.take()));
    return () => keeps.forEach((keep) => keep());
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    for (const subscription of this.#subscriptions.splice(0)) {
      // What is gone, or was never there, needs no end.
      await subscription.unsubscribe().catch(() => undefined);
    }
  }

  async #subscribeAll(): Promise<void> {
    try {
      for (const root of this.#roots) await this.#subscribe(root, root.real);
    } catch (error) {
      await this.close();
      this.#isClosed = false;
      if (!isLimit(error)) throw this.#failure(error);
      this.#poll('limit');
    }
  }

  async #subscribe(root: Root, directory: string): Promise<void> {
    const subscription = await this.#native.subscribe(directory, (error, events) => {
      if (this.#isClosed) return;
      if (error === null) this.#take(root, events);
      else this.#broke(error);
    });
    this.#subscriptions.push(subscription);
  }

  #take(root: Root, events: readonly Event[]): void {
    if (events.some((event) => event.type === 'delete' && event.path === root.real)) return this.#lose('ENOENT');
    if (events.length > this.#mostAtOnce) this.#listener.tell({ kind: 'everything', because: 'overflow' });
    this.#tell(root, events);
    for (const { type, path: made } of events) if (type === 'create' && this.#holdsFolders(made)) void this.#add(root, made);
  }

  #tell(root: Root, events: readonly Event[]): void {
    const folders = new Set<string>();
    for (const event of events)
      if (this.#matters(root, event.path)) folders.add(this.#watch.folderOf(root.named, namedAs(root, event.path)));
    if (folders.size > 0) this.#listener.tell({ kind: 'folders', folders: [...folders] });
  }

  /** What this program writes itself must not make it write more. */
  #matters(root: Root, changed: string): boolean {
    if (changed === root.real) return false;
    const isOwn = this.#listener.ownPaths.some((own) => changed === own || changed.startsWith(own + path.sep));
    return !isOwn && this.#watch.matters(root.named, namedAs(root, changed));
  }

  /** A tree that came at once: the system tells of its top, and the watcher knows nothing of the directories that came with it. */
  #holdsFolders(made: string): boolean {
    try {
      const { files } = this.#watch;
      return files.lstat(made)?.type === 'directory' && files.list(made).some(({ type }) => type === 'directory');
    } catch (error) {
      if (errnoOf(error) === undefined) throw error;
      return false; // it has gone again, or lets nobody look
    }
  }

  async #add(root: Root, made: string): Promise<void> {
    if (!this.#matters(root, made)) return;
    this.#added += 1;
    // Begun anew, all of it is watched as one again; what happens meanwhile the snapshot tells.
    if (this.#added > mostAdded) return this.#lose('too many new trees');
    try {
      await this.#subscribe(root, made);
    } catch (error) {
      this.#broke(error);
    }
  }

  async #catchUp(snapshot: Snapshot): Promise<boolean> {
    const events = await snapshot.eventsSince();
    if (events === undefined) return false;
    this.#tell(snapshot.root, events);
    return true;
  }

  #poll(because: NonNullable<Watcher['because']>): void {
    this.#polls = true;
    this.because = because;
    void this.#pollAgainAndAgain();
  }

  async #pollAgainAndAgain(): Promise<void> {
    const { clock, signal, tell } = this.#listener;
    while (!this.#isClosed && !signal.aborted) {
      await clock.sleep(pollMs, signal);
      for (const snapshot of this.#snapshots) {
        if (this.#isClosed || signal.aborted) return;
        // Without one nobody knows what changed: the scan that is due then makes it unnecessary.
        if (!(await this.#catchUp(snapshot))) tell({ kind: 'everything', because: 'beginning' });
      }
    }
  }

  #broke(error: unknown): void {
    // The system dropped some (macOS, Windows): what they were nobody knows.
    if (/must be re-?scanned|dropped/i.test(String(error))) this.#listener.tell({ kind: 'everything', because: 'overflow' });
    else this.#lose(isLimit(error) ? 'ENOSPC' : 'watcher');
  }

  #lose(reason: string): void {
    const failure: Failure = { code: 'source.watch-lost', retry: 'later', facts: { path: this.#watch.roots[0] ?? '', reason } };
    this.#listener.lost(failure);
  }

  #failure(error: unknown): StrataError {
    const gone = this.#watch.roots.find((root) => this.#watch.files.stat(root) === undefined);
    if (gone !== undefined) return new StrataError('source.missing', 'later', { path: gone }, { cause: error });
    return new StrataError(
      'source.watch-lost',
      'later',
      { path: this.#watch.roots[0] ?? '', reason: 'watcher' },
      { cause: error },
    );
  }
}

function realPathOf(named: string, files: FileSystem): string {
  try {
    return files.realPath(named);
  } catch (error) {
    if (errnoOf(error) === undefined) throw error;
    throw new StrataError('source.missing', 'later', { path: named }, { cause: error });
  }
}

const namedAs = ({ named, real }: Root, changed: string): string => named + changed.slice(real.length);

/** inotify's: no more places may be watched, or no more watchers may be made. */
const isLimit = (error: unknown): boolean => /No space left on device|Too many open files/i.test(String(error));
