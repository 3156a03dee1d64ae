import { isStrataError } from '../../../../src/shared/domain/strata-error.ts';
import type { PackId } from '../../../../src/shared/domain/ids.ts';
import { keysFromSecret, openSodium } from '../../../../src/engine/crypto/index.ts';
import { type PlacedEntry, recordHeaderBytes } from '../../../../src/engine/format/index.ts';
import { silentLog } from '../../../../src/engine/kernel/log.ts';
import { openZstd } from '../../../../src/engine/storage/compress.ts';
import { PackReader } from '../../../../src/engine/storage/pack-reader.ts';
import { openLocalTarget } from '../../../../src/engine/targets/local/index.ts';
import { seededRandom } from '../../../kit/seeded-random.ts';
import { someBytes } from '../../../kit/storage-world.ts';
import { packsOf, startDisks } from '../../sim-world.ts';

/** A bit of a record is another, at each of many places. Nothing of it is given, nor reaches what unpacks: it is nobody's word. */
export async function tryForgedRecord(): Promise<string | undefined> {
  const disks = await startDisks();
  const disk = await disks.with({ a: someBytes(60_000, 1, 'text'), b: someBytes(9000, 2, 'text'), c: someBytes(40_000, 3) });
  const keys = keysFromSecret(await openSodium(), disks.secret, '');
  const random = seededRandom(5);
  const zstd = openZstd();
  let unpacked = 0;
  const watched: typeof zstd = { ...zstd, decompress: (stored, length) => (++unpacked, zstd.decompress(stored, length)) };
  const target = openLocalTarget(disk, '/disk', random);
  const reader = new PackReader(target, keys, watched, silentLog, 0);
  for (const pack of packsOf(disk)) {
    const whole = reader.whole(pack);
    for (const entry of reader.footer(pack)) {
      for (let place = 0; place < 40; place++) {
        const forged = whole.slice(entry.recordOffset, entry.recordOffset + entry.recordLength);
        const at = recordHeaderBytes + random.below(forged.length - recordHeaderBytes);
        forged[at] = (forged[at] ?? 0) ^ (1 << random.below(8));
        unpacked = 0;
        if (given(reader, pack, entry, forged)) return `a forged ${entry.type} was given, bit at ${at}`;
        if (unpacked > 0) return `a forged ${entry.type} was unpacked, bit at ${at}`;
      }
    }
  }
  return undefined;
}

function given(reader: PackReader, pack: PackId, { ordinal }: PlacedEntry, bytes: Uint8Array): boolean {
  try {
    reader.openRecord(pack, bytes, ordinal, 'apart');
    return true;
  } catch (error) {
    if (isStrataError(error) && error.code === 'storage.record-damaged') return false;
    throw error;
  }
}
