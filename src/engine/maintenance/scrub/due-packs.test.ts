import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../../test/kit/seeded-random.ts';
import type { PackSummary } from '../../../shared/domain/commit.ts';
import type { PackId } from '../../../shared/domain/ids.ts';
import type { StoredReading } from '../../catalog/index.ts';
import { duePacks, leastRecentlyRead, nextDueMs, shareOf } from './due-packs.ts';
import { verificationOf } from './verification.ts';

const dayMs = 86_400_000;
const startMs = 1_772_359_200_000;
const packsOf = (count: number, sizeBytes = 100): PackSummary[] =>
  Array.from({ length: count }, (_, index) => ({ id: `pack ${index}` as PackId, sizeBytes }));

class Book extends Map<PackId, StoredReading> {
  read(packs: Iterable<{ readonly id: PackId }>, atMs: number, outcome: StoredReading['outcome'] = 'good'): this {
    for (const { id } of packs) this.set(id, { pack: id, atMs, outcome, failure: null });
    return this;
  }
}
const names = (packs: Iterable<{ readonly id: PackId }>): string[] => [...packs].map(({ id }) => id);

describe('the order of reading', () => {
  it('begins with what was never read, as it came, and goes on with what was not read for longest', () => {
    const packs = packsOf(4);
    const book = new Book().read(packs.slice(0, 1), startMs - 2).read(packs.slice(1, 2), startMs - 5);
    expect(names(leastRecentlyRead(packs, book, startMs))).toEqual(['pack 2', 'pack 3', 'pack 1', 'pack 0']);
  });

  it('does not believe a time that has not come yet', () => {
    const packs = packsOf(2);
    const book = new Book().read(packs.slice(0, 1), startMs + 10 * 365 * dayMs).read(packs.slice(1), startMs - dayMs);
    expect(names(duePacks(packs, book, { days: 30, nowMs: startMs }))).toEqual(['pack 0']);
  });
});

describe('a share', () => {
  it('taken again and again comes to all packs in as many times as it must, whatever the share', () => {
    for (const percent of [0.5, 1, 3, 7, 10, 25, 33, 34, 50, 99, 100]) {
      for (const count of [1, 2, 3, 10, 97]) {
        const packs = packsOf(count);
        const book = new Book();
        for (let time = 1; time <= Math.ceil(100 / percent); time += 1) {
          const chosen = shareOf(packs, percent, book, startMs + time);
          expect(chosen.size).toBeGreaterThan(0);
          book.read(
            [...chosen].map((id) => ({ id })),
            startMs + time,
          );
        }
        expect(book.size, `${percent} % of ${count}`).toBe(count);
      }
    }
  });
});

describe('what is due', () => {
  it('is everything at first, and then a day’s share a day, so that no day is like the first', () => {
    const packs = packsOf(240);
    const book = new Book();
    expect(duePacks(packs, book, { days: 30, nowMs: startMs })).toHaveLength(240);
    book.read(packs, startMs);
    for (let day = 1; day <= 60; day += 1) {
      const due = duePacks(packs, book, { days: 30, nowMs: startMs + day * dayMs });
      expect(due, `day ${day}`).toHaveLength(10);
      book.read(due, startMs + day * dayMs);
    }
  });

  it('leaves no pack unread for longer than the days, whatever their sizes and whichever days the computer is off', () => {
    for (let seed = 1; seed <= 40; seed += 1) {
      const random = seededRandom(seed);
      const packs = Array.from({ length: 1 + random.below(60) }, (_, index) => ({
        id: `pack ${index}` as PackId,
        sizeBytes: 1 + random.below(1000) ** 2,
      }));
      const book = new Book().read(packs, startMs);
      const days = 5 + random.below(60);
      const longestOff = Math.max(1, Math.floor(days * 0.2));
      for (let nowMs = startMs; nowMs < startMs + 3 * days * dayMs; nowMs += (1 + random.below(longestOff)) * dayMs) {
        for (const { pack, atMs } of book.values())
          expect(nowMs - atMs, `seed ${seed}, ${pack}`).toBeLessThanOrEqual(days * dayMs);
        book.read(duePacks(packs, book, { days, nowMs }), nowMs);
      }
    }
  });

  it('is due when it was said to be, and not before', () => {
    for (let seed = 1; seed <= 40; seed += 1) {
      const random = seededRandom(seed);
      const packs = packsOf(1 + random.below(30), 1000);
      const book = new Book();
      for (const pack of packs) book.read([pack], startMs - random.below(10 * dayMs));
      book.read(duePacks(packs, book, { days: 30, nowMs: startMs }), startMs);
      const nextMs = nextDueMs(packs, book, { days: 30, nowMs: startMs }) ?? 0;
      expect(duePacks(packs, book, { days: 30, nowMs: Math.floor(nextMs) - 60_000 }), `seed ${seed}`).toEqual([]);
      expect(duePacks(packs, book, { days: 30, nowMs: Math.ceil(nextMs) + 1 }).length, `seed ${seed}`).toBeGreaterThan(0);
    }
  });

  it('is nothing where there is nothing', () => {
    expect(duePacks([], new Book(), { days: 30, nowMs: startMs })).toEqual([]);
    expect(nextDueMs([], new Book(), { days: 30, nowMs: startMs })).toBeNull();
  });
});

describe('what is told', () => {
  it('is all that was right within the days, and since when all of it was', () => {
    const packs = packsOf(4);
    const book = new Book()
      .read(packs.slice(0, 1), startMs - 31 * dayMs)
      .read(packs.slice(1, 2), startMs - 30 * dayMs)
      .read(packs.slice(2), startMs - dayMs, 'flickered');
    const told = verificationOf(packs, book, { days: 30, nowMs: startMs });
    expect(told).toMatchObject({ packs: 4, packsVerified: 3, bytesVerified: 300, damaged: 0, flickered: 2 });
    expect(told.verifiedAtMs).toBe(startMs - 31 * dayMs);
    expect(told.lastReadAtMs).toBe(startMs - dayMs);
  });

  it('is never that all is verified while a pack is damaged, was never read, or was read at a time to come', () => {
    const packs = packsOf(2);
    const good = new Book().read(packs, startMs);
    const verified = (book: Book) => verificationOf(packs, book, { days: 30, nowMs: startMs });
    expect(verified(good).verifiedAtMs).toBe(startMs);
    expect(verified(new Book().read(packs.slice(1), startMs)).verifiedAtMs).toBeNull();
    expect(verified(new Book(good).read(packs.slice(1), startMs, 'damaged'))).toMatchObject({ verifiedAtMs: null, damaged: 1 });
    expect(verified(new Book(good).read(packs.slice(1), startMs + 1))).toMatchObject({ verifiedAtMs: null, packsVerified: 1 });
  });

  it('is of packs in use alone', () => {
    const book = new Book().read(packsOf(9), startMs, 'damaged');
    expect(verificationOf([], book, { days: 30, nowMs: startMs })).toMatchObject({ packs: 0, damaged: 0, verifiedAtMs: null });
  });
});
