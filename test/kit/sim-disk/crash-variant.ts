import { seededRandom } from '../seeded-random.ts';
import type { Write } from './content.ts';

/**
 * `lost`: only what was synced. `kept`: all that was done. `torn`: all, but the last write of a file that was not synced ends at a
 * border of that many bytes. `names-first`: all names, but files that were not synced have only what was. `zeros`: all names and
 * sizes, but zeros for bytes that were not synced. `stale`: all that was done, but names that were taken away or replaced are back.
 * `random`: each name and each write by chance.
 */
export type CrashVariant =
  | { readonly kind: 'lost' | 'kept' | 'names-first' | 'zeros' | 'stale' }
  | { readonly kind: 'torn'; readonly border: 512 | 4096 }
  | { readonly kind: 'random'; readonly seed: number };

/** Each kind of crash once, and so many random ones. */
export const allVariants = (randomSeeds: number): CrashVariant[] => [
  { kind: 'lost' },
  { kind: 'kept' },
  { kind: 'torn', border: 512 },
  { kind: 'torn', border: 4096 },
  { kind: 'names-first' },
  { kind: 'zeros' },
  { kind: 'stale' },
  ...Array.from({ length: randomSeeds }, (_, seed) => ({ kind: 'random', seed }) as const),
];

/** Decides what of the undurable survives. */
export interface Chooser {
  /** Whether the name leads where it led last, or where it led when names were last synced. */
  isNewest(before: number | undefined, after: number | undefined): boolean;
  /** How much of an unsynced write is there; `null`: its place, filled with zeros. */
  kept(write: Write, isLast: boolean): number | null;
}

export function chooserOf(variant: CrashVariant): Chooser {
  const all = ({ bytes }: Write): number => bytes.length;
  const yes = (): boolean => true;
  switch (variant.kind) {
    case 'lost':
      return { isNewest: () => false, kept: () => 0 };
    case 'kept':
      return { isNewest: yes, kept: all };
    case 'torn':
      return { isNewest: yes, kept: (write, isLast) => (isLast ? upToBorder(write, variant.border) : all(write)) };
    case 'names-first':
      return { isNewest: yes, kept: () => 0 };
    case 'zeros':
      return { isNewest: yes, kept: () => null };
    case 'stale':
      return { isNewest: (before) => before === undefined, kept: all };
    case 'random': {
      const random = seededRandom(variant.seed);
      return {
        isNewest: () => random.below(2) === 0,
        kept: (write) => [0, null, upToBorder(write, 512), write.bytes.length][random.below(4)] ?? null,
      };
    }
  }
}

/** Disks write whole blocks, counted from the beginning of the file: about half of them are there. */
function upToBorder({ at, bytes }: Write, border: number): number {
  const half = at + bytes.length / 2;
  return Math.max(0, Math.floor(half / border) * border - at);
}
