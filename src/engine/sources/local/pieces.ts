import type { FileHandle } from '../../kernel/file-system.ts';

/** How much of a file is in memory at once. */
export const pieceBytes = 1024 * 1024;

/** Looks anywhere into an open file; what lies close together is answered from one piece. */
export class Pieces {
  readonly sizeBytes: number;
  readonly #handle: FileHandle;
  #from = 0;
  #piece: Buffer = Buffer.alloc(0);

  constructor(handle: FileHandle, sizeBytes: number) {
    this.#handle = handle;
    this.sizeBytes = sizeBytes;
  }

  /** From `from` on, as many bytes as are wanted and there. At most a piece. */
  at(from: number, wanted: number): Buffer {
    const start = Math.max(0, from);
    const end = Math.min(start + wanted, this.sizeBytes);
    if (end <= start) return Buffer.alloc(0);
    if (start < this.#from || end > this.#from + this.#piece.length) this.#load(start);
    return this.#piece.subarray(start - this.#from, end - this.#from);
  }

  #load(from: number): void {
    const piece = Buffer.allocUnsafe(Math.min(pieceBytes, this.sizeBytes - from));
    let have = 0;
    while (have < piece.length) {
      const count = this.#handle.read(piece.subarray(have), from + have);
      // The file has become shorter: whoever reads finds that out by its size and time.
      if (count === 0) break;
      have += count;
    }
    this.#from = from;
    this.#piece = piece.subarray(0, have);
  }

  *range(from: number, to: number): Generator<Buffer> {
    for (let at = from; at < to; ) {
      const piece = this.at(at, Math.min(pieceBytes, to - at));
      if (piece.length === 0) return;
      yield piece;
      at += piece.length;
    }
  }
}
