/** Keeps the end of what is written, however much that is. */
export class OutputTail {
  readonly #limit: number;
  #pieces: Uint8Array[] = [];
  #bytes = 0;
  #droppedBytes = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  add(piece: Uint8Array): void {
    // A copy: a slice would keep alive all that it was cut from.
    this.#pieces.push(Uint8Array.from(piece.subarray(Math.max(0, piece.length - this.#limit))));
    this.#droppedBytes += Math.max(0, piece.length - this.#limit);
    this.#bytes += Math.min(piece.length, this.#limit);
    // Twice the limit at most, so that not each piece moves all that is kept.
    if (this.#bytes >= 2 * this.#limit) this.#trim();
  }

  end(): { readonly output: Uint8Array; readonly droppedBytes: number } {
    this.#trim();
    return { output: this.#pieces[0] ?? new Uint8Array(), droppedBytes: this.#droppedBytes };
  }

  #trim(): void {
    const whole = Buffer.concat(this.#pieces);
    const kept = Uint8Array.from(whole.subarray(Math.max(0, whole.length - this.#limit)));
    this.#droppedBytes += whole.length - kept.length;
    this.#pieces = [kept];
    this.#bytes = kept.length;
  }
}
