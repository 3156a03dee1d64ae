import type { Event } from '@parcel/watcher';
import { errnoOf } from '../kernel/file-failure.ts';
import type { FileSystem } from '../kernel/file-system.ts';
import type { NativeWatcher } from './native-watcher.ts';

/** A directory as a person named it, and where it is: the system tells of changes there. */
export interface Root {
  readonly named: string;
  readonly real: string;
}

/** What a directory held when all of it had been told, in a file of the profile: what changed since can be asked for. */
export class Snapshot {
  readonly root: Root;
  readonly #native: NativeWatcher;
  readonly #files: FileSystem;
  readonly #path: string;

  constructor(native: NativeWatcher, files: FileSystem, root: Root, path: string) {
    this.#native = native;
    this.#files = files;
    this.root = root;
    this.#path = path;
  }

  /** Undefined: there is none, or none that can be used. */
  async eventsSince(): Promise<readonly Event[] | undefined> {
    if (this.#files.stat(this.#path) === undefined) return undefined;
    try {
      return await this.#native.getEventsSince(this.root.real, this.#path);
    } catch {
      return undefined; // whatever is wrong with it: a scan sees everything
    }
  }

  /**
   * As it is now, beside the one in use; to be called once all that was told until now is stored. Not before: what is told and not stored when
   * the program is killed must be told again.
   */
  async take(): Promise<() => void> {
    const next = `${this.#path}.next`;
    try {
      await this.#native.writeSnapshot(this.root.real, next);
    } catch {
      return () => undefined; // the older one tells more than need be, which costs time and nothing else
    }
    return () => this.#replace(next);
  }

  #replace(next: string): void {
    try {
      this.#sync(next);
      this.#files.rename(next, this.#path);
    } catch (error) {
      if (errnoOf(error) === undefined) throw error;
      // As above: the older one stays.
    }
  }

  #sync(path: string): void {
    const file = this.#files.open(path, 'append');
    try {
      file.sync();
    } finally {
      file.close();
    }
  }
}
