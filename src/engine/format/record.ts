import { ByteReader } from './byte-reader.ts';
import { ByteWriter } from './byte-writer.ts';
import { newerFormat, type Origin, recordComplaint, requireLimit } from './damage.ts';
import { fromHex, toHex } from './hex.ts';
import { limits } from './limits.ts';
import { recordMagic } from './magic.ts';

export const recordFormat = 1;
export const recordHeaderBytes = 52;
/** Of XChaCha20-Poly1305. */
export const tagBytes = 16;

/** `chunk`: one large chunk. `bundle`: many small ones. `manifests`: a batch of transactions. `footer`: the pack's table. */
export const recordTypes = ['chunk', 'bundle', 'manifests', 'footer'] as const;
export type RecordType = (typeof recordTypes)[number];

/** What anybody can read of a record. All of it is associated data of the sealed body. docs/format/pack.md */
export interface RecordHeader {
  readonly type: RecordType;
  /** Which record of the pack, from 0; the nonce of its sealing. */
  readonly ordinal: number;
  /** Body and tag. */
  readonly sealedLength: number;
  /** Keyed: a chunk's id, or a name that means something only inside its storage. Zeros for a footer. */
  readonly id: string;
}

export const footerId = '0'.repeat(64);

export function encodeRecordHeader(header: RecordHeader): Uint8Array {
  const id = fromHex(header.id, 32);
  if (id === undefined) throw new RangeError('record id');
  return new ByteWriter(recordHeaderBytes)
    .put(recordMagic)
    .u8(recordFormat)
    .u8(recordTypes.indexOf(header.type) + 1)
    .u16(0)
    .u32(header.ordinal)
    .u32(header.sealedLength)
    .put(id)
    .done();
}

/** Of the first 52 bytes of a record. Nothing in it is true until the body has been opened with it. */
export function parseRecordHeader(bytes: Uint8Array, origin: Origin): RecordHeader {
  const complain = recordComplaint(origin);
  const reader = new ByteReader(bytes.subarray(0, recordHeaderBytes), complain);
  reader.magic(recordMagic, 'record magic');
  const format = reader.u8('record format');
  if (format > recordFormat) throw newerFormat(origin, format);
  const type = recordTypes[reader.u8('record type') - 1];
  if (format === 0 || type === undefined) throw complain('record type');
  reader.zeros(2, 'reserved field of the record');
  const ordinal = reader.u32('ordinal');
  requireLimit(origin, 'record number', ordinal, limits.recordsPerPack);
  const sealedLength = reader.u32('record length');
  requireLimit(origin, 'record', recordHeaderBytes + sealedLength, limits.recordBytes);
  if (sealedLength < tagBytes) throw complain('record length');
  const id = toHex(reader.take(32, 'record id'));
  if (type === 'footer' && id !== footerId) throw complain('id of the footer');
  return { type, ordinal, sealedLength, id };
}

/** Which of a pack's two keys seals a record: chunks and bundles one, manifests and the footer the other. */
export const purposeOf = (type: RecordType): 'data' | 'meta' => (type === 'chunk' || type === 'bundle' ? 'data' : 'meta');
