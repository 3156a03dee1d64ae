import { expect, it } from 'vitest';
import type { ChunkId, PackId } from '../../shared/domain/ids.ts';
import { KnownChunks } from './known-chunks.ts';

const id = (letter: string): ChunkId => letter.repeat(64) as ChunkId;
const pack = (letter: string): PackId => letter.repeat(64) as PackId;
const located = (where: Readonly<Record<string, PackId>>) => {
  const asked: ChunkId[] = [];
  const locate = (chunk: ChunkId) => {
    asked.push(chunk);
    const found = where[chunk];
    return found === undefined
      ? undefined
      : { id: chunk, pack: found, record: 0, recordOffset: 0, recordLength: 1, offset: 0, length: 1 };
  };
  return { asked, locate };
};

it('a chunk is stored once, before and after a commit', () => {
  const known = new KnownChunks(located({}), []);
  expect(known.claim(id('a'))).toBe(true);
  expect(known.claim(id('a'))).toBe(false);
  known.committed([pack('1')]);
  expect(known.claim(id('a'))).toBe(false);
  expect(known.claim(id('b'))).toBe(true);
});

it('a chunk that the catalog knows is stored again only if its pack is gone', () => {
  const known = new KnownChunks(located({ [id('a')]: pack('1'), [id('b')]: pack('2') }), [pack('1')]);
  expect(known.claim(id('a'))).toBe(false);
  expect(known.claim(id('b'))).toBe(true);
  expect(known.claim(id('b'))).toBe(false);
});

it('a storage without packs is not asked for anything', () => {
  const locator = located({ [id('a')]: pack('1') });
  const known = new KnownChunks(locator, []);
  expect(known.claim(id('a'))).toBe(true);
  known.committed([pack('2')]);
  expect(known.claim(id('b'))).toBe(true);
  expect(locator.asked).toEqual([]);
});
