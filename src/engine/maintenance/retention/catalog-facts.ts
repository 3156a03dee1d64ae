import type { Catalog } from '../../catalog/index.ts';
import type { PlanFacts } from './plan.ts';

/** More moments than anybody keeps. */
const allMoments = 1_000_000;

/** What a catalog says of a storage, as planning asks it. */
export function factsOf(catalog: Catalog): PlanFacts {
  return {
    moments: catalog.moments(allMoments),
    commits: catalog.commits(),
    sources: catalog.sources(),
    freezes: catalog.freezes(),
    presentBytes: catalog.totals().itemBytes,
    isHeld: (source, item, version) => catalog.isHeld(source, item, version),
    endedVersions: (source) => catalog.endedVersions(source),
    presentVersions: (source) => catalog.presentVersions(source),
    letGo: (source) => catalog.letGo(source),
  };
}
