import { expect, it } from 'vitest';
import type { ChunkLocation } from '../../shared/domain/commit.ts';
import type { ChunkId, ContentDigest, PackId } from '../../shared/domain/ids.ts';
import { packHandovers, unpackHandovers } from './packed-handovers.ts';
import type { Handover } from './reader-messages.ts';

const idOf = (n: number): string => n.toString(16).padStart(64, '0');
const place = (n: number): ChunkLocation => ({
  id: idOf(n) as ChunkId,
  pack: idOf(1000 + (n % 2)) as PackId,
  record: n,
  recordOffset: 2 ** 40 + n,
  recordLength: 70 + n,
  offset: n * 3,
  length: n,
});
const handover = (orders: readonly string[], digest: number, places: readonly ChunkLocation[]): Handover => ({
  orders,
  content: { digest: idOf(digest) as ContentDigest, sizeBytes: 2 ** 41 + digest, places },
});

it('come out as they went in: with one chunk, with several, with none, and without a content', () => {
  const handovers: Handover[] = [
    handover(['a'], 1, [place(1)]),
    handover(['b', 'c'], 7, [place(2), place(3), place(4)]),
    { orders: ['d'], content: undefined },
    handover(['e'], 8, []),
    handover(['f'], 5, [place(5)]),
  ];
  expect([...unpackHandovers(packHandovers(handovers))]).toEqual(handovers);
  expect([...unpackHandovers(packHandovers([]))]).toEqual([]);
});
