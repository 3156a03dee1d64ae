import { readFileSync, statfsSync } from 'node:fs';

/** statfs(2): NFS, SMB, CIFS, SMB2, 9p, AFS, Ceph, and what is mounted by FUSE, most of it from elsewhere. */
const remote: ReadonlySet<number> = new Set([
  0x6969, 0x517b, 0xff534d42, 0xfe534d42, 0x01021997, 0x5346414f, 0x00c36400, 0x65735546,
]);

/** Whether a directory lies on a disk that others can change unseen by this system. False where the system does not say. */
export function isOnNetwork(path: string): boolean {
  if (process.platform === 'win32') return path.startsWith('\\\\');
  if (process.platform !== 'linux') return false;
  try {
    return remote.has(statfsSync(path).type >>> 0);
  } catch {
    return false; // it is not there: whoever watches it will be told
  }
}

/** How many notices of changes the system keeps before it drops some without a word to us; undefined where it tells. */
export function noticesKept(): number | undefined {
  if (process.platform !== 'linux') return undefined;
  try {
    return Number(readFileSync('/proc/sys/fs/inotify/max_queued_events', 'utf8')) || undefined;
  } catch {
    return 16_384; // the system's default, where it does not let itself be asked
  }
}
