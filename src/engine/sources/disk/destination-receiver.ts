import { errnoOf } from '../../kernel/file-failure.ts';
import type { FileHandle, FileSystem } from '../../kernel/file-system.ts';
import { type AccountNames, readAccountNames } from '../account-names.ts';
import { asItemFailure } from '../destination-failure.ts';
import { giveName, takeBack } from '../destination-naming.ts';
import { beginFile } from './destination-file.ts';
import { type LostProperties, type PropertyCalls, PropertyWriter } from './destination-properties.ts';
import { type FileOrder, orderFromText } from './file-order.ts';
import { writeWithHoles } from './holes.ts';

export type Received = { readonly answer: LostProperties[] | undefined } | { readonly error: unknown };

interface WrittenFile {
  readonly order: FileOrder;
  /** Undefined: it could not be begun, or failed. */
  handle: FileHandle | undefined;
  size: number;
  error: unknown;
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

  /** Orders are texts. The same content for each; an answer is what the file could not be given, if anything. */
  receive(orders: readonly string[], content: Iterable<Uint8Array> | undefined): Received[] {
    const files = orders.map((order) => this.#begin(orderFromText(order)));
    try {
      for (const chunk of content ?? []) {
        for (const file of files) this.#attempt(file, ({ handle }) => put(file, handle, chunk));
        if (files.every(({ error }) => error !== undefined)) break;
      }
    } catch (error) {
      for (const file of files) this.#attempt(file, () => raise(error));
    }
    return files.map((file) => this.#finish(file));
  }

  #begin(order: FileOrder): WrittenFile {
    const file: WrittenFile = { order, handle: undefined, size: 0, error: undefined };
    try {
      file.handle = beginFile(order.aside, this.#files);
    } catch (error) {
      file.error = error;
    }
    return file;
  }

  /** What went wrong once stays, and nothing of the file does. */
  #attempt(file: WrittenFile, step: (open: { readonly handle: FileHandle }) => void): void {
    if (file.handle === undefined) return;
    try {
      step({ handle: file.handle });
    } catch (error) {
      file.error = error;
      file.handle.close();
      file.handle = undefined;
      takeBack(file.order.aside, this.#files);
    }
  }

  #finish(file: WrittenFile): Received {
    const { aside, path, properties, item, how, isPrivileged } = file.order;
    const writer = this.#writer(isPrivileged);
    this.#attempt(file, ({ handle }) => {
      // A hole at the end was not written at all.
      if (properties.sparse === true) handle.extendTo(file.size);
      this.#open = handle;
      writer.apply(aside, properties, item);
      if (how === 'replace') handle.sync();
      handle.close();
      this.#giveName(aside, path, how);
    });
    this.#open = undefined;
    const lost = writer.take();
    return file.error === undefined
      ? { answer: lost.length === 0 ? undefined : lost }
      : { error: asItemFailure(file.error, item) };
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

function put(file: WrittenFile, handle: FileHandle, chunk: Uint8Array): void {
  if (file.order.properties.sparse === true) writeWithHoles(handle, chunk, file.size);
  else handle.write(chunk);
  file.size += chunk.length;
}

function raise(error: unknown): never {
  throw error;
}
