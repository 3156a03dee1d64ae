/** At most this many of a size are kept. */
const mostKept = 4;

/** Memory that is used again for what has the same size. */
export class SpareMemory {
  readonly #kept = new Map<number, ArrayBuffer[]>();

  /** Holds anything: whoever takes it knows how much of it he filled. */
  take(bytes: number): ArrayBuffer {
    return this.#kept.get(bytes)?.pop() ?? new ArrayBuffer(bytes);
  }

  give(memory: ArrayBuffer): void {
    const kept = this.#kept.get(memory.byteLength) ?? [];
    this.#kept.set(memory.byteLength, kept);
    if (kept.length < mostKept) kept.push(memory);
  }
}
