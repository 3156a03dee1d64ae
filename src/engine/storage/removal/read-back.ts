import { StrataError } from '../../../shared/domain/strata-error.ts';
import { sha256Hex } from '../../crypto/index.ts';
import { type PlacedEntry, packName } from '../../format/index.ts';
import { turn } from '../../kernel/turn.ts';
import { wrongChunks } from '../pack-entries.ts';
import type { SealedPack } from '../pack-writer.ts';
import type { RemovalParts } from './parts.ts';

/**
 * Reads new packs from the disk and opens everything in them, before the old ones are said to be out of use.
 * Throws `storage.verify-failed`.
 */
export async function readBack(packs: readonly SealedPack[], parts: RemovalParts): Promise<void> {
  for (const { id, sizeBytes } of packs) {
    await turn();
    const bytes = parts.target.read(packName(id));
    if (bytes.length !== sizeBytes || sha256Hex(bytes) !== id) throw failed(undefined);
    const entries = parts.reader.footer(id);
    for (const entry of entries) if (!isWhole(id, bytes, entry, parts)) throw failed(undefined);
  }
}

function isWhole(pack: SealedPack['id'], bytes: Uint8Array, entry: PlacedEntry, { reader, keys }: RemovalParts): boolean {
  const record = bytes.subarray(entry.recordOffset, entry.recordOffset + entry.recordLength);
  const { plain } = openOrFail(() => reader.openRecord(pack, record, entry.ordinal, 'in-place'));
  if (entry.type === 'manifests') return keys.recordId(plain) === entry.id;
  return plain.length === entry.plainLength && wrongChunks(keys, entry, plain).length === 0;
}

function openOrFail<T>(open: () => T): T {
  try {
    return open();
  } catch (error) {
    throw failed(error);
  }
}

const failed = (cause: unknown): StrataError => new StrataError('storage.verify-failed', 'later', { record: 'pack' }, { cause });
