import { expect, it } from 'vitest';
import { seededRandom } from '../../../test/kit/seeded-random.ts';
import type { ChunkId } from '../../shared/domain/ids.ts';
import { ChunkBalance } from './chunk-balance.ts';

const random = seededRandom(10);
const newChunkId = (): ChunkId => Buffer.from(random.bytes(32)).toString('hex') as ChunkId;

it('is even when all that is needed is there, in whatever order it was told and however often', () => {
  const ids = Array.from({ length: 5000 }, newChunkId);
  const balance = new ChunkBalance();
  for (const id of [...ids.slice(0, 3000), ...ids]) balance.need(id);
  expect(balance.missing).toBe(5000);
  for (const id of [...ids, ...ids.slice(2000)]) balance.find(id);
  expect(balance.missing).toBe(0);
  for (const id of ids) balance.need(id);
  expect(balance.missing).toBe(0);
});

it('misses what is needed and not there, and nothing that is there and not needed', () => {
  const [needed = newChunkId(), both = newChunkId(), there = newChunkId()] = Array.from({ length: 3 }, newChunkId);
  const balance = new ChunkBalance();
  balance.find(there);
  balance.find(both);
  balance.need(needed);
  balance.need(both);
  expect(balance.missing).toBe(1);
  expect([needed, both, there].map((id) => balance.isThere(id))).toEqual([false, true, true]);
});
