import { errnoOf } from '../../kernel/file-failure.ts';
import type { FileSystem } from '../../kernel/file-system.ts';
import { firstSeparator } from './mbox-messages.ts';
import { Pieces } from './pieces.ts';

/** By how it begins. `empty`: a folder without messages, or anything else; `closed`: it cannot be looked into. */
export function looksLikeMbox(path: string, files: FileSystem): 'mbox' | 'empty' | 'other' | 'closed' {
  try {
    // A pipe would be waited for.
    if (files.stat(path)?.type !== 'file') return 'other';
    const handle = files.open(path, 'read');
    try {
      const { sizeBytes } = handle.stat();
      if (sizeBytes === 0) return 'empty';
      return firstSeparator(new Pieces(handle, Math.min(sizeBytes, 4096))) === undefined ? 'other' : 'mbox';
    } finally {
      handle.close();
    }
  } catch (error) {
    if (errnoOf(error) === undefined) throw error;
    return 'closed';
  }
}
