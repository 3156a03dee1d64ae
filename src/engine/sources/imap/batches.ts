import type { Sighting, Wanted } from '../source.ts';

/** A message above this is not taken into memory whole but read step by step. */
export const streamAbove = 4 * 1024 * 1024;
/** One step of a streamed message: a round trip each, and what the memory holds of it. */
const stepBytes = 1024 * 1024;

/** `pieceBytes`: the most that should be asked for at once. */
export const isStreamed = (sizeBytes: number, pieceBytes: number): boolean => sizeBytes > Math.min(streamAbove, pieceBytes);
export const stepOf = (pieceBytes: number): number => Math.min(stepBytes, pieceBytes);
/** What one command brings into memory. Two batches are there at a time. */
const batchBytes = 8 * 1024 * 1024;
/** Keeps the command line below 8 KB, which every server takes, however scattered the UIDs are (10 digits and a comma each). */
const batchMessages = 500;

/** Messages that are read by one command; one that is streamed is alone. */
export interface Batch {
  readonly need: Wanted['need'];
  readonly sightings: readonly Sighting[];
}

/** In the given order, so that neighbours on the server's disk stay neighbours. */
export function planBatches(wanted: readonly Wanted[], pieceBytes = Number.POSITIVE_INFINITY): Batch[] {
  return (['metadata', 'content'] as const).flatMap((need) => {
    const sightings = wanted.flatMap((item) => (item.need === need ? [item.sighting] : []));
    return split(sightings, need === 'content' ? ({ sizeBytes }) => sizeBytes : () => 0, pieceBytes).map((part) => ({
      need,
      sightings: part,
    }));
  });
}

function split(sightings: readonly Sighting[], cost: (sighting: Sighting) => number, pieceBytes: number): Sighting[][] {
  const parts: Sighting[][] = [];
  let part: Sighting[] = [];
  let bytes = 0;
  for (const sighting of sightings) {
    const size = cost(sighting);
    const isAlone = isStreamed(size, pieceBytes) || isStreamed(cost(part[0] ?? sighting), pieceBytes);
    if (part.length > 0 && (isAlone || part.length === batchMessages || bytes + size > Math.min(batchBytes, pieceBytes))) {
      parts.push(part);
      part = [];
      bytes = 0;
    }
    part.push(sighting);
    bytes += size;
  }
  return part.length > 0 ? [...parts, part] : parts;
}
