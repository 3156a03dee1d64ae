import { errnoOf } from '../../kernel/file-failure.ts';
import type { FileHandle, FileSystem } from '../../kernel/file-system.ts';
import { type AccountNames, readAccountNames } from '../account-names.ts';
import { asItemFailure } from '../destination-failure.ts';
import { giveName, takeBack } from '../destination-naming.ts';
import type { FileProperties } from '../file-properties.ts';
import { beginFile } from './destination-file.ts';
import { type LostProperties, type PropertyCalls, PropertyWriter } from './destination-properties.ts';
import { writeWithHoles } from './holes.ts';

/** A file that only lacks its bytes. Both paths lead through a directory that the session holds open until the order is settled. */
export interface FileOrder {
  readonly aside: string;
  readonly path: string;
  /** For reports. */
  readonly item: string;
  readonly properties: FileProperties;
  readonly how: 'create' | 'replace';
  readonly isPrivileged: boolean;
}

/** No such call here, or not on this disk. */
const noSuchCall: ReadonlySet<string> = new Set(['ENOSYS', 'EINVAL', 'ENOTSUP', 'EOPNOTSUPP']);

/**
 * What `writeFile` does, in a thread of its own and with as few calls as there can be, because a small file is little else:
 * written aside, given its properties while it is open, and only then named. Synced only where it replaces another.
 */
export class FileReceiver {
  readonly #files: FileSystem;
  readonly #accounts: AccountNames;
  readonly #writers = new Map<boolean, PropertyWriter>();
  #open: FileHandle | undefined;

  constructor(files: FileSystem) {
    this.#files = files;
    this.#accounts = readAccountNames(files);
  }

  /** Answers with what the file could not be given. */
  receive(order: FileOrder, content: Iterable<Uint8Array> | undefined): LostProperties[] {
    const { aside, path, item, how } = order;
    try {
      try {
        this.#write(order, content);
        this.#giveName(aside, path, how);
      } catch (error) {
        takeBack(aside, this.#files);
        throw error;
      }
    } catch (error) {
      throw asItemFailure(error, item);
    }
    return this.#writer(order.isPrivileged).take();
  }

  #write(order: FileOrder, content: Iterable<Uint8Array> | undefined): void {
    const { aside, properties, item, how } = order;
    const handle = beginFile(aside, this.#files);
    this.#open = handle;
    try {
      copy(content ?? [], handle, properties.sparse === true);
      this.#writer(order.isPrivileged).apply(aside, properties, item);
      if (how === 'replace') handle.sync();
    } finally {
      this.#open = undefined;
      handle.close();
    }
  }

  #giveName(aside: string, path: string, how: 'create' | 'replace'): void {
    try {
      if (how === 'create') return this.#files.renameToFree(aside, path);
    } catch (error) {
      if (!noSuchCall.has(errnoOf(error) ?? '')) throw error;
    }
    giveName(aside, path, how, this.#files);
  }

  #writer(isPrivileged: boolean): PropertyWriter {
    const writer =
      this.#writers.get(isPrivileged) ?? new PropertyWriter({ files: this.#calls(), accounts: this.#accounts, isPrivileged });
    this.#writers.set(isPrivileged, writer);
    return writer;
  }

  /** Through what is open: the way down to a path costs more than the call itself. */
  #calls(): PropertyCalls {
    const handle = (): FileHandle => {
      if (this.#open === undefined) throw new Error('no file is open');
      return this.#open;
    };
    return {
      lstat: () => handle().stat(),
      setOwner: (_, uid, gid) => handle().setOwner(uid, gid),
      setMode: (_, mode) => handle().setMode(mode),
      setTimes: (_, accessNs, modifyNs) => handle().setTimes(accessNs, modifyNs),
      writeAttribute: (path, name, value) => this.#files.writeAttribute(path, name, value),
    };
  }
}

function copy(content: Iterable<Uint8Array>, handle: FileHandle, isSparse: boolean): void {
  let size = 0;
  for (const chunk of content) {
    if (isSparse) writeWithHoles(handle, chunk, size);
    else handle.write(chunk);
    size += chunk.length;
  }
  // A hole at the end was not written at all.
  if (isSparse) handle.extendTo(size);
}
