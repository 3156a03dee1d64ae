import type { PackId } from '../../../shared/domain/ids.ts';
import { packName } from '../../format/index.ts';
import type { Target } from '../../targets/target.ts';
import type { Choice } from './choice.ts';
import type { Needs } from './needs.ts';
import type { PackCount, PrunedSource, PruneNumbers } from './removal.ts';
import type { Standing } from './standing.ts';
import { rootsByPlace, type SurveyedPack } from './survey.ts';

/** What a person is told before anything happens. */
export function pruneNumbers(
  standing: Standing,
  needs: Needs,
  surveyed: readonly SurveyedPack[],
  { unused, repacked, postponed }: Choice,
  orphans: readonly PackId[],
  target: Target,
): PruneNumbers {
  const going = [...unused, ...repacked];
  const lost = { packs: orphans.length, bytes: sum(orphans, (id) => target.size(packName(id)) ?? 0) };
  const writtenBytes = Math.round(sum(repacked, ({ liveBytes }) => liveBytes));
  return {
    before: counted(surveyed),
    unused: counted(unused),
    repacked: counted(repacked),
    writtenBytes,
    orphans: lost,
    freedBytes: Math.max(0, sum(going, ({ sizeBytes }) => sizeBytes) + lost.bytes - writtenBytes),
    stubs: stubsIn(going, standing, needs),
    postponed,
    sources: needs.sources.map((source, number): PrunedSource => {
      const freedBytes = bytesOf(number, going, 'deadOf');
      return { ...source, freedBytes, sparedBytes: bytesOf(number, surveyed, 'sparedOf') };
    }),
  };
}

const sum = <T>(all: readonly T[], of: (one: T) => number): number => all.reduce((total, one) => total + of(one), 0);

const counted = (packs: readonly SurveyedPack[]): PackCount => ({
  packs: packs.length,
  bytes: sum(packs, ({ sizeBytes }) => sizeBytes),
});

const bytesOf = (source: number, packs: readonly SurveyedPack[], which: 'deadOf' | 'sparedOf'): number =>
  Math.round(sum(packs, (pack) => pack[which].get(source) ?? 0));

function stubsIn(going: readonly SurveyedPack[], standing: Standing, { stubs }: Needs): number {
  const packs = new Set(going.map(({ id }) => id));
  const roots = [...rootsByPlace(standing).values()];
  return sum(roots, (index) => {
    const place = standing.roots[index]?.place;
    return place !== undefined && packs.has(place.pack) ? (stubs[index]?.length ?? 0) : 0;
  });
}
