import { StrataError } from '../../shared/domain/strata-error.ts';
import type { PackCipher } from '../crypto/index.ts';
import {
  bodyBytes,
  bodyPrefixBytes,
  type Compression,
  encodeRecordHeader,
  frameBody,
  limits,
  parseBody,
  purposeOf,
  recordComplaint,
  type RecordType,
  recordHeaderBytes,
  tagBytes,
} from '../format/index.ts';
import { worthwhile, type Zstd } from './compress.ts';

export interface RecordDraft {
  readonly type: RecordType;
  readonly id: string;
  readonly plain: Uint8Array;
  /** How long the body must be; undefined: as long as it needs to be. For footers, which fill their pack. */
  readonly bodyLength?: number;
  /** Whether bytes that were opened and unpacked again are what the id and the chunk ids say. Hashes them, compares nothing else. */
  readonly isGenuine: (plain: Uint8Array) => boolean;
}

const origin = { path: '', file: 'the pack being written' };

/**
 * Makes records: compress, seal, then open, decompress and hash again. What does not come back right never reaches a pack: bad
 * memory and faulty libraries have filled other people's storages with rubbish that nobody noticed for years.
 *
 * One at a time: it works in buffers of its own. What `seal` returns holds until the next call.
 */
export class RecordSealer {
  readonly #zstd: Zstd;
  #sealed = new Uint8Array(0);
  #opened = new Uint8Array(0);

  constructor(zstd: Zstd) {
    this.#zstd = zstd;
  }

  seal(cipher: PackCipher, draft: RecordDraft): Uint8Array {
    const { type, plain } = draft;
    if (plain.length > limits.plainBytes) throw new RangeError('record');
    const packed = type === 'footer' ? plain : this.#zstd.compress(plain);
    const compression: Compression = worthwhile(packed.length, plain.length) ? 'zstd' : 'none';
    const stored = compression === 'zstd' ? packed : plain;
    const bodyLength = draft.bodyLength ?? bodyBytes(stored.length);

    const record = this.#room(recordHeaderBytes + bodyLength + tagBytes);
    const header = record.subarray(0, recordHeaderBytes);
    const sealed = record.subarray(recordHeaderBytes);
    const body = sealed.subarray(0, bodyLength);
    const ordinal = cipher.ordinal;
    header.set(encodeRecordHeader({ type, ordinal, sealedLength: sealed.length, id: draft.id }));
    body.set(stored, bodyPrefixBytes);
    frameBody(body, compression, plain.length, stored.length);
    if (packed !== plain) this.#zstd.release(packed);
    cipher.seal(purposeOf(type), header, body, sealed);

    this.#verify(cipher, ordinal, header, sealed, draft);
    return record;
  }

  #verify(cipher: PackCipher, ordinal: number, header: Uint8Array, sealed: Uint8Array, draft: RecordDraft): void {
    let cause: unknown;
    try {
      if (this.#comesBack(cipher, ordinal, header, sealed, draft)) return;
    } catch (error) {
      cause = error; // whichever step it was that noticed, the answer is the same
    }
    throw new StrataError('storage.verify-failed', 'later', { record: draft.type }, { cause });
  }

  #comesBack(cipher: PackCipher, ordinal: number, header: Uint8Array, sealed: Uint8Array, draft: RecordDraft): boolean {
    if (this.#opened.length < sealed.length) this.#opened = new Uint8Array(sealed.length);
    const into = this.#opened.subarray(0, sealed.length - tagBytes);
    const opened = cipher.opener.open(purposeOf(draft.type), ordinal, header, sealed, into);
    const { compression, plainLength, stored } = parseBody(opened, origin, recordComplaint(origin));
    const plain = compression === 'zstd' ? this.#zstd.decompress(stored, plainLength) : stored;
    const isGenuine = plain.length === draft.plain.length && draft.isGenuine(plain);
    if (plain !== stored) this.#zstd.release(plain);
    return isGenuine;
  }

  #room(length: number): Uint8Array {
    if (this.#sealed.length < length) this.#sealed = new Uint8Array(length);
    return this.#sealed.subarray(0, length);
  }
}
