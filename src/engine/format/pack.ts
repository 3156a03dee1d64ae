import { ByteReader } from './byte-reader.ts';
import { ByteWriter } from './byte-writer.ts';
import { newerFormat, type Origin, recordComplaint, requireLimit } from './damage.ts';
import { limits } from './limits.ts';
import { packEndMagic, packMagic } from './magic.ts';
import { recordHeaderBytes, tagBytes } from './record.ts';

export const packFormat = 1;
export const packHeaderBytes = 48;
export const packTrailerBytes = 96;
/** A pack's size is a multiple of this, so that it says little about what is inside. Costs 0.1 % of 32 MiB on average. */
export const packGrain = 64 * 1024;

/** docs/format/pack.md */
export interface PackHeader {
  /** Which master key its keys come from. */
  readonly epoch: number;
  /** 32 random bytes, drawn anew for every pack that is begun: the pack's keys come from it. */
  readonly salt: Uint8Array;
}

export interface PackTrailer {
  /** The header again: without its salt nothing in the pack can be read. */
  readonly header: PackHeader;
  readonly footerOffset: number;
  readonly footerLength: number;
  /** SHA-256 of the footer's whole record: a footer can be found damaged without a key. */
  readonly footerHash: Uint8Array;
}

export function encodePackHeader(header: PackHeader): Uint8Array {
  if (header.salt.length !== 32) throw new RangeError('salt');
  return new ByteWriter(packHeaderBytes).put(packMagic).u16(packFormat).u16(0).u32(header.epoch).put(header.salt).done();
}

/** Of the first 48 bytes of a pack. */
export function parsePackHeader(bytes: Uint8Array, origin: Origin): PackHeader {
  const complain = recordComplaint(origin);
  const reader = new ByteReader(bytes.subarray(0, packHeaderBytes), complain);
  reader.magic(packMagic, 'pack magic');
  const format = reader.u16('pack format');
  if (format > packFormat) throw newerFormat(origin, format);
  if (format === 0) throw complain('pack format');
  reader.zeros(2, 'reserved field of the pack');
  const epoch = reader.u32('epoch');
  if (epoch === 0) throw complain('epoch');
  return { epoch, salt: reader.take(32, 'pack salt') };
}

export function encodePackTrailer(trailer: PackTrailer): Uint8Array {
  return new ByteWriter(packTrailerBytes)
    .put(encodePackHeader(trailer.header))
    .u32(trailer.footerOffset)
    .u32(trailer.footerLength)
    .put(trailer.footerHash)
    .put(packEndMagic)
    .done();
}

/**
 * Of the last 96 bytes of a pack.
 * @param packBytes The size of the whole file.
 */
export function parsePackTrailer(bytes: Uint8Array, packBytes: number, origin: Origin): PackTrailer {
  requireLimit(origin, 'size', packBytes, limits.packBytes);
  const complain = recordComplaint(origin);
  if (bytes.length !== packTrailerBytes) throw complain('too short for the end of the pack');
  const header = parsePackHeader(bytes, origin);
  const reader = new ByteReader(bytes.subarray(packHeaderBytes), complain);
  const footerOffset = reader.u32('footer offset');
  const footerLength = reader.u32('footer length');
  const footerHash = reader.take(32, 'footer hash');
  reader.magic(packEndMagic, 'end of the pack');
  requireLimit(origin, 'footer', footerLength, limits.recordBytes);
  const isPlaced = footerOffset >= packHeaderBytes && footerOffset + footerLength + packTrailerBytes === packBytes;
  if (!isPlaced || footerLength < recordHeaderBytes + tagBytes) throw complain('place of the footer');
  return { header, footerOffset, footerLength, footerHash };
}

/**
 * How long a footer's body must be, so that the pack's size becomes a multiple of {@link packGrain}.
 * @param offset Where the footer's record begins.
 * @param least What the body needs, from `bodyBytes`.
 */
export function footerBodyBytes(offset: number, least: number): number {
  const around = offset + recordHeaderBytes + tagBytes + packTrailerBytes;
  return Math.ceil((around + least) / packGrain) * packGrain - around;
}
