import type { SourceDescription } from '../../shared/domain/commit.ts';
import type { ItemId } from '../../shared/domain/ids.ts';
import { StrataError } from '../../shared/domain/strata-error.ts';
import type { Catalog, KnownItem } from '../catalog/index.ts';
import type { Random } from '../kernel/random.ts';
import { type RunContext, stopIfCancelled } from '../kernel/run-context.ts';
import { type FolderVisit, noCursors, type Sighting, type Source } from '../sources/source.ts';
import { indexFolders } from './changes.ts';
import { recogniseFolder } from './recognising.ts';
import type { FolderState } from './work.ts';

interface Asked {
  readonly source: Source;
  readonly description: SourceDescription;
  readonly catalog: Catalog;
  readonly random: Random;
  readonly folders: ReadonlySet<ItemId>;
  /** What lies in a folder that nobody knows yet is part of the folder above it. */
  readonly isDeep: boolean;
}

/** What lies in some folders at this moment, held against the newest state in the storage. */
export interface Present {
  /** The storage has it under this name with this content. */
  readonly known: readonly KnownItem[];
  readonly unknown: readonly Unknown[];
}

export interface Unknown {
  readonly folder: string;
  readonly name: string;
  readonly why: 'not-saved' | 'changed';
}

/**
 * A scan without a cycle: reads no content and concludes nothing of what is not there. A folder among those asked for that cannot be listed
 * whole makes all of it fail.
 */
export async function lookAtPresent(asked: Asked, run: RunContext): Promise<Present> {
  const { source, description, catalog } = asked;
  const present = { known: [] as KnownItem[], unknown: [] as Unknown[] };
  const recognising = { ...asked, ...noFolders() };
  const index = indexFolders(catalog.knownFolders(description.id));
  const session = await source.open(run);
  try {
    for await (const visit of session.walk(noCursors, run)) {
      stopIfCancelled(run);
      const folder = recogniseFolder(recognising, index, visit);
      run.progress.current(`${description.name}/${folder.path}`);
      if (asked.folders.has(folder.item)) await look(asked, folder, visit, present);
      else if (asked.isDeep && isNew(folder) && folder.parent !== null && asked.folders.has(folder.parent))
        present.unknown.push({ folder: folder.path, name: folder.sighting.name, why: 'not-saved' });
    }
  } finally {
    await session.close();
  }
  return present;
}

const isNew = ({ known }: FolderState): boolean => known === undefined;

const noFolders = () => ({
  folders: new Map<string, FolderState>(),
  visited: new Set<ItemId>(),
  unsure: new Set<ItemId>(),
  identities: new Set<string>(),
});

interface Found {
  readonly known: KnownItem[];
  readonly unknown: Unknown[];
}

async function look({ catalog, description }: Asked, folder: FolderState, visit: FolderVisit, found: Found): Promise<void> {
  if (visit.problem !== undefined) throw new StrataError(visit.problem.code, visit.problem.retry, visit.problem.facts);
  const items = catalog.knownItems(description.id, folder.item);
  for await (const sightings of visit.scan?.sightings ?? []) {
    for (const sighting of sightings) {
      const known = items.get(sighting.key);
      if (known !== undefined && isSaved(known, sighting)) found.known.push(known);
      else if (sighting.kind !== 'account')
        found.unknown.push({ folder: folder.path, name: sighting.name, why: known === undefined ? 'not-saved' : 'changed' });
    }
  }
}

/** An account's settings are nothing that lies in a folder. */
const isSaved = (known: KnownItem, { contentRevision, identity, kind }: Sighting): boolean =>
  kind !== 'account' &&
  !known.isLost &&
  known.kind === kind &&
  known.contentRevision === contentRevision &&
  (known.identity === undefined || identity === undefined || known.identity === identity);
