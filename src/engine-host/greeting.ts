import type { Socket } from 'node:net';
import { z } from '../shared/contract/z.ts';
import type { Carrier } from '../shared/contract/wire.ts';
import { socketCarrier, toClientLimit, toEngineLimit } from './socket-carrier.ts';
import { socketLines } from './socket-lines.ts';

// The lines are those of docs/format/local-socket.md, "Proof".
const version = 1;
const lineLimit = 1024;
const answerWithinMs = 10_000;
const hex32 = z.string().regex(/^[0-9a-f]{64}$/);
const greetingLine = z.object({ strata: z.literal(version), nonce: hex32 });
const clientLine = z.object({ nonce: hex32, proof: hex32 });
const engineLine = z.object({ proof: hex32 });

/** 32 random bytes in hex, for nonces and keys. */
export const randomHex = (): string => Buffer.from(globalThis.crypto.getRandomValues(new Uint8Array(32))).toString('hex');

/** The engine's side. Undefined: the other end could not prove itself, or went away; the socket is closed. */
export function greetAsEngine(socket: Socket, key: Uint8Array): Promise<Carrier | undefined> {
  const lines = socketLines(socket, lineLimit);
  return within(socket, async () => {
    const nonce = randomHex();
    socket.write(`${JSON.stringify({ strata: version, nonce })}\n`);
    const client = parsed(clientLine, await lines.next());
    if (!client || !(await isProof(key, 'strata client', nonce, client.nonce, client.proof))) return undefined;
    socket.write(`${JSON.stringify({ proof: await proofOf(key, 'strata engine', client.nonce, nonce) })}\n`);
    return socketCarrier(socket, lines, toEngineLimit);
  });
}

/** The client's side. The key is read only after the greeting: an engine that is still opening has not written it yet. */
export function greetAsClient(
  socket: Socket,
  readKey: () => Uint8Array | undefined,
  patienceMs: number,
): Promise<Carrier | undefined> {
  const lines = socketLines(socket, lineLimit);
  return within(
    socket,
    async () => {
      const greeting = parsed(greetingLine, await lines.next());
      if (!greeting) return undefined;
      const key = readKey();
      if (!key) return undefined;
      const nonce = randomHex();
      const proof = await proofOf(key, 'strata client', greeting.nonce, nonce);
      socket.write(`${JSON.stringify({ nonce, proof })}\n`);
      const engine = parsed(engineLine, await lines.next());
      if (!engine || !(await isProof(key, 'strata engine', nonce, greeting.nonce, engine.proof))) return undefined;
      return socketCarrier(socket, lines, toClientLimit);
    },
    patienceMs,
  );
}

async function within(
  socket: Socket,
  greet: () => Promise<Carrier | undefined>,
  ms = answerWithinMs,
): Promise<Carrier | undefined> {
  const timer = setTimeout(() => socket.destroy(), ms);
  try {
    const carrier = await greet();
    if (!carrier) socket.destroy();
    return carrier;
  } catch (error) {
    socket.destroy();
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

function parsed<T>(schema: z.ZodType<T>, line: string | undefined): T | undefined {
  if (line === undefined) return undefined;
  try {
    return schema.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined; // not JSON: the same as a wrong proof
  }
}

const message = (words: string, first: string, second: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(Buffer.concat([Buffer.from(words), Buffer.from(first, 'hex'), Buffer.from(second, 'hex')]));

// WebCrypto, because this room must not hold node:crypto, and because its `verify` compares in constant time.
const importKey = (key: Uint8Array, usage: 'sign' | 'verify') =>
  globalThis.crypto.subtle.importKey('raw', new Uint8Array(key), { name: 'HMAC', hash: 'SHA-256' }, false, [usage]);

async function proofOf(key: Uint8Array, words: string, first: string, second: string): Promise<string> {
  const proof = await globalThis.crypto.subtle.sign('HMAC', await importKey(key, 'sign'), message(words, first, second));
  return Buffer.from(proof).toString('hex');
}

async function isProof(key: Uint8Array, words: string, first: string, second: string, proof: string): Promise<boolean> {
  const given = new Uint8Array(Buffer.from(proof, 'hex'));
  return globalThis.crypto.subtle.verify('HMAC', await importKey(key, 'verify'), given, message(words, first, second));
}
