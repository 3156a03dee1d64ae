import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Wanted } from '../source.ts';
import { planBatches, streamAbove } from './batches.ts';

const mib = 1024 * 1024;
const wanted = (sizes: readonly number[], need: Wanted['need'] = 'content'): Wanted[] =>
  sizes.map((sizeBytes, at) => ({
    need,
    sighting: { key: `1:${at}`, name: '', kind: 'message', contentRevision: '', metadataRevision: '', sizeBytes },
  }));
const sizes = (items: readonly Wanted[]): number[][] =>
  planBatches(items).map(({ sightings }) => sightings.map(({ sizeBytes }) => sizeBytes));

it('puts small messages together and leaves large ones alone', () => {
  expect(sizes(wanted([1, 2, 5 * mib, 3, 4 * mib, 4 * mib, 1]))).toEqual([[1, 2], [5 * mib], [3, 4 * mib], [4 * mib, 1]]);
});

it('does not count the size of what is not read', () => {
  expect(planBatches(wanted([50 * mib, 50 * mib], 'metadata'))).toHaveLength(1);
});

it('plans everything once, in its order, within the limits', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.nat(20_000), fc.nat(20 * mib)), { maxLength: 1200 }), (all) => {
      const parts = sizes(wanted(all));
      expect(parts.flat()).toEqual(all);
      for (const part of parts) {
        expect(part.length).toBeGreaterThan(0);
        expect(part.length).toBeLessThanOrEqual(500);
        if (part.length > 1) {
          expect(Math.max(...part)).toBeLessThanOrEqual(streamAbove);
          expect(part.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(8 * mib);
        }
      }
    }),
  );
});
