import { createRequire } from 'node:module';
import { constants } from 'node:os';

/**
 * The few calls of the C library that Node has no door to. Paths are bytes without a closing NUL.
 * Undefined where the library cannot be loaded or the system has no such calls (Windows): the caller then does what Node can.
 */
export interface NativeFileCalls {
  setTimes(path: Buffer, accessNs: bigint, modifyNs: bigint): void;
  setTimesOfOpen(descriptor: number, accessNs: bigint, modifyNs: bigint): void;
  /** Linux only. */
  readonly renameToFree: ((from: Buffer, to: Buffer) => void) | undefined;
  /** Linux only. */
  readonly forgetCached: ((descriptor: number) => void) | undefined;
  makeFifo(path: Buffer, mode: number): void;
  readAttributes(path: Buffer): ReadonlyMap<string, Uint8Array>;
  readAttributesOfOpen(descriptor: number): ReadonlyMap<string, Uint8Array>;
  writeAttribute(path: Buffer, name: string, value: Uint8Array): void;
}

type Foreign = (...args: unknown[]) => number;
interface Library {
  func(declaration: string): Foreign;
}
interface Koffi {
  load(path: string): Library;
  errno(): number;
}

/** What differs between the systems: library, constants, and macOS's extra arguments of the attribute calls. */
interface Dialect {
  readonly library: string;
  readonly currentDirectory: number;
  readonly noFollow: number;
  /** Renames, and fails when the new name exists. */
  renameToFree?(library: Library): (from: Buffer, to: Buffer) => number;
  /** Drops what the system keeps of an open file in memory and has on the disk. */
  forgetCached?(library: Library): (descriptor: number) => number;
  list(library: Library): (path: Buffer, into: Buffer) => number;
  get(library: Library): (path: Buffer, name: Buffer, into: Buffer) => number;
  listOfOpen(library: Library): (descriptor: number, into: Buffer) => number;
  getOfOpen(library: Library): (descriptor: number, name: Buffer, into: Buffer) => number;
  set(library: Library): (path: Buffer, name: Buffer, value: Buffer) => number;
}

const linux: Dialect = {
  library: 'libc.so.6',
  currentDirectory: -100,
  noFollow: 0x100,
  renameToFree(library) {
    const call = library.func(
      'int renameat2(int fromDirectory, const uint8_t *from, int toDirectory, const uint8_t *to, unsigned int flags)',
    );
    const [here, noReplace] = [-100, 1];
    return (from, to) => call(here, from, here, to, noReplace);
  },
  forgetCached(library) {
    const call = library.func('int posix_fadvise(int file, int64_t offset, int64_t length, int advice)');
    const [toTheEnd, dontNeed] = [0, 4];
    return (descriptor) => call(descriptor, 0, toTheEnd, dontNeed);
  },
  list(library) {
    const call = library.func('int64_t llistxattr(const uint8_t *path, uint8_t *list, size_t size)');
    return (path, into) => call(path, into, into.length);
  },
  get(library) {
    const call = library.func('int64_t lgetxattr(const uint8_t *path, const uint8_t *name, uint8_t *value, size_t size)');
    return (path, name, into) => call(path, name, into, into.length);
  },
  listOfOpen(library) {
    const call = library.func('int64_t flistxattr(int file, uint8_t *list, size_t size)');
    return (descriptor, into) => call(descriptor, into, into.length);
  },
  getOfOpen(library) {
    const call = library.func('int64_t fgetxattr(int file, const uint8_t *name, uint8_t *value, size_t size)');
    return (descriptor, name, into) => call(descriptor, name, into, into.length);
  },
  set(library) {
    const call = library.func(
      'int lsetxattr(const uint8_t *path, const uint8_t *name, const uint8_t *value, size_t size, int flags)',
    );
    return (path, name, value) => call(path, name, value, value.length, 0);
  },
};

/** XATTR_NOFOLLOW of sys/xattr.h. */
const macNoFollow = 1;
const darwin: Dialect = {
  library: 'libSystem.B.dylib',
  currentDirectory: -2,
  noFollow: 0x20,
  list(library) {
    const call = library.func('int64_t listxattr(const uint8_t *path, uint8_t *list, size_t size, int options)');
    return (path, into) => call(path, into, into.length, macNoFollow);
  },
  get(library) {
    const call = library.func(
      'int64_t getxattr(const uint8_t *path, const uint8_t *name, uint8_t *value, size_t size, uint32_t position, int options)',
    );
    return (path, name, into) => call(path, name, into, into.length, 0, macNoFollow);
  },
  listOfOpen(library) {
    const call = library.func('int64_t flistxattr(int file, uint8_t *list, size_t size, int options)');
    return (descriptor, into) => call(descriptor, into, into.length, 0);
  },
  getOfOpen(library) {
    const call = library.func(
      'int64_t fgetxattr(int file, const uint8_t *name, uint8_t *value, size_t size, uint32_t position, int options)',
    );
    return (descriptor, name, into) => call(descriptor, name, into, into.length, 0, 0);
  },
  set(library) {
    const call = library.func(
      'int setxattr(const uint8_t *path, const uint8_t *name, const uint8_t *value, size_t size, uint32_t position, int options)',
    );
    return (path, name, value) => call(path, name, value, value.length, 0, macNoFollow);
  },
};

export function loadNativeFileCalls(platform: NodeJS.Platform): NativeFileCalls | undefined {
  const dialect = platform === 'linux' ? linux : platform === 'darwin' ? darwin : undefined;
  const loaded = dialect && loadLibrary(dialect.library);
  return dialect && loaded && bind(loaded.koffi, loaded.library, dialect);
}

function loadLibrary(name: string): { readonly koffi: Koffi; readonly library: Library } | undefined {
  try {
    const koffi = createRequire(import.meta.url)('koffi') as Koffi;
    return { koffi, library: koffi.load(name) };
  } catch {
    return undefined; // no binary for this system, or another C library: times to the microsecond, no attributes, no fifos
  }
}

function bind(koffi: Koffi, library: Library, dialect: Dialect): NativeFileCalls {
  const utimensat = library.func('int utimensat(int directory, const uint8_t *path, const uint8_t *times, int flags)');
  const futimens = library.func('int futimens(int file, const uint8_t *times)');
  const renameToFree = available(() => dialect.renameToFree?.(library));
  const forgetCached = available(() => dialect.forgetCached?.(library));
  const mkfifo = library.func('int mkfifo(const uint8_t *path, uint32_t mode)');
  const list = dialect.list(library);
  const get = dialect.get(library);
  const listOfOpen = dialect.listOfOpen(library);
  const getOfOpen = dialect.getOfOpen(library);
  const set = dialect.set(library);
  const must = (result: number, call: string): number => {
    if (result < 0) throw systemError(koffi.errno(), call);
    return result;
  };
  const whole = (read: (into: Buffer) => number, call: string): Buffer => wholeAnswer(read, () => koffi.errno(), call);
  const attributes = (
    listInto: (into: Buffer) => number,
    getInto: (name: Buffer, into: Buffer) => number,
  ): ReadonlyMap<string, Uint8Array> => {
    const names = whole(listInto, 'listxattr');
    if (names.length === 0) return noAttributes;
    const found = new Map<string, Uint8Array>();
    for (const name of names.toString('utf8').split('\0')) {
      const ended = terminated(Buffer.from(name));
      if (name !== '')
        found.set(
          name,
          whole((into) => getInto(ended, into), 'getxattr'),
        );
    }
    return found;
  };

  return {
    setTimes(path, accessNs, modifyNs) {
      must(utimensat(dialect.currentDirectory, terminated(path), timespecs(accessNs, modifyNs), dialect.noFollow), 'utimensat');
    },
    setTimesOfOpen(descriptor, accessNs, modifyNs) {
      must(futimens(descriptor, timespecs(accessNs, modifyNs)), 'futimens');
    },
    renameToFree: renameToFree && ((from, to) => void must(renameToFree(terminated(from), terminated(to)), 'renameat2')),
    // It is advice: a file system that does not take it reads from memory, and that is all.
    forgetCached: forgetCached && ((descriptor) => void forgetCached(descriptor)),
    makeFifo(path, mode) {
      must(mkfifo(terminated(path), mode), 'mkfifo');
    },
    readAttributes(path) {
      const ended = terminated(path);
      return attributes(
        (into) => list(ended, into),
        (name, into) => get(ended, name, into),
      );
    },
    readAttributesOfOpen: (descriptor) =>
      attributes(
        (into) => listOfOpen(descriptor, into),
        (name, into) => getOfOpen(descriptor, name, into),
      ),
    writeAttribute(path, name, value) {
      // The address of an empty buffer may be null, which some systems refuse although the length is 0.
      const bytes = value.length === 0 ? Buffer.alloc(1).subarray(0, 0) : Buffer.from(value);
      must(set(terminated(path), terminated(Buffer.from(name)), bytes), 'setxattr');
    },
  };
}

/** Undefined where the library is older than the call. */
function available<T>(bindCall: () => T): T | undefined {
  try {
    return bindCall();
  } catch {
    return undefined; // koffi cannot find the symbol: the caller does without
  }
}

function terminated(bytes: Buffer): Buffer {
  const ended = Buffer.allocUnsafe(bytes.length + 1);
  bytes.copy(ended);
  ended[bytes.length] = 0;
  return ended;
}

/** Two `struct timespec` of a 64-bit system: seconds and nanoseconds, 8 bytes each. Before 1970 the seconds are rounded down. */
function timespecs(accessNs: bigint, modifyNs: bigint): Buffer {
  const times = Buffer.alloc(32);
  [accessNs, modifyNs].forEach((ns, index) => {
    const rest = ((ns % 1_000_000_000n) + 1_000_000_000n) % 1_000_000_000n;
    times.writeBigInt64LE((ns - rest) / 1_000_000_000n, index * 16);
    times.writeBigInt64LE(rest, index * 16 + 8);
  });
  return times;
}

/** Most lists and values fit in this; what does not is asked for again with the size that the system names. */
const firstGuess = Buffer.alloc(4096);
const none = Buffer.alloc(0);
const noAttributes: ReadonlyMap<string, Uint8Array> = new Map();
const absent = new Set(['ENOTSUP', 'EOPNOTSUPP', 'ENODATA', 'ENOATTR']);

function wholeAnswer(read: (into: Buffer) => number, errno: () => number, call: string): Buffer {
  let into = firstGuess;
  // Three tries: the list may grow between asking for its size and reading it.
  for (let attempt = 0; attempt < 3; attempt++) {
    const length = read(into);
    if (length === 0) return none;
    if (length > 0) return Buffer.from(into.subarray(0, length));
    const error = systemError(errno(), call);
    if (absent.has(error.code ?? '')) return none;
    if (error.code !== 'ERANGE') throw error;
    into = Buffer.alloc(Math.max(read(none), firstGuess.length) + 256);
  }
  throw systemError(constants.errno.ERANGE, call);
}

function systemError(errno: number, call: string): NodeJS.ErrnoException {
  const code = Object.entries(constants.errno).find(([, value]) => value === errno)?.[0] ?? 'EIO';
  return Object.assign(new Error(`${code}: ${call}`), { code, errno: -errno, syscall: call });
}
