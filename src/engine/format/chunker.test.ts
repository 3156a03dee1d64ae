import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../test/kit/seeded-random.ts';
import { Chunker, gearBytes } from './chunker.ts';
import { type ChunkerParameters, defaultChunking, requireSoundParameters } from './chunker-parameters.ts';
import { slowChunkLengths } from './testing/slow-chunker.ts';

const gear = seededRandom(1).bytes(gearBytes);
const small: ChunkerParameters = { algorithm: 1, normalization: 2, minBytes: 64, averageBytes: 256, maxBytes: 1024 };

/** Feeds content in pieces of the sizes that are asked for, over and over. */
function chunksOf(chunker: Chunker, content: Uint8Array, pieces: readonly number[] = [content.length]): Uint8Array[] {
  const chunks: Uint8Array[] = [];
  let at = 0;
  for (let turn = 0; at < content.length; turn += 1) {
    const room = chunker.room();
    const bytes = content.subarray(at, at + Math.min(room.length, Math.max(1, pieces[turn % pieces.length] as number)));
    room.set(bytes);
    chunker.filled(bytes.length);
    at += bytes.length;
    for (let chunk = chunker.next(false); chunk !== undefined; chunk = chunker.next(false)) chunks.push(chunk.slice());
  }
  for (let chunk = chunker.next(true); chunk !== undefined; chunk = chunker.next(true)) chunks.push(chunk.slice());
  return chunks;
}
const lengthsOf = (chunks: readonly Uint8Array[]) => chunks.map((chunk) => chunk.length);

describe('the chunker', () => {
  it('cuts where its description says, in random and in dull content', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(20_000), fc.constantFrom(256, 4, 1), fc.nat(4), (seed, length, letters, normalization) => {
        const content = seededRandom(seed)
          .bytes(length)
          .map((byte) => byte % letters);
        const parameters = { ...small, normalization };
        const chunks = chunksOf(new Chunker(parameters, gear), content);
        expect(lengthsOf(chunks)).toEqual(slowChunkLengths(parameters, gear, content));
        expect(Buffer.concat(chunks).equals(content)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('cuts the same with the parameters of a real storage', () => {
    const content = seededRandom(2).bytes(5_000_000);
    expect(lengthsOf(chunksOf(new Chunker(defaultChunking, gear), content))).toEqual(
      slowChunkLengths(defaultChunking, gear, content),
    );
  });

  it('cuts the same however the bytes come in, and whatever came before', () => {
    const content = seededRandom(3).bytes(50_000);
    const chunker = new Chunker(small, gear);
    const expected = lengthsOf(chunksOf(chunker, content));
    fc.assert(
      fc.property(fc.array(fc.nat(5000), { minLength: 1, maxLength: 20 }), (pieces) => {
        expect(lengthsOf(chunksOf(chunker, content, pieces))).toEqual(expected);
      }),
      { numRuns: 50 },
    );
  });

  it('forgets a content that was given up', () => {
    const chunker = new Chunker(small, gear);
    chunker.room().fill(7, 0, 500);
    chunker.filled(500);
    chunker.reset();
    expect(chunker.next(true)).toBeUndefined();
    const content = seededRandom(4).bytes(3000);
    expect(lengthsOf(chunksOf(chunker, content))).toEqual(slowChunkLengths(small, gear, content));
  });

  it('keeps most chunks when something is inserted near the start', () => {
    const content = seededRandom(5).bytes(200_000);
    const edited = Buffer.concat([content.subarray(0, 100), Buffer.from('inserted'), content.subarray(100)]);
    const chunker = new Chunker(small, gear);
    const before = new Set(chunksOf(chunker, content).map((chunk) => Buffer.from(chunk).toString('hex')));
    const after = chunksOf(chunker, edited).map((chunk) => Buffer.from(chunk).toString('hex'));
    expect(after.filter((chunk) => !before.has(chunk)).length).toBeLessThan(10);
  });

  it('makes chunks of about the average size, none beyond the bounds', () => {
    const chunks = lengthsOf(chunksOf(new Chunker(small, gear), seededRandom(6).bytes(2_000_000)));
    const mean = 2_000_000 / chunks.length;
    expect(mean).toBeGreaterThan(small.averageBytes * 0.8);
    expect(mean).toBeLessThan(small.averageBytes * 1.6);
    expect(Math.min(...chunks.slice(0, -1))).toBeGreaterThan(small.minBytes);
    expect(Math.max(...chunks)).toBeLessThanOrEqual(small.maxBytes);
  });

  it('cuts elsewhere with another key', () => {
    const content = seededRandom(7).bytes(20_000);
    const other = seededRandom(8).bytes(gearBytes);
    expect(lengthsOf(chunksOf(new Chunker(small, gear), content))).not.toEqual(
      lengthsOf(chunksOf(new Chunker(small, other), content)),
    );
  });

  it('refuses more bytes than it gave room for', () => {
    const chunker = new Chunker(small, gear);
    expect(() => chunker.filled(chunker.room().length + 1)).toThrow(RangeError);
  });

  it('is made of what its generator writes', () => {
    const path = fileURLToPath(new URL('../../../scripts/gen/chunker.mjs', import.meta.url));
    const generated = execFileSync(process.execPath, [path, '--print'], { encoding: 'utf8' });
    expect(readFileSync(new URL('./chunker-wasm.ts', import.meta.url), 'utf8')).toBe(generated);
  });
});

describe('chunker parameters', () => {
  it('of a new storage are sound', () => {
    requireSoundParameters(defaultChunking, (reason) => new Error(reason));
  });
});
