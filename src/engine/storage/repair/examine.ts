import type { PackSummary } from '../../../shared/domain/commit.ts';
import type { PackId } from '../../../shared/domain/ids.ts';
import { StrataError } from '../../../shared/domain/strata-error.ts';
import { packName } from '../../format/index.ts';
import type { RunContext } from '../../kernel/run-context.ts';
import { IdSet } from '../id-set.ts';
import type { PackReading } from '../pack-check.ts';
import { lookAtPacks, type RoundParts } from '../pack-rounds.ts';
import type { Standing } from '../removal/standing.ts';
import { isDamage } from './copies.ts';
import { requireDisk } from './require-disk.ts';

export interface Examined {
  /** Every chunk that lies in a pack which is whole to the byte. */
  readonly present: IdSet;
  /** In the order in which they came. */
  readonly damaged: readonly PackId[];
  readonly missing: readonly PackId[];
}

/** Reads every pack in use, twice before it is called damaged. */
export async function examinePacks({ packs }: Standing, parts: RoundParts, run: RunContext): Promise<Examined> {
  const summaries = [...packs].map(([id, sizeBytes]) => ({ id, sizeBytes }));
  run.progress.total(
    summaries.length,
    summaries.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
  );
  const present = new IdSet();
  const bad = new Set<PackId>();
  const take = ({ id }: PackSummary, reading: PackReading): void => {
    if (reading.flickered !== undefined) run.log.warn('storage.read-flickers', { file: packName(id) });
    if (reading.damages.length === 0) for (const chunk of reading.present) present.add(chunk);
    else bad.add(requireDamage(id, reading));
  };
  await lookAtPacks({ packs: summaries, depthOf: () => 'all', take }, parts, run);
  if (bad.size > 0) requireDisk(parts.target);
  const inOrder = [...packs.keys()].filter((id) => bad.has(id));
  const isThere = (id: PackId): boolean => parts.target.size(packName(id)) !== undefined;
  return { present, damaged: inOrder.filter(isThere), missing: inOrder.filter((id) => !isThere(id)) };
}

function requireDamage(id: PackId, { damages }: PackReading): PackId {
  const other = damages.find(({ failure }) => !isDamage(failure.code))?.failure;
  if (other !== undefined) throw new StrataError(other.code, other.retry, other.facts);
  return id;
}
