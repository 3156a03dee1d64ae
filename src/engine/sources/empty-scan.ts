import type { JsonValue } from '../../shared/domain/json.ts';
import type { FolderScan, Sighting } from './source.ts';

/** Of a folder that is as it was when it was last listed whole (`changes`), or in which nothing lies (`full`). */
export const emptyScan = (completeness: FolderScan['completeness'] = 'full', cursor?: JsonValue): FolderScan => ({
  completeness,
  sightings: noSightings(),
  vanished: () => [],
  cursor: () => cursor,
});

export async function* noSightings(): AsyncGenerator<readonly Sighting[]> {
  // There are none.
}
