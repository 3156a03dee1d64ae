import { createHash } from 'node:crypto';
import type { Brand } from '../../../shared/domain/brand.ts';
import type {
  ChunkLocation,
  Commit,
  CommitActs,
  CommitContents,
  CommitKind,
  SourceCursors,
  SourceDescription,
} from '../../../shared/domain/commit.ts';
import type {
  ChunkId,
  CommitId,
  ContentDigest,
  ItemId,
  JobId,
  PackId,
  RunId,
  SourceId,
  StorageId,
} from '../../../shared/domain/ids.ts';
import type { ContentPart, Manifest } from '../../../shared/domain/item.ts';
import { noCounts } from '../../../shared/domain/run.ts';

/** The same name always gives the same id: `madeId<ItemId>('inbox')`. */
export function madeId<Id extends Brand<string, string>>(name: string): Id {
  const letters = '0123456789abcdefghjkmnpqrstvwxyz';
  const bytes = createHash('sha256').update(name).digest().subarray(0, 20);
  return Array.from(bytes, (byte) => letters[byte & 31]).join('') as unknown as Id;
}

/** The same name always gives the same hash: of a pack, a commit, a chunk, a content. */
export function madeHash<Hash extends Brand<string, string>>(name: string): Hash {
  return createHash('sha256').update(name).digest('hex') as unknown as Hash;
}

export const item = (name: string): ItemId => madeId<ItemId>(name);

/** The part `raw` of a content of one chunk, or of so many. */
export function rawContent(name: string, sizeBytes: number, chunkCount = 1): ContentPart {
  const digest = madeHash<ContentDigest>(name);
  const chunks =
    chunkCount === 1
      ? [digest as unknown as ChunkId]
      : Array.from({ length: chunkCount }, (_, at) => madeHash<ChunkId>(`${name}#${at}`));
  return { part: 'raw', digest, sizeBytes, chunks };
}

/** A first version; the fields that matter to a test are given. */
export function manifestOf(fields: Partial<Manifest> & Pick<Manifest, 'item' | 'folder' | 'name'>): Manifest {
  const contents = fields.contents ?? [];
  return {
    version: 1,
    kind: 'file',
    source: madeId<SourceId>('source'),
    key: fields.name,
    change: 'created',
    validFromMs: 1_700_000_000_000,
    run: madeId<RunId>('run'),
    contentRevision: contents[0]?.digest.slice(0, 12) ?? '',
    metadataRevision: 'm1',
    sizeBytes: contents.reduce((sum, part) => sum + part.sizeBytes, 0),
    metadata: {},
    summary: { title: fields.name },
    ...fields,
    contents,
  };
}

export const folderOf = (fields: Partial<Manifest> & Pick<Manifest, 'item' | 'folder' | 'name'>): Manifest =>
  manifestOf({ kind: 'folder', ...fields });

/** The version after this one. */
export function nextOf(previous: Manifest, fields: Partial<Manifest> & Pick<Manifest, 'change'>): Manifest {
  const contents = fields.contents ?? (fields.change === 'deleted' ? [] : previous.contents);
  return {
    ...previous,
    version: previous.version + 1,
    validFromMs: previous.validFromMs + 1000,
    ...(fields.change === 'deleted' ? { metadata: {} } : {}),
    sizeBytes: contents.reduce((sum, part) => sum + part.sizeBytes, 0),
    ...fields,
    contents,
  };
}

export interface CommitFields {
  readonly kind?: CommitKind;
  readonly run?: RunId;
  readonly atMs?: number;
  readonly sources?: readonly SourceDescription[];
  readonly completeSources?: readonly SourceId[];
  readonly cursors?: readonly SourceCursors[];
  /** Undefined: every chunk that a manifest of this commit names, in a pack of this commit. */
  readonly chunks?: readonly ChunkLocation[];
  readonly acts?: CommitActs;
}

export const filesSource = (id: SourceId, name: string): SourceDescription => ({
  id,
  name,
  settings: { kind: 'files', paths: ['/home'], exclude: [], excludeIfPresent: [], oneFileSystem: false },
});

/** Commits of one storage, one after the other, as a storage hands them out. */
export class CommitChain {
  #sequence = 0;
  #previous: CommitId | null = null;

  next(manifests: readonly Manifest[], fields: CommitFields = {}): CommitContents {
    const sequence = ++this.#sequence;
    const pack = packOf(sequence);
    const chunks = fields.chunks ?? chunksOf(manifests, pack);
    const commit: Commit = {
      id: madeHash<CommitId>(`commit ${sequence}`),
      storage: madeId<StorageId>('storage'),
      sequence,
      previous: this.#previous,
      appVersion: '0.0.0',
      packs: [{ id: pack, sizeBytes: 1000 }],
      kind: fields.kind ?? 'full',
      run: fields.run ?? manifests[0]?.run ?? madeId<RunId>('run'),
      job: { id: madeId<JobId>('job'), name: 'job' },
      atMs: fields.atMs ?? manifests.reduce((latest, manifest) => Math.max(latest, manifest.validFromMs), 0),
      sources: fields.sources ?? [filesSource(madeId<SourceId>('source'), 'source')],
      completeSources: fields.completeSources ?? [],
      cursors: fields.cursors ?? [],
      counts: noCounts,
      ...fields.acts,
    };
    this.#previous = commit.id;
    return { commit, chunks, manifests };
  }
}

/** The one pack of a commit. */
export const packOf = (sequence: number): PackId => madeHash<PackId>(`pack ${sequence}`);

export const neededChunks = (manifests: readonly Manifest[]): ChunkId[] =>
  manifests.flatMap((manifest) => manifest.contents.flatMap((part) => part.chunks));

const chunksOf = (manifests: readonly Manifest[], pack: PackId): ChunkLocation[] => placesIn(pack, neededChunks(manifests));

export function placesIn(pack: PackId, ids: readonly ChunkId[]): ChunkLocation[] {
  return ids.map((id, at) => ({ id, pack, record: at, recordOffset: at * 100, recordLength: 100, offset: 0, length: 60 }));
}
