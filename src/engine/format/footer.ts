import { type BundledChunk, bundleTableBytes, idBytes, type PlacedChunk, readChunks } from './bundle.ts';
import { ByteReader } from './byte-reader.ts';
import { ByteWriter } from './byte-writer.ts';
import { type Origin, recordComplaint, requireLimit } from './damage.ts';
import { toHex } from './hex.ts';
import { limits } from './limits.ts';
import { packHeaderBytes } from './pack.ts';
import { type RecordType, recordHeaderBytes, recordTypes, tagBytes } from './record.ts';

/** One line of a footer, as a writer knows it. The record's number and offset follow from its place in the list. */
export interface FooterEntry {
  readonly type: Exclude<RecordType, 'footer'>;
  readonly id: string;
  /** The whole record in the pack: header, body and tag. */
  readonly recordLength: number;
  readonly plainLength: number;
  /** Of a bundle, in order; empty for other types. */
  readonly chunks: readonly BundledChunk[];
  /** How many manifests the batch holds; 0 for other types. */
  readonly manifests: number;
}

export interface PlacedEntry extends FooterEntry {
  readonly ordinal: number;
  readonly recordOffset: number;
  readonly chunks: readonly PlacedChunk[];
}

const fixedBytes = 45;
const chunkBytes = 36;

export function encodeFooter(entries: readonly FooterEntry[]): Uint8Array {
  const chunks = entries.reduce((sum, entry) => sum + entry.chunks.length, 0);
  const writer = new ByteWriter(4 + entries.length * fixedBytes + chunks * chunkBytes).u32(entries.length);
  for (const entry of entries) {
    writer
      .u8(recordTypes.indexOf(entry.type) + 1)
      .u32(entry.recordLength)
      .u32(entry.plainLength)
      .put(idBytes(entry.id));
    writer.u32(entry.type === 'manifests' ? entry.manifests : entry.chunks.length);
    for (const chunk of entry.chunks) writer.put(idBytes(chunk.id)).u32(chunk.length);
  }
  return writer.done();
}

/**
 * @param plain The footer's plain bytes.
 * @param footerOffset Where the footer's own record begins: the records must fill the pack exactly up to there.
 */
export function parseFooter(plain: Uint8Array, footerOffset: number, origin: Origin): PlacedEntry[] {
  const complain = recordComplaint(origin);
  const reader = new ByteReader(plain, complain);
  const count = reader.u32('number of records');
  requireLimit(origin, 'records', count, limits.recordsPerPack);
  const entries: PlacedEntry[] = [];
  let recordOffset = packHeaderBytes;
  for (let ordinal = 0; ordinal < count; ordinal += 1) {
    const entry = readEntry(reader, ordinal, recordOffset, origin);
    entries.push(entry);
    recordOffset += entry.recordLength;
  }
  reader.end();
  if (recordOffset !== footerOffset) throw complain('records do not reach the footer');
  return entries;
}

function readEntry(reader: ByteReader, ordinal: number, recordOffset: number, origin: Origin): PlacedEntry {
  const complain = recordComplaint(origin);
  const type = recordTypes[reader.u8('record type') - 1];
  if (type === undefined || type === 'footer') throw complain('record type in the footer');
  const recordLength = reader.u32('record length');
  const plainLength = reader.u32('plain length');
  requireLimit(origin, 'record', recordLength, limits.recordBytes);
  requireLimit(origin, 'plain length', plainLength, limits.plainBytes);
  if (recordLength < recordHeaderBytes + tagBytes) throw complain('record length in the footer');
  const id = toHex(reader.take(32, 'record id'));
  const parts = reader.u32('number of parts');
  const isBundle = type === 'bundle';
  if ((isBundle && parts === 0) || (type === 'chunk' && parts !== 0)) throw complain('chunks in the footer');
  const chunks = isBundle ? readChunks(reader, parts, complain) : [];
  const last = chunks.at(-1);
  if (last !== undefined && last.offset + last.length + bundleTableBytes(parts) !== plainLength)
    throw complain('lengths in the footer');
  return { type, ordinal, recordOffset, recordLength, plainLength, id, chunks, manifests: type === 'manifests' ? parts : 0 };
}
