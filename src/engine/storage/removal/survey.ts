import type { PackId } from '../../../shared/domain/ids.ts';
import { StrataError } from '../../../shared/domain/strata-error.ts';
import { type PlacedEntry, packName } from '../../format/index.ts';
import { type RunContext, stopIfCancelled } from '../../kernel/run-context.ts';
import { turn } from '../../kernel/turn.ts';
import { chunksOf } from '../pack-entries.ts';
import { isFound, isNeeded, isWanted, type Needs, needsRepair, sourceOf } from './needs.ts';
import type { RemovalParts } from './parts.ts';
import type { Standing } from './standing.ts';

/** What a pack in use is worth. Sizes are those of its records, shared out among the chunks in a bundle. */
export interface SurveyedPack {
  readonly id: PackId;
  readonly sizeBytes: number;
  liveBytes: number;
  deadBytes: number;
  /** Of what is dead, how much was each source's, by its number; what nobody remembers is nobody's. */
  readonly deadOf: Map<number, number>;
  /** Of what is live, how much only a frozen source keeps there, by its number. */
  readonly sparedOf: Map<number, number>;
  /** Holds manifests of which some become stubs. */
  hasStubs: boolean;
}

/** Which record of manifests, by `pack.record`, is which root. */
export function rootsByPlace({ roots }: Standing): ReadonlyMap<string, number> {
  return new Map(roots.flatMap(({ place }, index) => (place === undefined ? [] : [[`${place.pack}.${place.record}`, index]])));
}

/**
 * Looks at each pack in use, and marks in `needs.chunks` what was found. A chunk that lies in several packs counts in the first.
 * Throws `storage.needs-repair` when a pack is missing or cannot be read, or a needed chunk is nowhere: first of all nothing
 * may be missing.
 */
export async function surveyPacks(
  standing: Standing,
  needs: Needs,
  parts: RemovalParts,
  run: RunContext,
): Promise<SurveyedPack[]> {
  const roots = rootsByPlace(standing);
  const surveyed: SurveyedPack[] = [];
  let found = 0;
  for (const [id, sizeBytes] of standing.packs) {
    stopIfCancelled(run);
    await turn();
    const pack: SurveyedPack = {
      id,
      sizeBytes,
      liveBytes: 0,
      deadBytes: 0,
      deadOf: new Map(),
      sparedOf: new Map(),
      hasStubs: false,
    };
    for (const entry of readEntries(id, sizeBytes, parts)) {
      if (entry.type === 'manifests') surveyManifests(pack, entry, roots.get(`${id}.${entry.ordinal}`), needs);
      else found += surveyChunks(pack, entry, needs);
    }
    surveyed.push(pack);
  }
  requireAll(standing, needs, found, parts);
  return surveyed;
}

function readEntries(id: PackId, sizeBytes: number, { target, reader }: RemovalParts): readonly PlacedEntry[] {
  if (target.size(packName(id)) !== sizeBytes) {
    throw new StrataError('storage.needs-repair', 'after-user-action', { ...reader.origin(id) });
  }
  try {
    return reader.footer(id);
  } catch (error) {
    throw needsRepair(error);
  }
}

function surveyManifests(pack: SurveyedPack, entry: PlacedEntry, root: number | undefined, { stubs }: Needs): void {
  if (root === undefined) pack.deadBytes += entry.recordLength;
  else pack.liveBytes += entry.recordLength;
  if (root !== undefined && (stubs[root]?.length ?? 0) > 0) pack.hasStubs = true;
}

/** Returns how many needed chunks were seen for the first time. */
function surveyChunks(pack: SurveyedPack, entry: PlacedEntry, { chunks }: Needs): number {
  let found = 0;
  const scale = entry.recordLength / Math.max(1, entry.plainLength);
  for (const { id, length } of chunksOf(entry)) {
    const value = chunks.get(id);
    const bytes = length * scale;
    if ((value & isWanted) !== 0 && (value & isFound) === 0) {
      chunks.set(id, value | isFound);
      pack.liveBytes += bytes;
      if ((value & isNeeded) !== 0) found += 1;
      else addTo(pack.sparedOf, sourceOf(value), bytes);
      continue;
    }
    pack.deadBytes += bytes;
    if (value !== 0) addTo(pack.deadOf, sourceOf(value), bytes);
  }
  return found;
}

const addTo = (sums: Map<number, number>, source: number, bytes: number): void => {
  sums.set(source, (sums.get(source) ?? 0) + bytes);
};

/** What is known to be lost may be missing; nothing else. */
function requireAll({ lost }: Standing, { chunks, needed }: Needs, found: number, { target }: RemovalParts): void {
  let missing = needed - found;
  if (missing === 0) return;
  for (const id of lost) if ((chunks.get(id) & (isNeeded | isFound)) === isNeeded) missing -= 1;
  if (missing > 0) {
    const facts = { path: target.label, file: 'packs', chunks: missing };
    throw new StrataError('storage.needs-repair', 'after-user-action', facts);
  }
}
