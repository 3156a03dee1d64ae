import { errnoOf } from '../../kernel/file-failure.ts';
import type { DirectoryEntry, FileSystem } from '../../kernel/file-system.ts';
import { pathBelow } from './places.ts';

/** How a Strata storage's `STORAGE` file begins. Said again here because a source knows nothing of formats; a test compares the two. */
export const storageMark = Uint8Array.from([0x89, 0x53, 0x54, 0x52, 0x41, 0x54, 0x41, 0x0a]);

/** A storage inside what is backed up is never part of it: every cycle would store the one before. */
export function holdsStorage(directory: string, entries: readonly DirectoryEntry[], files: FileSystem): boolean {
  if (!entries.some(({ name, type }) => name === 'STORAGE' && type === 'file')) return false;
  try {
    const handle = files.open(pathBelow(directory, 'STORAGE'), 'read-no-follow');
    try {
      const start = new Uint8Array(storageMark.length);
      return handle.read(start, 0) === start.length && start.every((byte, at) => byte === storageMark[at]);
    } finally {
      handle.close();
    }
  } catch (error) {
    // Not readable for us. Whatever it is, it is then backed up like any other file: it fails there, and is reported.
    if (errnoOf(error) === undefined) throw error;
    return false;
  }
}
