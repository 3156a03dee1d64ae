import type { Facts } from '../../../shared/domain/strata-error.ts';
import type { ChangeTally } from '../../catalog/index.ts';

/** What a cycle saw change at one source. */
export interface SeenChanges {
  /** Items before, folders excluded. */
  readonly items: number;
  readonly deleted: number;
  /** With other content than before. */
  readonly changed: number;
  /** Pieces of changed large items before, and how many of them came again. */
  readonly pieces: number;
  readonly piecesAgain: number;
  /** A file that nobody should touch, and somebody did. */
  readonly canary: string | undefined;
}

export interface Sign {
  readonly sign: 'scrambled' | 'canary' | 'renamed' | 'deleted' | 'changed' | 'unlike';
  readonly facts: Facts;
}

/** People touch a few items of a small source at once, and that is no alarm. */
const fewItems = 20;
const fewSamples = 5;
const fewPieces = 40;
const thousand = 1000;

/** So many of so many going at once are worth a second look. */
export const isMuch = (deleted: number, items: number): boolean => isLargeShare(deleted, items) || deleted > thousand;
const isLargeShare = (deleted: number, items: number): boolean => deleted >= fewItems && deleted > 0.25 * items;

/**
 * What looks like an accident or an attack: in this cycle alone, or in the days together, for what is slow. The days include the
 * cycle. What is most certain comes first.
 */
export function signsOf(seen: SeenChanges, days: readonly ChangeTally[]): Sign[] {
  const signs: Sign[] = [];
  const total = (of: (day: ChangeTally) => number): number => days.reduce((sum, day) => sum + of(day), 0);
  const items = Math.max(seen.items, ...days.map((day) => day.items));

  const compressible = total((day) => day.compressible);
  const scrambled = total((day) => day.scrambled);
  // More than half of them above the line is their median above it.
  if (compressible >= fewSamples && scrambled * 2 > compressible) {
    signs.push({ sign: 'scrambled', facts: { count: scrambled, of: compressible } });
  }
  if (seen.canary !== undefined) signs.push({ sign: 'canary', facts: { item: seen.canary } });

  for (const [extension, count] of renamedIn(days)) {
    if (count >= fewItems && count > 0.05 * items) signs.push({ sign: 'renamed', facts: { count, of: items, extension } });
  }
  const deleted = Math.max(
    seen.deleted,
    total((day) => day.deleted),
  );
  if (isLargeShare(deleted, items) || seen.deleted > thousand) {
    signs.push({ sign: 'deleted', facts: { count: deleted, of: items } });
  }
  if (seen.changed >= fewItems && seen.changed > 0.3 * seen.items) {
    signs.push({ sign: 'changed', facts: { count: seen.changed, of: seen.items } });
  }
  if (seen.pieces >= fewPieces && seen.piecesAgain < 0.2 * seen.pieces) {
    signs.push({ sign: 'unlike', facts: { count: seen.pieces - seen.piecesAgain, of: seen.pieces } });
  }
  return signs;
}

function renamedIn(days: readonly ChangeTally[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { renamed } of days) {
    for (const [extension, count] of Object.entries(renamed)) counts.set(extension, (counts.get(extension) ?? 0) + count);
  }
  return counts;
}
