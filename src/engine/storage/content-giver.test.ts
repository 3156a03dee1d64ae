import { expect, it } from 'vitest';
import type { ChunkLocation } from '../../shared/domain/commit.ts';
import type { ChunkId, ContentDigest, PackId } from '../../shared/domain/ids.ts';
import type { ContentPart } from '../../shared/domain/item.ts';
import { ThreadedGiver } from './content-giver.ts';
import { unpackHandovers } from './packed-handovers.ts';
import type { GivenAnswer, Outcome } from './reader-messages.ts';

const inRecord = 200;
const bytesEach = 1000;

const idOf = (n: number): ChunkId => n.toString(16).padStart(64, '0') as ChunkId;
const placeOf = (id: ChunkId): ChunkLocation => {
  const record = Math.floor(Number.parseInt(id, 16) / inRecord);
  const pack = idOf(Math.floor(record / 8)) as string as PackId;
  return { id, pack, record: record % 8, recordOffset: record * 1e6, recordLength: 1e5, offset: 0, length: bytesEach };
};
const partOf = (n: number): ContentPart => ({
  part: 'raw',
  digest: idOf(n) as string as ContentDigest,
  sizeBytes: bytesEach,
  chunks: [idOf(n)],
});

/** What the threads are given, message by message: the record of each content. */
async function give(numbers: readonly number[]): Promise<{ readonly records: string[][]; readonly told: GivenAnswer[] }> {
  const records: string[][] = [];
  const pool = {
    give: async ({ handovers }: Parameters<ThreadsGive>[0]): Promise<readonly Outcome[]> => {
      const given = [...unpackHandovers(handovers)];
      records.push(given.map(({ content }) => `${content?.places[0]?.pack}.${content?.places[0]?.record}`));
      await Promise.resolve();
      return given.map(({ orders }) => ({ answer: orders[0] }));
    },
    stop: () => undefined,
    leave: () => undefined,
  };
  const finder = { locateAll: (ids: readonly ChunkId[]) => new Map(ids.map((id) => [id, placeOf(id)])) };
  const giver = new ThreadedGiver(pool, finder, '/storage');
  const told: GivenAnswer[] = [];
  for (const [index, n] of numbers.entries()) {
    giver.give(partOf(n), index, (answer) => (told[index] = answer));
    if (giver.isBehind) await giver.keepPace();
  }
  await giver.settled();
  return { records, told };
}
type ThreadsGive = ConstructorParameters<typeof ThreadedGiver>[0]['give'];

/** One in twenty was saved long before, as copies of something are. */
const withCopies = Array.from({ length: 20_000 }, (_, n) => (n % 20 === 19 ? Math.floor(n * ((n * 0.618034) % 1)) : n));

it('gives everything once, each answer to whoever asked for it, a record at a time', async () => {
  const { records, told } = await give(withCopies);
  expect(told).toEqual(withCopies.map((_, answer) => ({ answer })));
  expect(records.flat()).toHaveLength(withCopies.length);
  for (const one of records) expect(new Set(one).size).toBe(1);
});

it('lets contents that were saved long before wait for others of their record', async () => {
  const { records } = await give(withCopies);
  const distinct = new Set(records.flat()).size;
  expect(distinct).toBe(withCopies.length / inRecord);
  expect(records.length).toBeLessThan(distinct * 2.5);
});
