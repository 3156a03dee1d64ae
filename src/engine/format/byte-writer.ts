/** Puts values into a buffer of the right size. Little-endian. A value that does not fit is a bug, not a failure. */
export class ByteWriter {
  readonly bytes: Uint8Array;
  readonly #view: DataView;
  #at = 0;

  constructor(length: number) {
    this.bytes = new Uint8Array(length);
    this.#view = new DataView(this.bytes.buffer);
  }

  u8(value: number): this {
    this.#view.setUint8(this.#step(1), fitting(value, 0xff));
    return this;
  }

  u16(value: number): this {
    this.#view.setUint16(this.#step(2), fitting(value, 0xffff), true);
    return this;
  }

  u32(value: number): this {
    this.#view.setUint32(this.#step(4), fitting(value, 0xffff_ffff), true);
    return this;
  }

  u64(value: number): this {
    this.#view.setBigUint64(this.#step(8), BigInt(fitting(value, Number.MAX_SAFE_INTEGER)), true);
    return this;
  }

  put(bytes: Uint8Array): this {
    this.bytes.set(bytes, this.#step(bytes.length));
    return this;
  }

  /** Padded with zeros to the length. */
  ascii(text: string, length: number): this {
    if (text.length > length) throw new RangeError('text is longer than its field');
    const from = this.#step(length);
    for (let index = 0; index < text.length; index += 1) this.bytes[from + index] = fitting(text.charCodeAt(index), 0x7e);
    return this;
  }

  skip(length: number): this {
    this.#step(length);
    return this;
  }

  /** The bytes, now that all are written. */
  done(): Uint8Array {
    if (this.#at !== this.bytes.length) throw new RangeError('not all bytes were written');
    return this.bytes;
  }

  #step(length: number): number {
    const from = this.#at;
    if (from + length > this.bytes.length) throw new RangeError('more bytes than room');
    this.#at = from + length;
    return from;
  }
}

function fitting(value: number, max: number): number {
  if (!Number.isInteger(value) || value < 0 || value > max) throw new RangeError(`not an integer from 0 to ${max}`);
  return value;
}
