import { StrataError } from '../../shared/domain/strata-error.ts';
import type { Content } from '../kernel/content.ts';
import { errnoOf } from '../kernel/file-failure.ts';
import type { FileHandle, FileSystem } from '../kernel/file-system.ts';

export type FileContent = Extract<Content, { kind: 'file' }>;

/**
 * A file that must be, from opening to the last byte, what was sighted. What the system says about it concerns this item alone.
 * Caller's duty: `finish` before what was read is believed, `close` always.
 */
export class StableFile {
  readonly #handle: FileHandle;
  readonly #content: FileContent;
  #left: number;

  private constructor(handle: FileHandle, content: FileContent) {
    this.#handle = handle;
    this.#content = content;
    this.#left = content.sizeBytes;
  }

  static open(files: FileSystem, content: FileContent): StableFile {
    const handle = sayUnreadable(content, () => files.open(content.path, 'read-no-follow'));
    try {
      requireSame(content, handle);
    } catch (error) {
      handle.close();
      throw error;
    }
    return new StableFile(handle, content);
  }

  /** Its extended attributes, where they belong to what is stored and it has any. */
  attributes(): ReadonlyMap<string, Uint8Array> | undefined {
    if (this.#content.changeNs === undefined) return undefined;
    const attributes = sayUnreadable(this.#content, () => this.#handle.readAttributes());
    return attributes.size === 0 ? undefined : attributes;
  }

  /** So much of it, or all there is: a look ahead, after which reading begins at the beginning all the same. */
  beginning(mostBytes: number): Uint8Array {
    const bytes = new Uint8Array(Math.min(mostBytes, this.#content.sizeBytes));
    for (let at = 0; at < bytes.length; ) {
      const length = sayUnreadable(this.#content, () => this.#handle.read(bytes.subarray(at), at));
      if (length === 0) throw changed(this.#content);
      at += length;
    }
    return bytes;
  }

  /** Fills `into`, or its beginning where less is left; returns how much. A file that ends early has changed. */
  read(into: Uint8Array): number {
    const wanted = Math.min(into.length, this.#left);
    let got = 0;
    while (got < wanted) {
      const part = into.subarray(got, wanted);
      const length = sayUnreadable(this.#content, () => this.#handle.read(part, null));
      if (length === 0) throw changed(this.#content);
      got += length;
    }
    this.#left -= got;
    return got;
  }

  /** Throws unless the file still is what was sighted. */
  finish(): void {
    requireSame(this.#content, this.#handle);
  }

  close(): void {
    this.#handle.close();
  }
}

function requireSame(content: FileContent, handle: FileHandle): void {
  const stat = sayUnreadable(content, () => handle.stat());
  const isSame =
    stat.type === 'file' &&
    stat.sizeBytes === content.sizeBytes &&
    stat.modifyNs === content.modifyNs &&
    stat.inode === content.inode &&
    (content.changeNs === undefined || stat.changeNs === content.changeNs);
  if (!isSame) throw changed(content);
}

const changed = (content: FileContent): StrataError =>
  new StrataError('item.changed-while-reading', 'later', { item: content.path });

function sayUnreadable<T>(content: FileContent, action: () => T): T {
  try {
    return action();
  } catch (error) {
    const errno = errnoOf(error);
    if (errno === undefined) throw error;
    // It was there when it was sighted, or was no link then.
    if (errno === 'ENOENT' || errno === 'ENOTDIR' || errno === 'ELOOP') throw changed(content);
    throw new StrataError('item.unreadable', 'later', { item: content.path, reason: errno }, { cause: error });
  }
}
