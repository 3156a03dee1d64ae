import { isStrataError } from '../../../../src/shared/domain/strata-error.ts';
import type { StorageId } from '../../../../src/shared/domain/ids.ts';
import { openSodium, openWithDeviceSecret, StorageKeys } from '../../../../src/engine/crypto/index.ts';
import { parseSlot } from '../../../../src/engine/format/index.ts';
import { deviceSlot } from '../../../../src/engine/storage/proved-slots.ts';
import { seededRandom } from '../../../kit/seeded-random.ts';

const origin = { path: '', file: 'slot' };
const probe = new Uint8Array(1);

/** A bit of a master key falls over while it is being sealed, each in its turn. The slot is refused, or it opens what it should. */
export async function tryRottenSlot(): Promise<string | undefined> {
  const sodium = await openSodium();
  const random = seededRandom(3);
  const secret = random.bytes(32);
  for (let bit = 0; bit < 256; bit += 5) {
    const keys = StorageKeys.create(sodium, seededRandom(1));
    const storage = 'storage0000000000000' as StorageId;
    const slot = { kind: 'device', label: '', storage, createdAtMs: 1, keys: withBadBit(keys, bit) } as const;
    const file = await deviceSlot(random, secret, slot).catch((error: unknown) => {
      if (!isStrataError(error) || error.code !== 'storage.verify-failed') throw error;
    });
    const opened = file && openWithDeviceSecret(sodium, parseSlot(file, origin), secret);
    if (file !== undefined && opened?.keys.chunkId(probe) !== keys.chunkId(probe)) return `bit ${bit}: a slot that opens nothing`;
  }
  return undefined;
}

/** When the master keys are asked for. */
function withBadBit(keys: StorageKeys, bit: number): StorageKeys {
  return new Proxy(keys, {
    get(of, name) {
      if (name === 'masters') {
        return () =>
          of.masters().map(({ epoch, key }) => {
            const wrong = Uint8Array.from(key);
            wrong[bit >> 3] = (wrong[bit >> 3] ?? 0) ^ (1 << (bit & 7));
            return { epoch, key: wrong };
          });
      }
      const value: unknown = Reflect.get(of, name, of);
      return typeof value === 'function' ? (value.bind(of) as unknown) : value;
    },
  });
}
