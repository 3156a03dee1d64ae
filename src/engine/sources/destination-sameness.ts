import type { Directory } from './destination-tree.ts';
import type { FileSystem } from '../kernel/file-system.ts';

/** Whether the file holds exactly these bytes. Reads until the first difference. */
export async function holdsBytes(
  directory: Directory,
  name: string,
  sizeBytes: number,
  content: (() => AsyncIterable<Uint8Array>) | undefined,
  files: FileSystem,
): Promise<boolean> {
  const stat = files.lstat(directory.at(name));
  if (stat?.type !== 'file' || stat.sizeBytes !== sizeBytes) return false;
  if (content === undefined) return sizeBytes === 0;
  const handle = files.open(directory.at(name), 'read-no-follow');
  try {
    let position = 0;
    for await (const chunk of content()) {
      const there = Buffer.alloc(chunk.length);
      for (let have = 0; have < there.length; ) {
        const count = handle.read(there.subarray(have), position + have);
        if (count === 0) return false;
        have += count;
      }
      if (!there.equals(chunk)) return false;
      position += chunk.length;
    }
    return position === sizeBytes;
  } finally {
    handle.close();
  }
}
