/**
 * The few primitives of libsodium that Strata uses. Two implementations, held to the same vectors.
 * Lengths are the caller's duty: these throw on wrong ones, because a wrong length is a bug.
 */
export interface Sodium {
  readonly kind: 'native' | 'wasm';
  /** Whether {@link secret} gives pages that are locked, guarded and left out of core dumps. Never inside Electron. */
  readonly guarded: boolean;
  /**
   * Memory for the few keys that live long, zeroed. Each takes pages and mappings of its own, of which a process has some
   * ten thousand, and running out of them ends it: so never one per pack.
   */
  secret(length: number): Uint8Array;
  /** Overwrites; a whole {@link secret} is given back and has no bytes any more. */
  wipe(bytes: Uint8Array): void;
  /** Keyed BLAKE2b of 16 to 64 bytes, as many as `into` has. */
  keyedHash(into: Uint8Array, message: Uint8Array, key: Uint8Array): void;
  keyedHasher(key: Uint8Array, length: number): KeyedHasher;
  /** XChaCha20-Poly1305. `into` is 16 bytes longer than `plain` and may begin at the same place. */
  seal(into: Uint8Array, plain: Uint8Array, associated: Uint8Array, nonce: Uint8Array, key: Uint8Array): void;
  /** False when anything is not as it was sealed; `into` is worthless then. It may begin where `sealed` does. */
  open(into: Uint8Array, sealed: Uint8Array, associated: Uint8Array, nonce: Uint8Array, key: Uint8Array): boolean;
  /** Argon2id 1.3 with one lane. The native one does not block the thread. */
  argon2id(into: Uint8Array, password: Uint8Array, salt: Uint8Array, cost: ArgonCost): Promise<void>;
}

export interface KeyedHasher {
  update(bytes: Uint8Array): void;
  /** Ends it. */
  digest(into: Uint8Array): void;
}

export interface ArgonCost {
  readonly memoryKiB: number;
  readonly passes: number;
}

export const keyBytes = 32;
export const nonceBytes = 24;
export const sealBytes = 16;
export const argonSaltBytes = 16;
