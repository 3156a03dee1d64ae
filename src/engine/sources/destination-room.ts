import { dirname } from 'node:path';
import type { FileSystem } from '../kernel/file-system.ts';
import type { PlaceLimits } from './destination.ts';

/** What the disk has left on which the path lies, or would lie. */
export function roomAt(path: string, files: FileSystem): PlaceLimits {
  let existing = path;
  while (files.stat(existing) === undefined && dirname(existing) !== existing) existing = dirname(existing);
  return { freeBytes: files.space(existing).freeBytes, largestBytes: null };
}
