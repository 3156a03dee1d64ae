import { createHash } from 'node:crypto';

export interface Write {
  readonly at: number;
  readonly bytes: Uint8Array;
}

/** What is in a file: what is durable, and what was written since. Never changed. */
export class SimContent {
  static readonly empty = new SimContent(new Uint8Array(0), []);

  readonly durable: Uint8Array;
  /** In order, since the last sync. */
  readonly unsynced: readonly Write[];
  readonly size: number;
  #bytes: Uint8Array | undefined;
  #fingerprint: string | undefined;

  private constructor(durable: Uint8Array, unsynced: readonly Write[]) {
    this.durable = durable;
    this.unsynced = unsynced;
    this.size = unsynced.reduce((size, { at, bytes }) => Math.max(size, at + bytes.length), durable.length);
  }

  static of(bytes: Uint8Array): SimContent {
    return new SimContent(bytes, []);
  }

  /** Of what a crash leaves: whichever writes survived, on what was durable. */
  static surviving(durable: Uint8Array, writes: readonly Write[]): SimContent {
    return writes.length === 0 ? SimContent.of(durable) : new SimContent(durable, writes).synced();
  }

  /** The same object each time: not to be changed. */
  bytes(): Uint8Array {
    if (this.unsynced.length === 0) return this.durable;
    if (this.#bytes === undefined) {
      this.#bytes = new Uint8Array(this.size);
      this.#bytes.set(this.durable);
      for (const { at, bytes } of this.unsynced) this.#bytes.set(bytes, at);
    }
    return this.#bytes;
  }

  written(bytes: Uint8Array, at: number): SimContent {
    return new SimContent(this.durable, [...this.unsynced, { at, bytes: bytes.slice() }]);
  }

  synced(): SimContent {
    return this.unsynced.length === 0 ? this : SimContent.of(this.bytes());
  }

  /** Equal for equal bytes. */
  fingerprint(): string {
    this.#fingerprint ??= createHash('sha1').update(this.bytes()).digest('base64');
    return this.#fingerprint;
  }
}
