import { describe, expect, it } from 'vitest';
import type { SourceId } from '../../../shared/domain/ids.ts';
import type { Candidate } from '../../catalog/index.ts';
import { type Drawn, SourceDraw } from './draw.ts';

const source = 'a'.repeat(20) as SourceId;
const kib = 1024;
const mib = 1024 * kib;
let rows = 0;
const version = (sizeBytes: number, validFromMs = 0, validToMs: number | null = null): Candidate => ({
  ...{ row: (rows += 1), source, sizeBytes, validFromMs, validToMs },
});
const many = (count: number, sizeBytes: number): Candidate[] => Array.from({ length: count }, () => version(sizeBytes));

function draw(all: readonly Candidate[], { seed = 1, wanted = 10, moments = [0] } = {}): Drawn {
  const its = new SourceDraw(source, seed, wanted, moments);
  for (const one of all) its.add(one);
  return its.drawn();
}
const sizes = ({ items }: Drawn): number[] => items.map(({ sizeBytes }) => sizeBytes);

describe('what a rehearsal draws', () => {
  it('is of every size, however few are large', () => {
    const all = [...many(5000, 10), ...many(3, 20 * mib), ...many(4, 100 * kib)];
    for (let seed = 0; seed < 20; seed += 1) {
      const drawn = draw(all, { seed });
      expect(drawn.items).toHaveLength(10);
      expect(new Set(sizes(drawn))).toEqual(new Set([10, 100 * kib, 20 * mib]));
      expect(new Set(drawn.items.map(({ row }) => row)).size).toBe(10);
    }
  });

  it('has one of the oldest kept moment and one of the newest, also where all else came between', () => {
    const [oldest, newest] = [version(10, 50, 150), version(10, 999)];
    const between = Array.from({ length: 5000 }, () => version(10, 250, 900));
    // Older still, but nothing that a kept moment shows.
    const unseen = version(10, 10, 90);
    const drawn = draw([unseen, oldest, ...between, newest], { wanted: 3, moments: [100, 300, 1000] });
    expect(drawn).toMatchObject({ oldestMs: 100, newestMs: 1000 });
    expect(drawn.items).toEqual(expect.arrayContaining([oldest, newest]));
  });

  it('takes the newest moment that a source was in where it is empty by now', () => {
    const drawn = draw([version(10, 50, 150), version(10, 50, 350)], { moments: [100, 300, 1000] });
    expect(drawn).toMatchObject({ oldestMs: 100, newestMs: 300 });
  });

  it('is the same for the same seed, another for another, and takes everybody in time', () => {
    const all = many(60, 10);
    expect(draw(all, { seed: 7 })).toEqual(draw(all, { seed: 7 }));
    expect(draw(all, { seed: 8 })).not.toEqual(draw(all, { seed: 7 }));
    const seen = new Set(
      Array.from({ length: 60 }, (_, seed) => draw(all, { seed }).items).flatMap((items) => items.map(({ row }) => row)),
    );
    expect(seen.size).toBe(60);
  });

  it('is never more than so many bytes, tells what is too large, and is all where that is little', () => {
    const drawn = draw([...many(40, 100 * mib), version(300 * mib)], { wanted: 40 });
    expect(sizes(drawn)).toEqual([100 * mib, 100 * mib]);
    expect(drawn.tooLarge).toBe(1);
    expect(draw(many(4, 5)).items).toHaveLength(4);
    const present = Array.from({ length: 6 }, () => ({ items: 0, bytes: 0 }));
    expect(draw([])).toEqual({ items: [], present, tooLarge: 0, oldestMs: null, newestMs: null });
  });
});
