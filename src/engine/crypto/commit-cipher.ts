import { type Facts, StrataError } from '../../shared/domain/strata-error.ts';
import { nonceBytes, sealBytes, type Sodium } from './sodium.ts';

/** A commit's key comes from its own salt and seals one message, so its nonce is zero. */
const nonce = new Uint8Array(nonceBytes);

/** Seals one commit and nothing else. */
export class CommitSealer {
  readonly epoch: number;
  readonly salt: Uint8Array;
  readonly #sodium: Sodium;
  #key: Uint8Array | undefined;

  /** Takes over the key. */
  constructor(sodium: Sodium, epoch: number, key: Uint8Array, salt: Uint8Array) {
    this.#sodium = sodium;
    this.epoch = epoch;
    this.#key = key;
    this.salt = salt;
  }

  /** @param head The commit's readable part, which says that `sealedLength` is 16 more than the body. */
  seal(head: Uint8Array, body: Uint8Array): Uint8Array {
    const key = this.#key;
    if (key === undefined) throw new Error('a commit is sealed once');
    this.#key = undefined;
    const sealed = new Uint8Array(body.length + sealBytes);
    this.#sodium.seal(sealed, body, head, nonce, key);
    this.#sodium.wipe(key);
    return sealed;
  }
}

/** Takes over the key. */
export function openSealedCommit(
  sodium: Sodium,
  key: Uint8Array,
  head: Uint8Array,
  sealed: Uint8Array,
  facts: Facts,
): Uint8Array {
  const body = new Uint8Array(Math.max(0, sealed.length - sealBytes));
  const isGenuine = sealed.length >= sealBytes && sodium.open(body, sealed, head, nonce, key);
  sodium.wipe(key);
  if (!isGenuine) throw new StrataError('storage.damaged', 'never', { ...facts, reason: 'authentication' });
  return body;
}
