import type { FileSystem } from '../kernel/file-system.ts';

/** The beginning of a file. Undefined where it cannot be read: what reads it to store it says why. */
export function peekInto(files: FileSystem, path: string, mostBytes: number): Uint8Array | undefined {
  try {
    const file = files.open(path, 'read-no-follow');
    try {
      const bytes = new Uint8Array(mostBytes);
      return bytes.subarray(0, file.read(bytes, 0));
    } finally {
      file.close();
    }
  } catch {
    return undefined; // a look is not worth a failure
  }
}
