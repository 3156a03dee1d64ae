import type { StorageId } from '../../shared/domain/ids.ts';
import { ByteReader } from './byte-reader.ts';
import { ByteWriter } from './byte-writer.ts';
import { crc32 } from './crc32.ts';
import { fileComplaint, newerFormat, type Origin, requireLimit } from './damage.ts';
import { limits } from './limits.ts';
import { slotMagic } from './magic.ts';

export const slotFormat = 1;

/** `device` is reserved: a secret of this computer's keychain. */
export const slotKinds = ['password', 'recovery', 'device'] as const;
export type SlotKind = (typeof slotKinds)[number];

/** What Argon2id is told. Lanes are always 1. */
export interface ArgonCost {
  readonly memoryKiB: number;
  readonly passes: number;
}

/** A slot without its wrapped keys. Every byte of it is associated data of the wrapping. docs/format/key-slots.md */
export interface SlotHead {
  readonly kind: SlotKind;
  /** Null where the secret itself has 256 random bits. */
  readonly cost: ArgonCost | null;
  readonly storage: StorageId;
  readonly createdAtMs: number;
  /** 16 bytes. */
  readonly salt: Uint8Array;
  /** 24 bytes. */
  readonly nonce: Uint8Array;
  /** How many master keys are wrapped. */
  readonly keys: number;
}

export interface ParsedSlot extends SlotHead {
  /** Associated data of the wrapping. */
  readonly head: Uint8Array;
  /** {@link wrappedBytes} of ciphertext and tag. */
  readonly wrapped: Uint8Array;
}

/** Each key is its epoch (u32) and 32 bytes. */
export const masterKeyBytes = 36;
export const wrappedBytes = (keys: number): number => keys * masterKeyBytes + 16;

const headBytes = 100;
const crcBytes = 4;

export function encodeSlotHead(slot: SlotHead): Uint8Array {
  if (slot.keys < 1 || slot.keys > limits.keysPerSlot) throw new RangeError('number of keys');
  if (slot.salt.length !== 16 || slot.nonce.length !== 24) throw new RangeError('salt or nonce');
  return new ByteWriter(headBytes)
    .put(slotMagic)
    .u16(slotFormat)
    .u8(slotKinds.indexOf(slot.kind) + 1)
    .u8(slot.cost === null ? 0 : 1)
    .u32(slot.cost?.memoryKiB ?? 0)
    .u32(slot.cost?.passes ?? 0)
    .u32(slot.cost === null ? 0 : 1)
    .ascii(slot.storage, 20)
    .u64(slot.createdAtMs)
    .put(slot.salt)
    .put(slot.nonce)
    .u32(slot.keys)
    .u32(wrappedBytes(slot.keys))
    .done();
}

export function joinSlot(head: Uint8Array, wrapped: Uint8Array): Uint8Array {
  const file = new ByteWriter(head.length + wrapped.length + crcBytes).put(head).put(wrapped);
  return file.u32(crc32(file.bytes.subarray(0, -crcBytes))).done();
}

/**
 * A slot that this accepts is whole: if its secret does not open it, the secret is wrong. Cost floors and ceilings are the
 * crypto room's, which spends the memory.
 */
export function parseSlot(bytes: Uint8Array, origin: Origin): ParsedSlot {
  requireLimit(origin, 'size', bytes.length, limits.slotBytes);
  const complain = fileComplaint(origin);
  const reader = new ByteReader(bytes, complain);
  reader.magic(slotMagic, 'magic');
  const format = reader.u16('format');
  if (format > slotFormat) throw newerFormat(origin, format);
  if (format === 0) throw complain('format');
  if (bytes.length < headBytes + crcBytes) throw complain('too short');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(bytes.length - crcBytes, true) !== crc32(bytes.subarray(0, -crcBytes))) throw complain('checksum');
  const kind = slotKinds[reader.u8('kind') - 1];
  const kdf = reader.u8('kdf');
  const cost = { memoryKiB: reader.u32('memory'), passes: reader.u32('passes') };
  const lanes = reader.u32('lanes');
  // A later kind of slot does not keep this program from using another one: the caller skips what is newer.
  if (kind === undefined || kdf > 1) throw newerFormat(origin, format);
  if (lanes !== kdf || (kdf === 0 && (cost.memoryKiB !== 0 || cost.passes !== 0))) throw complain('kdf parameters');
  if ((kind === 'password') !== (kdf === 1)) throw complain('kdf does not fit the kind');
  const storage = reader.ascii(20, 'storage') as StorageId;
  if (!/^[0-9a-z]{20}$/.test(storage)) throw complain('storage id');
  const createdAtMs = reader.u64('creation time');
  const salt = reader.take(16, 'salt');
  const nonce = reader.take(24, 'nonce');
  const keys = reader.u32('number of keys');
  requireLimit(origin, 'keys', keys, limits.keysPerSlot);
  if (keys === 0 || reader.u32('length') !== wrappedBytes(keys)) throw complain('length of keys');
  const head = bytes.subarray(0, reader.at);
  const wrapped = reader.take(wrappedBytes(keys), 'keys');
  reader.take(crcBytes, 'checksum');
  reader.end();
  return { kind, cost: kdf === 0 ? null : cost, storage, createdAtMs, salt, nonce, keys, head, wrapped };
}
