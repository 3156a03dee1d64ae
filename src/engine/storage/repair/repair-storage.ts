import { StrataError } from '../../../shared/domain/strata-error.ts';
import { packName } from '../../format/index.ts';
import type { RunContext } from '../../kernel/run-context.ts';
import { bringBack } from '../lent-commit.ts';
import { filesUnder } from '../pack-files.ts';
import { PackReader, recordCacheBytes } from '../pack-reader.ts';
import type { RoundParts } from '../pack-rounds.ts';
import { readStanding } from '../removal/standing.ts';
import { copyAside } from './aside.ts';
import { examinePacks } from './examine.ts';
import { findAgain } from './found-again.ts';
import { findCommits } from './lost-commits.ts';
import { Mending } from './mending.ts';
import type { RepairOptions, Repaired } from './repair.ts';
import { Repairing, type RepairParts } from './repairing.ts';
import { lookAtVitals } from './vitals.ts';

/**
 * Looks at everything, then mends what is damaged. Throws before it has changed anything, or leaves what the next repair finishes:
 * nothing that is had is ever out of reach on the way.
 */
export async function repairStorage(given: RepairParts, options: RepairOptions, run: RunContext): Promise<Repaired> {
  run.progress.phase('checking');
  const commits = findCommits(given, options);
  const vitals = lookAtVitals(given, commits);
  requireKnown(given, commits, options);
  const lends = options.isDry && commits.size > 0;
  const parts = lends ? { ...given, chain: given.chain.lending(commits) } : given;
  if (!options.isDry) bringAllBack(commits, given, options);
  const standing = readStanding(parts.chain);
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

type FoundCommits = ReturnType<typeof findCommits>;

/** A storage that went back in time says less than there was. */
function requireKnown({ chain, target }: RepairParts, commits: FoundCommits, { known }: RepairOptions): void {
  if (known === null) return;
  const id = commits.get(known.sequence)?.chained.commit.id ?? chain.idAt(known.sequence);
  if (id !== known.id) throw new StrataError('storage.went-back', 'after-user-action', { path: target.label });
}

/** What lies there of them was copied aside as it is. */
function bringAllBack(
  commits: FoundCommits,
  { chain, target, ballast, deps: { log } }: RepairParts,
  { author }: RepairOptions,
): void {
  if (commits.size === 0) return;
  copyAside(chain.head()?.sequence ?? 0, author.atMs, target, ballast);
  for (const commit of commits.values()) ballast.rescue(() => bringBack(commit, { target, log }));
}

function asIfBack({ target, keys, zstd, deps }: RepairParts, found: ReturnType<typeof findAgain>): RoundParts {
  const place = filesUnder(found, target);
  const reader = new PackReader(place, keys, zstd, deps.log, recordCacheBytes);
  return { target: place, keys, reader, startReaders: () => undefined };
}
