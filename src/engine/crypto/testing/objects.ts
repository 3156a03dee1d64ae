import type { ChunkId, StorageId } from '../../../shared/domain/ids.ts';
import {
  encodeBody,
  encodeBundleTable,
  encodeFooter,
  encodePackHeader,
  encodePackTrailer,
  encodeRecordHeader,
  encodeSlotHead,
  encodeSlotNote,
  type FooterEntry,
  footerBodyBytes,
  footerId,
  joinCommit,
  joinSlot,
  type Origin,
  packTrailerBytes,
  parseBody,
  parseBundle,
  parseCommit,
  parseFooter,
  parsePackHeader,
  parsePackTrailer,
  parseRecordHeader,
  parseSlot,
  purposeOf,
  type RecordType,
  recordComplaint,
  recordHeaderBytes,
  type SlotHead,
  tagBytes,
  walkPack,
} from '../../format/index.ts';
import { bodyBytes, bodyPrefixBytes, type CommitHead, encodeCommitHead, fileComplaint } from '../../format/index.ts';
import type { Random } from '../../kernel/random.ts';
import type { PackCipher, PackOpener } from '../pack-cipher.ts';
import { sha256 } from '../sha256.ts';
import type { SlotSealer } from '../slot-cipher.ts';
import { sealSheet } from '../slot-sheet.ts';
import type { Sodium } from '../sodium.ts';
import type { StorageKeys } from '../storage-keys.ts';

// Whole objects, with format and keys put together in the plainest way: what docs/format says, without compression.

export const storage = '0123456789abcdefghjk' as StorageId;

export type PlainRecord =
  | { readonly type: 'chunk' | 'manifests'; readonly plain: Uint8Array }
  | { readonly type: 'bundle'; readonly chunks: readonly Uint8Array[] };

export function slotFile(sealer: SlotSealer, keys: StorageKeys, kind: SlotHead['kind'], createdAtMs = 0): Uint8Array {
  const { salt, nonce, cost } = sealer;
  const head = encodeSlotHead({ kind, cost, storage, createdAtMs, salt, nonce, keys: keys.masters().length, hasSheetKey: false });
  return joinSlot(head, sealer.wrap(keys, head));
}

/** A slot with all of its parts. */
export function wholeSlotFile(
  sodium: Sodium,
  sealer: SlotSealer,
  keys: StorageKeys,
  kind: SlotHead['kind'],
  more: { createdAtMs: number; label: string; sheetKey?: Uint8Array; recoveryKey?: Uint8Array },
): Uint8Array {
  const { salt, nonce, cost } = sealer;
  const { createdAtMs, label, sheetKey, recoveryKey } = more;
  const hasSheetKey = sheetKey !== undefined;
  const head = encodeSlotHead({ kind, cost, storage, createdAtMs, salt, nonce, keys: keys.masters().length, hasSheetKey });
  const wrapped = Buffer.concat([head, sealer.wrap(keys, head, sheetKey)]);
  const noted = Buffer.concat([wrapped, keys.sealNote(sealer, wrapped, encodeSlotNote(label))]);
  if (sheetKey === undefined || recoveryKey === undefined) return joinSlot(noted);
  return joinSlot(noted, sealSheet(sodium, sealer, noted, sheetKey, recoveryKey));
}

export const readSlot = (file: Uint8Array, origin: Origin) => parseSlot(file, origin);

export function sealRecord(cipher: PackCipher, type: RecordType, id: string, body: Uint8Array): Uint8Array {
  const header = encodeRecordHeader({ type, ordinal: cipher.ordinal, sealedLength: body.length + tagBytes, id });
  const record = new Uint8Array(header.length + body.length + tagBytes);
  record.set(header);
  cipher.seal(purposeOf(type), header, body, record.subarray(header.length));
  return record;
}

export function packFile(keys: StorageKeys, random: Random, records: readonly PlainRecord[]): Uint8Array {
  const cipher = keys.beginPack(random);
  const header = { epoch: cipher.epoch, salt: cipher.salt };
  const parts = [encodePackHeader(header)];
  const entries: FooterEntry[] = [];
  let footerOffset = parts[0]?.length ?? 0;
  for (const record of records) {
    const { id, plain, chunks } = laidOut(keys, record);
    const sealed = sealRecord(cipher, record.type, id, encodeBody('none', plain.length, plain));
    const manifests = record.type === 'manifests' ? 1 : 0;
    entries.push({ type: record.type, id, recordLength: sealed.length, plainLength: plain.length, chunks, manifests });
    parts.push(sealed);
    footerOffset += sealed.length;
  }
  const table = encodeFooter(entries);
  const body = encodeBody('none', table.length, table, footerBodyBytes(footerOffset, bodyPrefixBytes + table.length));
  const footer = sealRecord(cipher, 'footer', footerId, body);
  const trailer = encodePackTrailer({ header, footerOffset, footerLength: footer.length, footerHash: sha256(footer) });
  return Uint8Array.from(Buffer.concat([...parts, footer, trailer]));
}

function laidOut(keys: StorageKeys, record: PlainRecord) {
  if (record.type !== 'bundle') {
    const id = record.type === 'chunk' ? keys.chunkId(record.plain) : keys.recordId(record.plain);
    return { id, plain: record.plain, chunks: [] };
  }
  const chunks = record.chunks.map((bytes) => ({ id: keys.chunkId(bytes), length: bytes.length }));
  const table = encodeBundleTable(chunks);
  return { id: keys.recordId(table), plain: Buffer.concat([...record.chunks, table]), chunks };
}

export interface OpenedRecord {
  readonly type: RecordType;
  readonly id: string;
  readonly plain: Uint8Array;
}

/** Every record of a pack, found through its footer; each checked as a reader of the storage would. */
export function readPack(keys: StorageKeys, file: Uint8Array, origin: Origin): OpenedRecord[] {
  const complain = recordComplaint(origin);
  const trailer = parsePackTrailer(file.subarray(-packTrailerBytes), file.length, origin);
  const opener = keys.packOpener(trailer.header.epoch, trailer.header.salt, { ...origin });
  const footer = file.subarray(trailer.footerOffset, trailer.footerOffset + trailer.footerLength);
  if (!Buffer.from(sha256(footer)).equals(trailer.footerHash)) throw complain('hash of the footer');
  const table = openRecord(opener, footer, 'footer', origin).plain;
  return parseFooter(table, trailer.footerOffset, origin).map((entry) => {
    const bytes = file.subarray(entry.recordOffset, entry.recordOffset + entry.recordLength);
    const record = openRecord(opener, bytes, entry.type, origin);
    if (record.id !== entry.id) throw complain('id');
    checkIds(keys, record, origin);
    return record;
  });
}

/** The same without a footer. */
export function walkedRecords(keys: StorageKeys, file: Uint8Array, origin: Origin): OpenedRecord[] {
  const { epoch, salt } = parsePackHeader(file, origin);
  const opener = keys.packOpener(epoch, salt, { ...origin });
  const found: OpenedRecord[] = [];
  for (const { header, bytes } of walkPack(file, origin)) {
    try {
      found.push(openRecord(opener, bytes, header.type, origin));
    } catch {
      // A damaged record, or none at all: the point of walking is to go on.
    }
  }
  return found;
}

function openRecord(opener: PackOpener, bytes: Uint8Array, type: RecordType, origin: Origin): OpenedRecord {
  const complain = recordComplaint(origin);
  const header = parseRecordHeader(bytes, origin);
  if (header.type !== type || header.sealedLength !== bytes.length - recordHeaderBytes) throw complain('header');
  const raw = bytes.subarray(0, recordHeaderBytes);
  const body = opener.open(purposeOf(type), header.ordinal, raw, bytes.subarray(recordHeaderBytes));
  return { type, id: header.id, plain: parseBody(body, origin, complain).stored };
}

function checkIds(keys: StorageKeys, record: OpenedRecord, origin: Origin): void {
  const wrong = (bytes: Uint8Array, id: ChunkId) => keys.chunkId(bytes) !== id;
  const complain = recordComplaint(origin);
  if (record.type === 'chunk' && wrong(record.plain, record.id as ChunkId)) throw complain('chunk id');
  if (record.type !== 'bundle') return;
  for (const { id, offset, length } of parseBundle(record.plain, origin)) {
    if (wrong(record.plain.subarray(offset, offset + length), id)) throw complain('chunk id');
  }
}

/** @param plain The payload, or anything that stands for one. */
export function commitFile(
  keys: StorageKeys,
  random: Random,
  order: Pick<CommitHead, 'sequence' | 'previous'>,
  plain: Uint8Array,
): Uint8Array {
  const sealer = keys.beginCommit(random);
  const body = encodeBody('none', plain.length, plain);
  const sealedLength = bodyBytes(plain.length) + tagBytes;
  const head = encodeCommitHead({ ...order, epoch: sealer.epoch, storage, salt: sealer.salt, sealedLength });
  const sealed = sealer.seal(head, body);
  return joinCommit(head, sealed, keys.mac(sealer.epoch, Buffer.concat([head, sealed])));
}

export function readCommit(keys: StorageKeys, file: Uint8Array, origin: Origin): Uint8Array {
  const commit = parseCommit(file, origin);
  const complain = fileComplaint(origin);
  if (!keys.isMac(commit.epoch, commit.authenticated, commit.mac)) throw complain('mac');
  if (commit.storage !== storage) throw complain('storage');
  return parseBody(keys.openCommit(commit, { ...origin }), origin, complain).stored;
}
