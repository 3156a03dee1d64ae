import { isStrataError } from '../../../../src/shared/domain/strata-error.ts';
import type { ChunkLocation } from '../../../../src/shared/domain/commit.ts';
import type { ContentPart } from '../../../../src/shared/domain/item.ts';
import type { ChunkLocator, Storage } from '../../../../src/engine/storage/index.ts';
import { wholeWorld } from '../../damage/damaged-world.ts';
import { openOn } from '../../sim-world.ts';

/** A catalog says wrong places, and wrong lists of chunks. Something is read as it was stored, or not at all. */
export async function tryWrongCatalog(): Promise<string | undefined> {
  const whole = await wholeWorld();
  const { storage } = await openOn(whole.disk.copy(), whole.secret);
  const places = whole.catalog.chunkIds().flatMap((id) => whole.catalog.locate(id) ?? []);
  for (const { name, contents } of whole.catalog.manifests) {
    const [part] = contents;
    if (part === undefined) continue;
    const right = await read(storage, part, whole.catalog);
    for (const [what, wrong, locator] of liesOf(part, places, whole.catalog)) {
      const got = await read(storage, wrong, locator);
      if (got !== undefined && (right === undefined || Buffer.compare(got, right) !== 0)) return `${name}, ${what}: wrong bytes`;
    }
  }
  return undefined;
}

function* liesOf(
  part: ContentPart,
  places: readonly ChunkLocation[],
  catalog: ChunkLocator,
): Generator<readonly [string, ContentPart, ChunkLocator]> {
  for (const other of places) {
    const moved = { locate: (id: ChunkLocation['id']) => (id === part.chunks[0] ? { ...other, id } : catalog.locate(id)) };
    yield ['another place', part, moved];
    const shorter = { locate: (id: ChunkLocation['id']) => ({ ...(catalog.locate(id) ?? other), length: other.length }) };
    yield ['another length', part, shorter];
    if (part.chunks.length > 1) yield ['a chunk more', { ...part, chunks: [...part.chunks, other.id] }, catalog];
  }
  if (part.chunks.length < 2) return;
  yield ['a chunk less', { ...part, chunks: part.chunks.slice(1) }, catalog];
  yield ['another order', { ...part, chunks: part.chunks.toReversed() }, catalog];
}

/** Undefined: it was refused, at whatever moment. */
async function read(storage: Storage, part: ContentPart, locator: ChunkLocator): Promise<Uint8Array | undefined> {
  const pieces: Uint8Array[] = [];
  try {
    for await (const piece of storage.read(part, locator)) pieces.push(piece.slice());
  } catch (error) {
    if (isStrataError(error)) return undefined;
    throw error;
  }
  return Buffer.concat(pieces);
}
