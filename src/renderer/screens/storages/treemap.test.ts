import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { treemap } from './treemap.ts';

const area = { x: 0, y: 0, width: 400, height: 200 };
const same = (size: number): number => size;

describe('a map of sizes', () => {
  it('gives every part an area as its size, none over another, and fills the whole', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 1_000_000 }), { minLength: 1, maxLength: 60 }), (sizes) => {
        const tiles = treemap(sizes, same, area);
        const total = sizes.reduce((sum, size) => sum + size, 0);
        expect(tiles).toHaveLength(sizes.length);
        for (const { part, width, height } of tiles) expect((width * height) / 80_000).toBeCloseTo(part / total, 6);
        for (const [at, one] of tiles.entries()) {
          expect(one.x + one.width).toBeLessThanOrEqual(area.width + 1e-6);
          expect(one.y + one.height).toBeLessThanOrEqual(area.height + 1e-6);
          for (const other of tiles.slice(at + 1)) {
            const apart =
              one.x + one.width <= other.x + 1e-6 ||
              other.x + other.width <= one.x + 1e-6 ||
              one.y + one.height <= other.y + 1e-6 ||
              other.y + other.height <= one.y + 1e-6;
            expect(apart).toBe(true);
          }
        }
      }),
    );
  });

  it('leaves out what is empty, and draws nothing of nothing', () => {
    expect(treemap([0, 5], same, area).map(({ part }) => part)).toEqual([5]);
    expect(treemap([], same, area)).toEqual([]);
    expect(treemap([0], same, area)).toEqual([]);
  });

  it('keeps shapes close to squares where sizes are alike', () => {
    for (const { width, height } of treemap(
      Array.from({ length: 8 }, () => 10),
      same,
      area,
    )) {
      expect(Math.max(width / height, height / width)).toBeLessThan(2.1);
    }
  });
});
