import { FileReceiver } from '../../../../src/engine/sources/disk/destination-receiver.ts';
import { orderToText } from '../../../../src/engine/sources/disk/file-order.ts';
import { SimFileSystem } from '../../../kit/sim-file-system.ts';
import { someBytes } from '../../../kit/storage-world.ts';

const older = someBytes(9000, 1);
const newer = someBytes(20_000, 2);

/** A thread replaces a file, and the power goes out at each moment. The old one is there or the new one, whole. */
export function tryHandedOver(): Promise<string | undefined> {
  const disk = new SimFileSystem();
  disk.plant('/to/file', older);
  const moments: SimFileSystem[] = [];
  disk.onOperation(() => void moments.push(disk.copy()));
  const properties = { type: 'file', mode: 0o600, uid: 0, gid: 0, modifyNs: 1n } as const;
  const order = { aside: '/to/.part', path: '/to/file', item: 'file', properties, how: 'replace', isPrivileged: true } as const;
  const [received] = new FileReceiver(disk).receive([orderToText(order)], [newer]);
  if (received === undefined || 'error' in received) return Promise.resolve('it was not replaced');
  for (const moment of [...moments, disk]) {
    for (const kind of ['lost', 'kept', 'names-first', 'zeros'] as const) {
      const is = moment.afterCrash({ kind }).files().get('/to/file');
      if (is === undefined || ![older, newer].some((one) => Buffer.compare(one, is) === 0)) {
        return Promise.resolve(`${kind}: neither the old one nor the new one is there`);
      }
    }
  }
  return Promise.resolve(undefined);
}
