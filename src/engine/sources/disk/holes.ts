import type { FileHandle } from '../../kernel/file-system.ts';

/** The block of most file systems: a shorter run of zeros takes its space in any case. */
const block = 4096;
const zeros = Buffer.alloc(block);

/** Writes a part of a file that begins at `start`, and leaves whole blocks of zeros out. */
export function writeWithHoles(handle: FileHandle, bytes: Uint8Array, start: number): void {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  let from = 0;
  let at = 0;
  while (at < view.length) {
    // Blocks of the file, not of this part.
    const end = Math.min(at + block - ((start + at) % block), view.length);
    const isHole = view.compare(zeros, 0, end - at, at, end) === 0;
    if (isHole) {
      if (at > from) handle.writeAt(view.subarray(from, at), start + from);
      from = end;
    }
    at = end;
  }
  if (at > from) handle.writeAt(view.subarray(from, at), start + from);
}
