import type { ItemId, RunId, SourceId } from '../../shared/domain/ids.ts';
import type { Change, ContentPart, Manifest } from '../../shared/domain/item.ts';
import type { Reading, Sighting } from '../sources/source.ts';

export interface ManifestPlace {
  readonly item: ItemId;
  readonly source: SourceId;
  readonly folder: ItemId | null;
  readonly run: RunId;
  /** The wall clock now. */
  readonly nowMs: number;
}

/** `validFrom` grows strictly for one item, whatever the clock does (a clock set back must not reorder history). */
const following = (previous: Manifest | undefined, place: ManifestPlace): { version: number; validFromMs: number } => ({
  version: (previous?.version ?? 0) + 1,
  validFromMs: previous === undefined ? place.nowMs : Math.max(place.nowMs, previous.validFromMs + 1),
});

/** The transaction that a reading makes. */
export function readManifest(
  previous: Manifest | undefined,
  place: ManifestPlace,
  change: Change,
  sighting: Sighting,
  reading: Reading,
  contents: readonly ContentPart[],
): Manifest {
  return {
    item: place.item,
    ...following(previous, place),
    kind: sighting.kind,
    source: place.source,
    folder: place.folder,
    key: sighting.kind === 'folder' ? sighting.name : sighting.key,
    name: sighting.name,
    change,
    run: place.run,
    contentRevision: reading.contentRevision,
    metadataRevision: reading.metadataRevision,
    ...(sighting.identity === undefined ? {} : { identity: sighting.identity }),
    sizeBytes: contents.reduce((sum, part) => sum + part.sizeBytes, 0),
    metadata: reading.metadata,
    summary: reading.summary,
    contents,
  };
}

/** The transaction that ends an item: it keeps its place and its name, and nothing else. */
export function deletedManifest(previous: Manifest, run: RunId, nowMs: number): Manifest {
  return {
    ...previous,
    version: previous.version + 1,
    validFromMs: Math.max(nowMs, previous.validFromMs + 1),
    change: 'deleted',
    run,
    sizeBytes: 0,
    metadata: {},
    contents: [],
  };
}
