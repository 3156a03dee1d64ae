import type { StorageId } from '../../shared/domain/ids.ts';
import { ByteReader } from './byte-reader.ts';
import { ByteWriter } from './byte-writer.ts';
import { crc32 } from './crc32.ts';
import { fileComplaint, newerFormat, type Origin, requireLimit } from './damage.ts';
import { limits } from './limits.ts';
import { slotMagic } from './magic.ts';

export const slotFormat = 1;

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
  /** Whether the key that shows the recovery key again is wrapped with them. */
  readonly hasSheetKey: boolean;
}

export interface ParsedSlot extends SlotHead {
  /** Associated data of the wrapping. */
  readonly head: Uint8Array;
  /** {@link wrappedBytes} of ciphertext and tag. */
  readonly wrapped: Uint8Array;
  readonly note: SealedPart | null;
  readonly sheet: SealedPart | null;
}

/** A part of a slot under a key of its own. */
export interface SealedPart {
  /** All of the slot before it: its associated data. */
  readonly before: Uint8Array;
  readonly sealed: Uint8Array;
}

/** Each key is its epoch (u32) and 32 bytes; the sheet key is one more. */
const wrappedKeyBytes = 36;
export const wrappedBytes = (keys: number, hasSheetKey: boolean): number => (keys + Number(hasSheetKey)) * wrappedKeyBytes + 16;
const noteBytes = limits.slotNoteBytes + 16;
const sheetBytes = 32 + 16;

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
    .u32(wrappedBytes(slot.keys, slot.hasSheetKey))
    .done();
}

/** What a person calls a slot, as the bytes that are sealed. */
export function encodeSlotNote(label: string): Uint8Array {
  const note = new Uint8Array(limits.slotNoteBytes);
  const text = new TextEncoder().encode(label);
  if (text.length > note.length || text.includes(0)) throw new RangeError('name of a slot');
  note.set(text);
  return note;
}

export const decodeSlotNote = (note: Uint8Array): string => new TextDecoder().decode(note).replace(/\0+$/, '');

/** @param parts Head, wrapped keys, note, sheet: as far as there are any. */
export function joinSlot(...parts: readonly Uint8Array[]): Uint8Array {
  const file = new ByteWriter(parts.reduce((sum, part) => sum + part.length, crcBytes));
  for (const part of parts) file.put(part);
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
  const length = reader.u32('length');
  const hasSheetKey = kind !== 'device' && length === wrappedBytes(keys, true);
  if (keys === 0 || length !== wrappedBytes(keys, hasSheetKey)) throw complain('length of keys');
  const head = bytes.subarray(0, reader.at);
  const wrapped = reader.take(length, 'keys');
  const rest = bytes.length - reader.at - crcBytes;
  const take = (size: number, what: string): SealedPart => ({
    before: bytes.subarray(0, reader.at),
    sealed: reader.take(size, what),
  });
  const note = rest >= noteBytes ? take(noteBytes, 'note') : null;
  const sheet = rest > noteBytes && kind === 'recovery' && hasSheetKey ? take(sheetBytes, 'sheet') : null;
  reader.take(crcBytes, 'checksum');
  reader.end();
  const parts = { head, wrapped, note, sheet };
  return { kind, cost: kdf === 0 ? null : cost, storage, createdAtMs, salt, nonce, keys, hasSheetKey, ...parts };
}
