const headerBytes = 32;
const frameHeaderBytes = 24;

/** A page as it was last written, and how many pages the database has since. */
interface Replayed {
  readonly pageBytes: number;
  readonly pages: number;
  readonly written: ReadonlyMap<number, Buffer>;
}

/**
 * A database with what SQLite has written to its log and not yet to the file ("WAL-mode File Format" of sqlite.org): all up to the last
 * transaction that ended. A log that is none, or of another time, is passed over, as SQLite does. Undefined: more than `mostBytes`.
 */
export function withLog(file: Buffer, log: Buffer, mostBytes: number): Buffer | undefined {
  const replayed = replay(log);
  if (replayed === undefined) return file;
  const { pageBytes, pages, written } = replayed;
  if (pages * pageBytes > mostBytes) return undefined;
  const whole = Buffer.alloc(pages * pageBytes);
  file.copy(whole, 0, 0, Math.min(file.length, whole.length));
  for (const [page, bytes] of written) if (page <= pages) bytes.copy(whole, (page - 1) * pageBytes);
  return whole;
}

function replay(log: Buffer): Replayed | undefined {
  if (log.length < headerBytes) return undefined;
  const magic = log.readUInt32BE(0);
  const pageBytes = log.readUInt32BE(8);
  if (magic >>> 1 !== 0x377f0682 >>> 1 || !isPageSize(pageBytes)) return undefined;
  const sum = new RunningSum((magic & 1) === 1);
  sum.add(log.subarray(0, 24));
  if (!sum.is(log, 24)) return undefined;
  const written = new Map<number, Buffer>();
  const open = new Map<number, Buffer>();
  let pages = 0;
  for (let at = headerBytes; at + frameHeaderBytes + pageBytes <= log.length; at += frameHeaderBytes + pageBytes) {
    const header = log.subarray(at, at + frameHeaderBytes);
    const bytes = log.subarray(at + frameHeaderBytes, at + frameHeaderBytes + pageBytes);
    const isOfThisLog = header.subarray(8, 16).equals(log.subarray(16, 24));
    sum.add(header.subarray(0, 8));
    sum.add(bytes);
    const page = header.readUInt32BE(0);
    if (!isOfThisLog || page === 0 || !sum.is(header, 16)) break;
    open.set(page, bytes);
    const pagesNow = header.readUInt32BE(4);
    if (pagesNow === 0) continue;
    // A transaction ends here.
    pages = pagesNow;
    for (const [number, last] of open) written.set(number, last);
    open.clear();
  }
  return pages === 0 ? undefined : { pageBytes, pages, written };
}

const isPageSize = (bytes: number): boolean => bytes >= 512 && bytes <= 65536 && (bytes & (bytes - 1)) === 0;

/** Each pair of words goes into two sums, over the whole log. */
class RunningSum {
  readonly #isBigEndian: boolean;
  #first = 0;
  #second = 0;

  constructor(isBigEndian: boolean) {
    this.#isBigEndian = isBigEndian;
  }

  add(bytes: Buffer): void {
    const word = (at: number): number => (this.#isBigEndian ? bytes.readUInt32BE(at) : bytes.readUInt32LE(at));
    for (let at = 0; at + 8 <= bytes.length; at += 8) {
      this.#first = (this.#first + word(at) + this.#second) >>> 0;
      this.#second = (this.#second + word(at + 4) + this.#first) >>> 0;
    }
  }

  is(bytes: Buffer, at: number): boolean {
    return bytes.readUInt32BE(at) === this.#first && bytes.readUInt32BE(at + 4) === this.#second;
  }
}
