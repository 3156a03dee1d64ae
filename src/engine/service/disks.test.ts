import { expect, it } from 'vitest';
import type { FileStat } from '../kernel/file-system.ts';
import { diskOf } from './disks.ts';

const device = (major: number, minor: number): bigint =>
  (BigInt(minor) & 0xffn) | (BigInt(major) << 8n) | ((BigInt(minor) >> 8n) << 20n);

/** What Linux shows of two disks, one of them in two parts, and of a place in memory. */
const mounted: Readonly<Record<string, bigint>> = {
  '/': device(8, 1),
  '/home': device(8, 2),
  '/mnt/usb': device(259, 300),
  '/dev/shm': device(0, 26),
};
const blocks: Readonly<Record<string, string>> = {
  '/sys/dev/block/8:1': '/sys/devices/ata1/block/sda/sda1',
  '/sys/dev/block/8:2': '/sys/devices/ata1/block/sda/sda2',
  '/sys/dev/block/259:300': '/sys/devices/usb1/block/nvme0n1',
};
const parts = new Set(['/sys/devices/ata1/block/sda/sda1/partition', '/sys/devices/ata1/block/sda/sda2/partition']);
const stat = (path: string): FileStat | undefined => {
  const found = mounted[path] ?? (path in blocks || parts.has(path) ? 0n : undefined);
  return found === undefined ? undefined : ({ device: found } as FileStat);
};
const files = { stat, realPath: (path: string) => blocks[path] ?? path };

it('takes two parts of a disk for one, and tells other disks from it', () => {
  expect(diskOf(files, '/home')).toBe(diskOf(files, '/'));
  expect(diskOf(files, '/')).toBe('/sys/devices/ata1/block/sda');
  const others = ['/mnt/usb', '/dev/shm'].map((path) => diskOf(files, path));
  expect(new Set([...others, diskOf(files, '/')]).size).toBe(3);
});

it('does not know the disk of a place that is not there', () => {
  expect(diskOf(files, '/mnt/away')).toBeUndefined();
});
