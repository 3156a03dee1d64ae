import type { KeyedHasher, Sodium } from './sodium.ts';

type Wrappers = typeof import('libsodium-wrappers')['default'];

/** libsodium compiled to WebAssembly: where the native binding does not load, and the second opinion in tests. */
export async function wasmSodium(): Promise<Sodium> {
  const module = await import('libsodium-wrappers');
  const wrappers: Wrappers = module.default;
  await wrappers.ready;
  return {
    kind: 'wasm',
    guarded: false,
    secret: (length) => new Uint8Array(length),
    wipe: (bytes) => bytes.fill(0),
    keyedHash: (into, message, key) => into.set(wrappers.crypto_generichash(into.length, message, key)),
    keyedHasher: (key, length) => wasmHasher(wrappers, key, length),
    seal: (into, plain, associated, nonce, key) => {
      if (into.length !== plain.length + 16) throw new RangeError('lengths');
      into.set(wrappers.crypto_aead_xchacha20poly1305_ietf_encrypt(plain, associated, null, nonce, key));
    },
    open: (into, sealed, associated, nonce, key) => wasmOpen(wrappers, into, sealed, associated, nonce, key),
    argon2id: async (into, password, salt, cost) => {
      const algorithm = wrappers.crypto_pwhash_ALG_ARGON2ID13;
      const memoryBytes = cost.memoryKiB * 1024;
      into.set(wrappers.crypto_pwhash(into.length, password, salt, cost.passes, memoryBytes, algorithm));
    },
  };
}

function wasmHasher(wrappers: Wrappers, key: Uint8Array, length: number): KeyedHasher {
  const state = wrappers.crypto_generichash_init(key, length);
  return {
    update: (bytes) => wrappers.crypto_generichash_update(state, bytes),
    digest: (into) => into.set(wrappers.crypto_generichash_final(state, length)),
  };
}

function wasmOpen(
  wrappers: Wrappers,
  into: Uint8Array,
  sealed: Uint8Array,
  associated: Uint8Array,
  nonce: Uint8Array,
  key: Uint8Array,
): boolean {
  // The wrapper throws for a wrong length, which is a bug, and for a wrong tag, which is the answer.
  if (into.length !== sealed.length - 16 || nonce.length !== 24 || key.length !== 32) throw new RangeError('lengths');
  try {
    into.set(wrappers.crypto_aead_xchacha20poly1305_ietf_decrypt(null, sealed, associated, nonce, key));
    return true;
  } catch {
    return false;
  }
}
