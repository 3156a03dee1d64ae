import type { ContentDigest, ItemId, RunId, SourceId } from '../../../shared/domain/ids.ts';
import type { ItemKind, Manifest, Summary } from '../../../shared/domain/item.ts';
import type { JsonObject } from '../../../shared/domain/json.ts';
import type { FileSystem } from '../../kernel/file-system.ts';
import type { RunContext } from '../../kernel/run-context.ts';
import type { RestoreItem } from '../destination.ts';
import type { Reading, Sighting, Source } from '../source.ts';
import { asStored, contentBytes, observe, readAll } from './observation.ts';

export interface MadeItem {
  readonly name: string;
  readonly kind?: ItemKind;
  readonly folderPath?: readonly string[];
  readonly folders?: readonly Manifest[];
  readonly metadata?: JsonObject;
  readonly summary?: Summary;
  readonly revisions?: { readonly contentRevision: string; readonly metadataRevision: string };
  readonly bytes?: Uint8Array | undefined;
  /** Equal numbers are the same item. */
  readonly n?: number;
}

let counted = 0;

/** A manifest with its bytes, as the restoring engine would hand it over. */
export function madeItem(made: MadeItem): RestoreItem {
  const { bytes } = made;
  const n = made.n ?? (counted += 1);
  const digest = (bytes === undefined ? '' : Buffer.from(bytes).toString('latin1')) as ContentDigest;
  const contents = bytes === undefined ? [] : [{ part: 'raw', digest, sizeBytes: bytes.length, chunks: [] }];
  const manifest: Manifest = {
    item: `${n.toString(32).padStart(8, '0')}${'0'.repeat(12)}` as ItemId,
    version: 1,
    kind: made.kind ?? 'file',
    source: 'source' as SourceId,
    folder: null,
    key: made.name,
    name: made.name,
    change: 'created',
    validFromMs: 1,
    run: 'run' as RunId,
    contentRevision: made.revisions?.contentRevision ?? '',
    metadataRevision: made.revisions?.metadataRevision ?? '',
    sizeBytes: bytes?.length ?? 0,
    metadata: made.metadata ?? {},
    summary: made.summary ?? { title: made.name },
    contents,
  };
  return {
    manifest,
    folderPath: made.folderPath ?? [],
    folders: made.folders ?? [],
    content: bytes === undefined ? undefined : () => inPieces(bytes),
  };
}

/** Odd pieces, and the same memory for each, as a reader of packs does it. */
async function* inPieces(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  const memory = new Uint8Array(10_007);
  for (let at = 0; at < bytes.length; at += memory.length) {
    const piece = bytes.subarray(at, at + memory.length);
    memory.set(piece);
    yield memory.subarray(0, piece.length);
  }
}

/** Everything that a source holds, as restore items: parents before children, folders among them. */
export async function capture(source: Source, files: FileSystem, run: RunContext): Promise<RestoreItem[]> {
  const session = await source.open(run);
  const items: RestoreItem[] = [];
  const folders = new Map<string, { readonly path: readonly string[]; readonly manifests: readonly Manifest[] }>();
  for (const { visit, path, sightings } of await observe(session, run)) {
    if (visit.problem !== undefined) throw new Error(`unreadable: ${visit.folder.key}`);
    const wanted = [visit.folder, ...sightings].map((sighting) => ({ sighting, need: 'content' as const }));
    const readings = await readAll(session, visit.folder.key, wanted, run);
    const above = folders.get(visit.parentKey ?? '') ?? { path: [], manifests: [] };
    const folder = await restoreItem(visit.folder, readings, above.path, above.manifests, files);
    folders.set(visit.folder.key, { path, manifests: path.length === 0 ? [] : [...above.manifests, folder.manifest] });
    if (visit.parentKey !== null) items.push(folder);
    const manifests = folders.get(visit.folder.key)?.manifests ?? [];
    for (const sighting of sightings) items.push(await restoreItem(sighting, readings, path, manifests, files));
  }
  await session.close();
  return items;
}

async function restoreItem(
  { key, kind, name }: Sighting,
  readings: ReadonlyMap<string, Reading>,
  folderPath: readonly string[],
  folders: readonly Manifest[],
  files: FileSystem,
): Promise<RestoreItem> {
  const read = readings.get(key);
  if (read === undefined || read.problem !== undefined) throw new Error(`unreadable: ${name}`);
  const reading = asStored(read, files);
  const bytes = reading.content && (await contentBytes(reading.content, files));
  return madeItem({
    name,
    kind,
    folderPath,
    folders,
    metadata: reading.metadata,
    summary: reading.summary,
    revisions: reading,
    bytes,
  });
}
