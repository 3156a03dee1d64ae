import { StrataError } from '../../../shared/domain/strata-error.ts';
import { packName } from '../../format/index.ts';
import type { RunContext } from '../../kernel/run-context.ts';
import { filesUnder, PackReader, recordCacheBytes } from '../pack-reader.ts';
import type { RoundParts } from '../pack-rounds.ts';
import { readStanding, type Standing } from '../removal/standing.ts';
import { examinePacks } from './examine.ts';
import { findAgain } from './found-again.ts';
import { Mending } from './mending.ts';
import type { RepairOptions, Repaired } from './repair.ts';
import { Repairing, type RepairParts } from './repairing.ts';
import { lookAtVitals } from './vitals.ts';

/**
 * Looks at everything, then mends what is damaged. Throws before it has changed anything, or leaves what the next repair finishes:
 * nothing that is had is ever out of reach on the way.
 */
export async function repairStorage(parts: RepairParts, options: RepairOptions, run: RunContext): Promise<Repaired> {
  run.progress.phase('checking');
  const vitals = lookAtVitals(parts);
  const standing = readStanding(parts.chain);
  requireKnown(standing, parts, options);
  const found = findAgain(standing, parts.target);
  const repairing = new Repairing(parts, options, standing);
  if (!options.isDry && found.size > 0) {
    repairing.copyAside();
    for (const [id, name] of found) parts.ballast.rescue(() => parts.target.move(name, packName(id)));
  }
  const seeing: RoundParts = options.isDry && found.size > 0 ? asIfBack(parts, found) : parts;
  const examined = await examinePacks(standing, seeing, run);
  const mending = new Mending(standing, examined, { ...parts, reader: seeing.reader }, options.help);
  await mending.gather(run);
  return repairing.run({ vitals, examined, mending, found: found.size }, run);
}

/** A storage that went back in time says less than there was. */
function requireKnown({ head, commits }: Standing, { chain, target }: RepairParts, { known }: RepairOptions): void {
  if (known === null) return;
  const isThere = head !== null && commits.length >= known.sequence && chain.idAt(known.sequence) === known.id;
  if (!isThere) throw new StrataError('storage.went-back', 'after-user-action', { path: target.label });
}

function asIfBack({ target, keys, zstd, deps }: RepairParts, found: ReturnType<typeof findAgain>): RoundParts {
  const place = filesUnder(found, target);
  const reader = new PackReader(place, keys, zstd, deps.log, recordCacheBytes);
  return { target: place, keys, reader, startReaders: () => undefined };
}
