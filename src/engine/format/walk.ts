import type { Origin } from './damage.ts';
import { recordMagic } from './magic.ts';
import { packHeaderBytes, packTrailerBytes } from './pack.ts';
import { parseRecordHeader, type RecordHeader, recordHeaderBytes } from './record.ts';

export interface FoundRecord {
  readonly offset: number;
  /** A claim until the record has been opened with it. */
  readonly header: RecordHeader;
  /** Header, body and tag. */
  readonly bytes: Uint8Array;
}

/**
 * Finds records in a pack whose footer is lost or whose middle is damaged, without a key: by their magic, not by trusting
 * lengths. A smashed header costs its own record only. What it yields may be no record at all; opening it tells.
 */
export function* walkPack(pack: Uint8Array, origin: Origin): Generator<FoundRecord> {
  let at = nextMagic(pack, packHeaderBytes);
  while (at !== undefined) {
    const found = recordAt(pack, at, origin);
    if (found === undefined) {
      at = nextMagic(pack, at + 1);
      continue;
    }
    yield found;
    const end = at + found.bytes.length;
    // A length is believed only when another record, or the end, follows; else it may leap over whole records.
    const isFollowed = isMagicAt(pack, end) || end + packTrailerBytes === pack.length;
    at = nextMagic(pack, isFollowed ? end : at + 1);
  }
}

function recordAt(pack: Uint8Array, offset: number, origin: Origin): FoundRecord | undefined {
  try {
    const header = parseRecordHeader(pack.subarray(offset), origin);
    const end = offset + recordHeaderBytes + header.sealedLength;
    return end > pack.length ? undefined : { offset, header, bytes: pack.subarray(offset, end) };
  } catch {
    // Not a record, or its header is smashed: looking for the next one is this function's purpose.
    return undefined;
  }
}

function nextMagic(pack: Uint8Array, from: number): number | undefined {
  const first = recordMagic[0] as number;
  for (let at = pack.indexOf(first, from); at >= 0; at = pack.indexOf(first, at + 1)) {
    if (isMagicAt(pack, at)) return at;
  }
  return undefined;
}

function isMagicAt(pack: Uint8Array, at: number): boolean {
  return at + recordMagic.length <= pack.length && recordMagic.every((byte, index) => pack[at + index] === byte);
}
