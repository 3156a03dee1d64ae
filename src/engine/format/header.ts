import type { StorageId } from '../../shared/domain/ids.ts';
import { ByteReader } from './byte-reader.ts';
import { ByteWriter } from './byte-writer.ts';
import { type ChunkerParameters, requireSoundParameters } from './chunker-parameters.ts';
import { crc32 } from './crc32.ts';
import { fileComplaint, newerFormat, type Origin, requireLimit } from './damage.ts';
import { limits } from './limits.ts';
import { headerMagic } from './magic.ts';

export const formatVersion = 1;

/** Bits of what a program must understand before it reads, writes or removes. None is defined yet. */
export interface Features {
  readonly read: number;
  readonly write: number;
  readonly prune: number;
}
export const knownFeatures: Features = { read: 0, write: 0, prune: 0 };

/** The file STORAGE. docs/format/header.md */
export interface Header {
  readonly id: StorageId;
  /** As it was created. Another name is the business of the profile that gave it: this file never changes. */
  readonly name: string;
  readonly createdAtMs: number;
  /** The version of Strata that wrote the file. */
  readonly appVersion: string;
  readonly features: Features;
  readonly chunking: ChunkerParameters;
}

export interface ParsedHeader extends Header {
  readonly format: number;
  /** What `mac` authenticates, once a key is at hand. Until then everything here is a claim. */
  readonly authenticated: Uint8Array;
  readonly mac: Uint8Array;
}

const fixedBytes = 90;
const macBytes = 32;
const crcBytes = 4;

/** The authenticated part; {@link joinHeader} makes the file of it. */
export function encodeHeader(header: Header): Uint8Array {
  const name = new TextEncoder().encode(header.name);
  if (name.length === 0 || name.length > limits.nameBytes) throw new RangeError('name too long');
  requireSoundParameters(header.chunking, (reason) => new RangeError(reason));
  const length = fixedBytes + name.length;
  return new ByteWriter(length)
    .put(headerMagic)
    .u16(formatVersion)
    .u16(length + macBytes + crcBytes)
    .ascii(header.appVersion.slice(0, 20), 20)
    .u32(header.features.read)
    .u32(header.features.write)
    .u32(header.features.prune)
    .ascii(header.id, 20)
    .u64(header.createdAtMs)
    .u16(header.chunking.algorithm)
    .u16(header.chunking.normalization)
    .u32(header.chunking.minBytes)
    .u32(header.chunking.averageBytes)
    .u32(header.chunking.maxBytes)
    .u16(name.length)
    .put(name)
    .done();
}

export function joinHeader(authenticated: Uint8Array, mac: Uint8Array): Uint8Array {
  const file = new ByteWriter(authenticated.length + macBytes + crcBytes).put(authenticated).put(mac);
  return file.u32(crc32(file.bytes.subarray(0, -crcBytes))).done();
}

/** Refuses what a newer Strata wrote, what is damaged, and unknown features for reading. The caller checks `mac`. */
export function parseHeader(bytes: Uint8Array, origin: Origin): ParsedHeader {
  requireLimit(origin, 'size', bytes.length, limits.headerBytes);
  const complain = fileComplaint(origin);
  const reader = new ByteReader(bytes, complain);
  reader.magic(headerMagic, 'magic');
  const format = reader.u16('format');
  const length = reader.u16('length');
  const appVersion = trimmed(reader.take(20, 'app version'));
  // Only what lies before this line keeps its place in later formats.
  if (format > formatVersion) throw newerFormat(origin, format, appVersion);
  if (format === 0 || length !== bytes.length) throw complain('wrong length');
  if (bytes.length < fixedBytes + macBytes + crcBytes) throw complain('too short');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(bytes.length - crcBytes, true) !== crc32(bytes.subarray(0, -crcBytes))) throw complain('checksum');
  const features = { read: reader.u32('features'), write: reader.u32('features'), prune: reader.u32('features') };
  if (hasUnknown(features, 'read')) throw newerFormat(origin, format, appVersion);
  const id = reader.ascii(20, 'id');
  if (!/^[0-9a-z]{20}$/.test(id)) throw complain('id');
  const createdAtMs = reader.u64('creation time');
  const chunking: ChunkerParameters = {
    algorithm: reader.u16('chunker'),
    normalization: reader.u16('chunker'),
    minBytes: reader.u32('chunker'),
    averageBytes: reader.u32('chunker'),
    maxBytes: reader.u32('chunker'),
  };
  requireSoundParameters(chunking, complain);
  const nameBytes = reader.take(reader.u16('name length'), 'name');
  const authenticated = bytes.subarray(0, reader.at);
  const mac = reader.take(macBytes, 'mac');
  reader.take(crcBytes, 'checksum');
  reader.end();
  return {
    format,
    appVersion,
    features,
    id: id as StorageId,
    createdAtMs,
    chunking,
    name: utf8(nameBytes, complain),
    authenticated,
    mac,
  };
}

/** Asked before a run that writes or removes. */
export function requireKnownFeatures(header: ParsedHeader, purpose: keyof Features, origin: Origin): void {
  if (hasUnknown(header.features, purpose)) throw newerFormat(origin, header.format, header.appVersion);
}

const hasUnknown = (features: Features, purpose: keyof Features): boolean => (features[purpose] & ~knownFeatures[purpose]) !== 0;

/** For a sentence only, so anything odd is dropped instead of refused. */
function trimmed(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes).replace(/[^0-9A-Za-z.+-]/g, '');
}

function utf8(bytes: Uint8Array, complain: (reason: string, cause: unknown) => Error): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw complain('name is not UTF-8', cause);
  }
}
