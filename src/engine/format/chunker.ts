import type { ChunkerParameters } from './chunker-parameters.ts';
import { chunkerWasm } from './chunker-wasm.ts';

// Neither the language's types nor Node's name the one global of this room.
interface CutExports {
  cut(from: number, min: number, normal: number, last: number, hard: bigint, easy: bigint): number;
}
declare const WebAssembly: {
  readonly Memory: new (size: { initial: number; maximum: number }) => { readonly buffer: ArrayBuffer };
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown };
};
declare const atob: (base64: string) => string;

/** 256 numbers of 64 bits, little-endian. */
export const gearBytes = 2048;
const pageBytes = 65_536;

/**
 * Cuts content into chunks at places that the content itself chooses, so that an insertion moves few of them.
 * Bytes are read straight into its memory: `room`, `filled`, then `next` until it wants more. docs/format/chunking.md
 *
 * Guarantee: the same bytes give the same chunks, however they come in.
 * Caller's duty: a chunk is a view that holds until the following `room`.
 */
export class Chunker {
  readonly #cut: CutExports['cut'];
  readonly #parameters: ChunkerParameters;
  readonly #hard: bigint;
  readonly #easy: bigint;
  readonly #memory: Uint8Array;
  /** Where the bytes that are not yet cut begin and end. */
  #from = gearBytes;
  #to = gearBytes;

  /**
   * @param gear {@link gearBytes} from the storage's key.
   * @param windowBytes How much to hold; four times the largest chunk keeps moves within it rare.
   */
  constructor(parameters: ChunkerParameters, gear: Uint8Array, windowBytes = parameters.maxBytes * 4) {
    if (gear.length !== gearBytes || windowBytes < parameters.maxBytes * 2) throw new RangeError('gear or window');
    const pages = Math.ceil((gearBytes + windowBytes) / pageBytes);
    const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
    const instance = new WebAssembly.Instance(compiled(), { strata: { memory } });
    this.#cut = (instance.exports as CutExports).cut;
    this.#memory = new Uint8Array(memory.buffer);
    this.#memory.set(gear);
    this.#parameters = parameters;
    const average = BigInt(parameters.averageBytes);
    const easier = 2n ** BigInt(parameters.normalization);
    this.#hard = 2n ** 64n / (average * easier);
    this.#easy = (2n ** 64n * easier) / average;
  }

  /** Where the next bytes go; never empty. */
  room(): Uint8Array {
    const held = this.#to - this.#from;
    if (held === 0) this.#moveTo(gearBytes, 0);
    // A chunk can be cut for certain once the largest one is held, so there is always room left in front.
    else if (this.#memory.length - this.#to < this.#parameters.maxBytes) this.#moveTo(gearBytes, held);
    return this.#memory.subarray(this.#to);
  }

  /** Says how many bytes were put where {@link room} pointed. */
  filled(bytes: number): void {
    if (bytes > this.#memory.length - this.#to) throw new RangeError('more than there was room');
    this.#to += bytes;
  }

  /** @param isEnd Nothing follows: what is held is cut to the last byte. Undefined: wants more, or at the end, is done. */
  next(isEnd: boolean): Uint8Array | undefined {
    const held = this.#to - this.#from;
    if (held === 0 || (!isEnd && held < this.#parameters.maxBytes)) return undefined;
    const from = this.#from;
    this.#from += this.#length(from, held);
    return this.#memory.subarray(from, this.#from);
  }

  /** Forgets what is held. For the next content after one that could not be read to its end. */
  reset(): void {
    this.#moveTo(gearBytes, 0);
  }

  #length(from: number, held: number): number {
    const { minBytes, averageBytes, maxBytes } = this.#parameters;
    if (held <= minBytes) return held;
    const last = from + Math.min(held, maxBytes);
    const normal = Math.min(from + averageBytes, last);
    return this.#cut(from, minBytes, normal, last, this.#hard, this.#easy);
  }

  #moveTo(target: number, held: number): void {
    if (held > 0) this.#memory.copyWithin(target, this.#from, this.#to);
    this.#from = target;
    this.#to = target + held;
  }
}

let compiledOnce: object | undefined;

function compiled(): object {
  compiledOnce ??= new WebAssembly.Module(Uint8Array.from(atob(chunkerWasm), (character) => character.charCodeAt(0)));
  return compiledOnce;
}
