import { sha256Hex } from './sha256.ts';
import type { Sodium } from './sodium.ts';

/**
 * Known answers on the very machine and runtime that will keep people's data: a library that was built wrong, or a processor
 * that computes wrong, must not write a single pack. `fast` takes a few milliseconds and is part of every start; `full`
 * adds Argon2id, which needs 64 MiB.
 */
export async function selfTest(sodium: Sodium, depth: 'fast' | 'full'): Promise<void> {
  testHashes(sodium);
  testSealing(sodium);
  if (depth === 'full') await testArgon2id(sodium);
}

const counting = (length: number): Uint8Array => Uint8Array.from({ length }, (_, index) => index & 0xff);
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

function testHashes(sodium: Sodium): void {
  // FIPS 180-2, appendix B.1.
  expect('sha256', sha256Hex(Buffer.from('abc')), 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  // The BLAKE2 authors' test vectors: keyed BLAKE2b-512, key 00…3f, input 00…fe.
  const digest = new Uint8Array(64);
  sodium.keyedHash(digest, counting(255), counting(64));
  expect('blake2b', hex(digest), blake2bAnswer);
  const hasher = sodium.keyedHasher(counting(64), 64);
  hasher.update(counting(255).subarray(0, 100));
  hasher.update(counting(255).subarray(100));
  hasher.digest(digest);
  expect('blake2b in pieces', hex(digest), blake2bAnswer);
}

const blake2bAnswer =
  '142709d62e28fcccd0af97fad0f8465b971e82201dc51070faa0372aa43e9248' +
  '4be1c1e73ba10906d5d1853db6a4106e0a7bf9800d373d6dee2d46d62ef2a461';

/** draft-irtf-cfrg-xchacha-03, appendix A.3.1. */
function testSealing(sodium: Sodium): void {
  const plain = Buffer.from(
    "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, sunscreen would be it.",
  );
  const key = counting(0xa0).subarray(0x80);
  const nonce = counting(0x58).subarray(0x40);
  const associated = Buffer.from('50515253c0c1c2c3c4c5c6c7', 'hex');
  const sealed = new Uint8Array(plain.length + 16);
  sodium.seal(sealed, plain, associated, nonce, key);
  expect('xchacha20-poly1305', hex(sealed.subarray(0, 16)) + hex(sealed.subarray(-16)), sealedAnswer);
  const opened = new Uint8Array(plain.length);
  const isOpened = sodium.open(opened, sealed, associated, nonce, key);
  expect('opening', `${isOpened} ${hex(opened)}`, `true ${hex(plain)}`);
  sealed[0] = (sealed[0] as number) ^ 1;
  expect('refusing', String(sodium.open(opened, sealed, associated, nonce, key)), 'false');
}

/** First 16 bytes of the ciphertext, and the tag. */
const sealedAnswer = 'bd6d179d3e83d43b9576579493c0e939' + 'c0875924c1c7987947deafd8780acf49';

async function testArgon2id(sodium: Sodium): Promise<void> {
  const into = new Uint8Array(32);
  await sodium.argon2id(into, Buffer.from('password'), counting(16), { memoryKiB: 65_536, passes: 2 });
  expect('argon2id', hex(into), argonAnswer);
}

/** libsodium's, its WebAssembly build's, and OpenSSL's answer. */
const argonAnswer = '3fde0023e9c90652edac14784971e4258e084751bce00b5965d995c639b15cff';

function expect(what: string, found: string, wanted: string): void {
  // Not a failure that a person can do something about: the installation or the machine is broken.
  if (found !== wanted) throw new Error(`self-test of ${what} gave a wrong answer`);
}
