import { StrataError } from '../../shared/domain/strata-error.ts';
import type { Facts } from '../../shared/domain/strata-error.ts';
import { derive } from './derive.ts';
import { nonceBytes, sealBytes, type Sodium } from './sodium.ts';

/** `data`: chunks and bundles. `meta`: manifests and footers. They have keys of their own. */
export type Purpose = 'data' | 'meta';

/** Keys of one pack. */
export interface PackKeys {
  readonly data: Uint8Array;
  readonly meta: Uint8Array;
}

export function packKeys(sodium: Sodium, parents: PackKeys, salt: Uint8Array): PackKeys {
  return { data: derive(sodium, parents.data, 'pack-data', salt), meta: derive(sodium, parents.meta, 'pack-meta', salt) };
}

/** Opens the records of one pack. */
export class PackOpener {
  readonly #sodium: Sodium;
  readonly #keys: PackKeys;
  readonly #salt: Uint8Array;
  readonly #facts: Facts;

  constructor(sodium: Sodium, keys: PackKeys, salt: Uint8Array, facts: Facts) {
    this.#sodium = sodium;
    this.#keys = keys;
    this.#salt = salt;
    this.#facts = facts;
  }

  /**
   * @param header The record's whole readable header.
   * @param sealed Body and tag.
   * @param into 16 bytes shorter; may begin where `sealed` does.
   */
  open(
    purpose: Purpose,
    ordinal: number,
    header: Uint8Array,
    sealed: Uint8Array,
    into: Uint8Array = new Uint8Array(bodyLength(sealed)),
  ): Uint8Array {
    const associated = associatedData(header, this.#salt, ordinal);
    const isWhole = sealed.length >= sealBytes;
    if (isWhole && this.#sodium.open(into, sealed, associated, nonceOf(ordinal), this.#keys[purpose])) return into;
    throw new StrataError('storage.record-damaged', 'never', { ...this.#facts, record: ordinal, reason: 'authentication' });
  }

  wipe(): void {
    this.#sodium.wipe(this.#keys.data);
    this.#sodium.wipe(this.#keys.meta);
  }
}

const bodyLength = (sealed: Uint8Array): number => Math.max(0, sealed.length - sealBytes);

/**
 * Seals the records of one pack. It owns the ordinal, which is the nonce, and drew the salt, from which the keys come:
 * there is no way to set either, so no (key, nonce) pair is ever used twice. A pack is never opened again for appending;
 * an abandoned one leaves its cipher behind.
 */
export class PackCipher {
  readonly epoch: number;
  readonly salt: Uint8Array;
  /** Opens what this sealed: every record is opened again before its pack is. */
  readonly opener: PackOpener;
  readonly #sodium: Sodium;
  readonly #keys: PackKeys;
  #ordinal = 0;

  constructor(sodium: Sodium, epoch: number, keys: PackKeys, salt: Uint8Array) {
    this.#sodium = sodium;
    this.epoch = epoch;
    this.#keys = keys;
    this.salt = salt;
    this.opener = new PackOpener(sodium, keys, salt, { file: 'the pack being written' });
  }

  /** The next record's number: its header names it. */
  get ordinal(): number {
    return this.#ordinal;
  }

  /**
   * Seals the next record and moves on, also when it throws.
   * @param into 16 bytes longer than `body`; may begin at the same place.
   */
  seal(purpose: Purpose, header: Uint8Array, body: Uint8Array, into: Uint8Array): void {
    const ordinal = this.#ordinal;
    if (ordinal >= 0xffff_ffff) throw new RangeError('too many records in a pack');
    this.#ordinal += 1;
    this.#sodium.seal(into, body, associatedData(header, this.salt, ordinal), nonceOf(ordinal), this.#keys[purpose]);
  }

  /** After the pack is sealed or abandoned. Nothing can be sealed or opened with it any more. */
  wipe(): void {
    this.#ordinal = 0xffff_ffff;
    this.opener.wipe();
  }
}

/** The record's whole header, the pack's salt, its number: nobody can move, retype or relabel a record. */
function associatedData(header: Uint8Array, salt: Uint8Array, ordinal: number): Uint8Array {
  const bytes = new Uint8Array(header.length + salt.length + 4);
  bytes.set(header);
  bytes.set(salt, header.length);
  new DataView(bytes.buffer).setUint32(header.length + salt.length, ordinal, true);
  return bytes;
}

function nonceOf(ordinal: number): Uint8Array {
  const nonce = new Uint8Array(nonceBytes);
  new DataView(nonce.buffer).setUint32(0, ordinal, true);
  return nonce;
}
