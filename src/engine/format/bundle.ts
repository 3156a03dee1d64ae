import type { ChunkId } from '../../shared/domain/ids.ts';
import { ByteReader } from './byte-reader.ts';
import { ByteWriter } from './byte-writer.ts';
import { type Complaint, type Origin, recordComplaint } from './damage.ts';
import { fromHex, toHex } from './hex.ts';

export interface BundledChunk {
  readonly id: ChunkId;
  readonly length: number;
}
export interface PlacedChunk extends BundledChunk {
  /** In the bundle's plain bytes. */
  readonly offset: number;
}

const entryBytes = 36;
const countBytes = 4;

export const bundleTableBytes = (chunks: number): number => chunks * entryBytes + countBytes;

/**
 * What follows the chunks in a bundle's plain bytes: a writer fills a buffer with chunks as they come and appends this.
 * Offsets are not written, they are sums: no table can describe holes or overlaps.
 */
export function encodeBundleTable(chunks: readonly BundledChunk[]): Uint8Array {
  const writer = new ByteWriter(bundleTableBytes(chunks.length));
  for (const chunk of chunks) writer.put(idBytes(chunk.id)).u32(chunk.length);
  return writer.u32(chunks.length).done();
}

/** @param plain The bundle's whole plain bytes. */
export function parseBundle(plain: Uint8Array, origin: Origin): PlacedChunk[] {
  const complain = recordComplaint(origin);
  if (plain.length < countBytes) throw complain('too short for a bundle');
  const count = new ByteReader(plain.subarray(-countBytes), complain).u32('number of chunks');
  const tableBytes = bundleTableBytes(count);
  if (count === 0 || tableBytes > plain.length) throw complain('table of the bundle');
  const table = new ByteReader(plain.subarray(plain.length - tableBytes), complain);
  const chunks = readChunks(table, count, complain);
  const last = chunks[count - 1] as PlacedChunk;
  if (last.offset + last.length !== plain.length - tableBytes) throw complain('lengths of the bundle');
  return chunks;
}

/** Takes no more memory than entries are there, whatever `count` claims. */
export function readChunks(reader: ByteReader, count: number, complain: Complaint): PlacedChunk[] {
  const chunks: PlacedChunk[] = [];
  let offset = 0;
  for (let index = 0; index < count; index += 1) {
    const id = toHex(reader.take(32, 'chunk id')) as ChunkId;
    const length = reader.u32('chunk length');
    if (length === 0) throw complain('empty chunk');
    chunks.push({ id, offset, length });
    offset += length;
  }
  return chunks;
}

export function idBytes(id: string): Uint8Array {
  const bytes = fromHex(id, 32);
  if (bytes === undefined) throw new RangeError('chunk id');
  return bytes;
}
