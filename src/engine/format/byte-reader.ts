import type { Complaint } from './damage.ts';

/** Takes values off bytes that nobody vouches for. Little-endian. Never reads past the end, never copies. */
export class ByteReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #complain: Complaint;
  #at = 0;

  constructor(bytes: Uint8Array, complain: Complaint) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#complain = complain;
  }

  get at(): number {
    return this.#at;
  }

  get left(): number {
    return this.#bytes.length - this.#at;
  }

  u8(what: string): number {
    return this.#view.getUint8(this.#step(1, what));
  }

  u16(what: string): number {
    return this.#view.getUint16(this.#step(2, what), true);
  }

  u32(what: string): number {
    return this.#view.getUint32(this.#step(4, what), true);
  }

  /** At most 2^53 − 1, so that it is exact. */
  u64(what: string): number {
    const value = this.#view.getBigUint64(this.#step(8, what), true);
    if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw this.#complain(`${what} out of range`);
    return Number(value);
  }

  /** A view, not a copy. */
  take(length: number, what: string): Uint8Array {
    const from = this.#step(length, what);
    return this.#bytes.subarray(from, from + length);
  }

  /** Printable ASCII. */
  ascii(length: number, what: string): string {
    let text = '';
    for (const byte of this.take(length, what)) {
      if (byte < 0x20 || byte > 0x7e) throw this.#complain(`${what} is not text`);
      text += String.fromCharCode(byte);
    }
    return text;
  }

  magic(expected: Uint8Array, what: string): void {
    const found = this.take(expected.length, what);
    if (!expected.every((byte, index) => found[index] === byte)) throw this.#complain(`no ${what}`);
  }

  zeros(length: number, what: string): void {
    const bytes = this.take(length, what);
    // Paddings are up to 64 KiB per pack: 25 µs this way, 380 µs with `some` or `for … of`.
    for (let at = 0; at < length; at += 1) if (bytes[at] !== 0) throw this.#complain(`${what} is not zero`);
  }

  end(): void {
    if (this.left !== 0) throw this.#complain('bytes after the end');
  }

  #step(length: number, what: string): number {
    const from = this.#at;
    if (length > this.#bytes.length - from) throw this.#complain(`too short for ${what}`);
    this.#at = from + length;
    return from;
  }
}
