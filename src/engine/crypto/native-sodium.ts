import type { ArgonCost, KeyedHasher, Sodium } from './sodium.ts';

/** What is used of the binding. Its published types are of an older version: they lack the incremental hash. */
interface Binding {
  readonly crypto_generichash_STATEBYTES: number;
  readonly crypto_pwhash_ALG_ARGON2ID13: number;
  sodium_malloc(length: number): Uint8Array;
  sodium_memzero(bytes: Uint8Array): void;
  /** Does nothing for ordinary memory. */
  sodium_free(bytes: Uint8Array): void;
  crypto_generichash(into: Uint8Array, message: Uint8Array, key: Uint8Array): void;
  crypto_generichash_init(state: Uint8Array, key: Uint8Array, length: number): void;
  crypto_generichash_update(state: Uint8Array, bytes: Uint8Array): void;
  crypto_generichash_final(state: Uint8Array, into: Uint8Array): void;
  crypto_aead_xchacha20poly1305_ietf_encrypt(
    into: Uint8Array,
    plain: Uint8Array,
    associated: Uint8Array,
    unused: null,
    nonce: Uint8Array,
    key: Uint8Array,
  ): number;
  crypto_aead_xchacha20poly1305_ietf_decrypt(
    into: Uint8Array,
    unused: null,
    sealed: Uint8Array,
    associated: Uint8Array,
    nonce: Uint8Array,
    key: Uint8Array,
  ): number;
  crypto_pwhash_async(
    into: Uint8Array,
    password: Uint8Array,
    salt: Uint8Array,
    passes: number,
    memoryBytes: number,
    algorithm: number,
  ): Promise<void>;
}

/** libsodium's own code through Node-API: carries the load. */
export async function nativeSodium(): Promise<Sodium> {
  const binding = (await import('sodium-native')).default as unknown as Binding;
  const guarded = hasGuardedMemory(binding);
  return {
    kind: 'native',
    guarded,
    secret: (length) => (guarded ? binding.sodium_malloc(length).fill(0) : new Uint8Array(length)),
    wipe: (bytes) => {
      binding.sodium_memzero(bytes);
      binding.sodium_free(bytes);
    },
    keyedHash: (into, message, key) => binding.crypto_generichash(into, message, key),
    keyedHasher: (key, length) => nativeHasher(binding, key, length),
    seal: (into, plain, associated, nonce, key) => {
      binding.crypto_aead_xchacha20poly1305_ietf_encrypt(into, plain, associated, null, nonce, key);
    },
    open: (into, sealed, associated, nonce, key) => nativeOpen(binding, into, sealed, associated, nonce, key),
    argon2id: (into, password, salt, { memoryKiB, passes }: ArgonCost) =>
      binding.crypto_pwhash_async(into, password, salt, passes, memoryKiB * 1024, binding.crypto_pwhash_ALG_ARGON2ID13),
  };
}

/** Electron keeps all buffers in a cage of V8's and refuses memory from outside: there the binding throws. */
function hasGuardedMemory(binding: Binding): boolean {
  try {
    binding.sodium_free(binding.sodium_malloc(32));
    return true;
  } catch {
    // Ordinary memory does, and `guarded` tells.
    return false;
  }
}

function nativeHasher(binding: Binding, key: Uint8Array, length: number): KeyedHasher {
  const state = new Uint8Array(binding.crypto_generichash_STATEBYTES);
  binding.crypto_generichash_init(state, key, length);
  return {
    update: (bytes) => binding.crypto_generichash_update(state, bytes),
    digest: (into) => {
      binding.crypto_generichash_final(state, into);
      binding.sodium_memzero(state);
    },
  };
}

function nativeOpen(
  binding: Binding,
  into: Uint8Array,
  sealed: Uint8Array,
  associated: Uint8Array,
  nonce: Uint8Array,
  key: Uint8Array,
): boolean {
  // The binding throws the same error for a wrong length, which is a bug, and for a wrong tag, which is the answer.
  if (into.length !== sealed.length - 16 || nonce.length !== 24 || key.length !== 32) throw new RangeError('lengths');
  try {
    binding.crypto_aead_xchacha20poly1305_ietf_decrypt(into, null, sealed, associated, nonce, key);
    return true;
  } catch {
    return false;
  }
}
