import { expect, it } from 'vitest';
import { seededRandom } from '../../../test/kit/seeded-random.ts';
import type { ChunkId } from '../../shared/domain/ids.ts';
import { IdSet } from './id-set.ts';

const random = seededRandom(9);
const newChunkId = (): ChunkId => Buffer.from(random.bytes(32)).toString('hex') as ChunkId;

it('holds what was added and nothing else, however much it is', () => {
  const set = new IdSet();
  const ids = Array.from({ length: 50_000 }, newChunkId);
  for (const id of [...ids, ...ids]) set.add(id);
  expect(set.size).toBe(50_000);
  expect(ids.every((id) => set.has(id))).toBe(true);
  expect(Array.from({ length: 50_000 }, newChunkId).some((id) => set.has(id))).toBe(false);
});

it('takes ids of zeros, and tells ids apart that begin alike', () => {
  const set = new IdSet();
  const zeros = '0'.repeat(64) as ChunkId;
  const alike = ['0'.repeat(8), '0'.repeat(16), '0'.repeat(24)].map((start) => start.padEnd(32, '7').padEnd(64, '0') as ChunkId);
  for (const id of [zeros, ...alike]) {
    expect(set.has(id)).toBe(false);
    set.add(id);
    expect(set.has(id)).toBe(true);
  }
});
