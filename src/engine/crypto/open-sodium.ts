import { nativeSodium } from './native-sodium.ts';
import { selfTest } from './self-test.ts';
import type { Sodium } from './sodium.ts';
import { wasmSodium } from './wasm-sodium.ts';

let opened: Promise<Sodium> | undefined;
let kind: Sodium['kind'] | undefined;

/** Native, or WebAssembly where that does not load. Chosen once per process or worker. */
export function openSodium(): Promise<Sodium> {
  opened ??= choose();
  return opened;
}

/** Before anything else of an engine: chooses, and refuses to go on with a libsodium that gives wrong answers. */
export async function startCrypto(): Promise<void> {
  await selfTest(await openSodium(), 'fast');
}

/** Which one was chosen. For the diagnostics: WebAssembly is several times slower. */
export function cryptoKind(): Sodium['kind'] {
  if (kind === undefined) throw new Error('startCrypto comes first');
  return kind;
}

async function choose(): Promise<Sodium> {
  const sodium = await nativeSodium().catch((nativeError: unknown) =>
    // Both gone is a broken installation: then both reasons matter.
    wasmSodium().catch((wasmError: unknown) => {
      throw new AggregateError([nativeError, wasmError], 'no libsodium');
    }),
  );
  kind = sodium.kind;
  return sodium;
}
