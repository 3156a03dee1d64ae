import type { SourceId } from '../../../shared/domain/ids.ts';
import type { Manifest } from '../../../shared/domain/item.ts';
import type { Catalog, EndedVersion } from '../../catalog/index.ts';
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
    presentVersions: (source) => presentVersions(catalog, source),
  };
}

function* presentVersions(catalog: Catalog, source: SourceId): Generator<EndedVersion> {
  for (const { item } of catalog.knownFolders(source)) {
    const manifest = catalog.newest(item);
    if (manifest !== undefined) yield present(manifest);
  }
  for (const { manifest } of catalog.select({ items: [], sources: [source], recursive: true }, null)) {
    if (manifest.kind !== 'folder') yield present(manifest);
  }
}

const present = ({ item, version, kind, folder, change, validFromMs, sizeBytes }: Manifest): EndedVersion => ({
  item,
  version,
  kind,
  folder,
  change,
  validFromMs,
  validToMs: null,
  sizeBytes,
  newer: 0,
  goneSinceMs: null,
});
