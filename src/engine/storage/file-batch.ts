import type { ChunkId } from '../../shared/domain/ids.ts';
import type { Summary } from '../../shared/domain/item.ts';
import type { Failure } from '../../shared/domain/strata-error.ts';
import type { FileContent } from './stable-file.ts';

/** Files that a packing thread opens, reads, cuts and hashes by itself. A message for each would cost more than packing a small one. */
export interface FileBatch {
  /** What lies in one bundle belongs to one group. */
  readonly group: string;
  /** The same for all of its files. */
  readonly describe: FileContent['describe'];
  readonly files: readonly FileContent[];
}

/** A batch on its way to a thread: an object for each file takes three times as long to be copied. */
export interface PackedBatch {
  readonly group: string;
  readonly describe: FileContent['describe'];
  readonly paths: readonly string[];
  /** Four for each path. */
  readonly numbers: BigInt64Array<ArrayBuffer>;
}

/** No time of a file: the change time is not asked for. */
const notAsked = -(2n ** 63n);

export function packBatch({ group, describe, files }: FileBatch): PackedBatch {
  const numbers = new BigInt64Array(files.length * 4);
  for (const [index, { sizeBytes, modifyNs, inode, changeNs = notAsked }] of files.entries()) {
    // An inode's number has all 64 bits; the last one does no harm as a sign.
    numbers.set([BigInt(sizeBytes), modifyNs, BigInt.asIntN(64, inode), changeNs], index * 4);
  }
  return { group, describe, paths: files.map(({ path }) => path), numbers };
}

export function unpackBatch({ group, describe, paths, numbers }: PackedBatch): FileBatch {
  const described = describe === undefined ? {} : { describe };
  const files = paths.map((path, index): FileContent => {
    const [size = 0n, modifyNs = 0n, inode = 0n, changeNs = notAsked] = numbers.subarray(index * 4, index * 4 + 4);
    const seen = {
      kind: 'file',
      path,
      sizeBytes: Number(size),
      modifyNs,
      inode: BigInt.asUintN(64, inode),
      ...described,
    } as const;
    return changeNs === notAsked ? seen : { ...seen, changeNs };
  });
  return { group, describe, files };
}

/** A file that was read, or why it could not be. */
export type ReadFile =
  | {
      readonly chunks: readonly ChunkId[];
      readonly attributes?: ReadonlyMap<string, Uint8Array> | undefined;
      readonly summary?: Summary | undefined;
    }
  | { readonly failure: Failure };

/** What the thread read waits until it was said of each chunk, in their order, whether it is new: 1, or known: 0. */
export interface ReadBatch {
  readonly files: readonly ReadFile[];
  keep(isNew: Uint8Array): void;
}

/** A batch lies in memory as a whole. A file that is larger is read by whoever has it, piece by piece. */
export const mostBatchBytes = 4 * 1024 * 1024;
