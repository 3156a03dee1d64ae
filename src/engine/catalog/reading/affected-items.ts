import type { ChunkId, PackId } from '../../../shared/domain/ids.ts';
import type { Connection } from '../sql/connection.ts';
import { FoldersAt, type FolderStatements } from './folders-at.ts';
import { placeText } from './place-text.ts';
import { splitChunkList } from './versions.ts';

const limit = 1000;

/**
 * Which items need one of the chunks for any of their versions. Walks over everything, because nothing else ever asks
 * from chunks to items, and an index for it would cost as much as the chunks themselves.
 */
export function affectedItems(
  connection: Connection,
  statements: FolderStatements,
  chunks: ReadonlySet<ChunkId>,
  lostPacks: ReadonlySet<PackId> = new Set(),
): string[] {
  const lost = new Set([...chunks, ...chunksIn(connection, lostPacks)]);
  if (lost.size === 0) return [];
  const digests = JSON.stringify([...lost, ...longContents(connection, lost)]);
  const rows = connection.tuples<readonly [name: string, folder: number | null, source: string | null]>(`
    WITH damaged AS MATERIALIZED (SELECT unhex(value) AS digest, value AS text FROM json_each(?))
    SELECT coalesce(c.name, c.key), n.folder, so.name FROM items i JOIN versions n ON n.id = i.newest
      JOIN contents c ON c.id = n.content JOIN sources so ON so.id = n.source
    WHERE i.id IN (
      SELECT item FROM contents WHERE digest IN (SELECT digest FROM damaged)
      UNION SELECT item FROM contents, json_each(parts) part WHERE parts IS NOT NULL
        AND part.value ->> 1 IN (SELECT text FROM damaged))
    ORDER BY i.id LIMIT ${limit}`);
  const folders = new FoldersAt(statements, null);
  return rows.all(digests).map(([name, folder, source]) => placeText(source ?? '', folders.path(folder), name));
}

function chunksIn(connection: Connection, packs: ReadonlySet<PackId>): ChunkId[] {
  if (packs.size === 0) return [];
  const inPacks = connection.column<ChunkId>(`
    SELECT lower(hex(id)) FROM chunks WHERE pack IN (SELECT p.id FROM json_each(?) JOIN packs p ON p.uid = unhex(value))`);
  return inPacks.all(JSON.stringify([...packs]));
}

/** Digests of contents of several chunks, one of which is wanted. */
export function longContents(connection: Connection, chunks: ReadonlySet<ChunkId>): string[] {
  const next = connection.tuples<readonly [digest: string, chunks: Uint8Array]>(
    'SELECT lower(hex(digest)), chunks FROM chunk_lists WHERE digest > unhex(?) ORDER BY digest LIMIT 100',
  );
  const found: string[] = [];
  for (let batch = next.all(''); batch.length > 0; batch = next.all(batch.at(-1)?.[0] ?? '')) {
    for (const [digest, list] of batch) if (splitChunkList(list).some((chunk) => chunks.has(chunk))) found.push(digest);
  }
  return found;
}
