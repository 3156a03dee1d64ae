import type { FileSystem } from '../kernel/file-system.ts';

/** What tells the disk below a path from others; undefined while nothing is at the path. */
export function diskOf(files: Pick<FileSystem, 'stat' | 'realPath'>, path: string): string | undefined {
  const device = files.stat(path)?.device;
  return device === undefined ? undefined : (wholeDisk(files, device) ?? `device ${device}`);
}

/** Linux says which disk a partition is of: two partitions die together. */
function wholeDisk(files: Pick<FileSystem, 'stat' | 'realPath'>, device: bigint): string | undefined {
  const major = ((device >> 8n) & 0xfffn) | ((device >> 32n) & 0xffff_f000n);
  const minor = (device & 0xffn) | ((device >> 12n) & 0xffff_ff00n);
  const listed = `/sys/dev/block/${major}:${minor}`;
  if (files.stat(listed) === undefined) return undefined;
  const real = files.realPath(listed);
  return files.stat(`${real}/partition`) === undefined ? real : real.slice(0, real.lastIndexOf('/'));
}
