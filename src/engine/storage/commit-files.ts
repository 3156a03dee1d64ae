import type { CommitId } from '../../shared/domain/ids.ts';
import { isStrataError } from '../../shared/domain/strata-error.ts';
import { limits, parseCommitCopyName, parseCommitName } from '../format/index.ts';
import type { Log } from '../kernel/log.ts';
import type { Target } from '../targets/target.ts';

export interface CommitPlace {
  readonly target: Target;
  readonly log: Log;
}

/** The file names that a sequence number has on the target, whole or not. */
export interface CommitFiles {
  copy: boolean;
  /** What the names of the others promise. */
  readonly ids: CommitId[];
}

export function commitFiles(target: Target): Map<number, CommitFiles> {
  const found = new Map<number, CommitFiles>();
  const of = (sequence: number): CommitFiles => {
    const files = found.get(sequence) ?? { copy: false, ids: [] };
    found.set(sequence, files);
    return files;
  };
  for (const name of target.list('commits')) {
    const parsed = parseCommitName(name);
    if (parsed !== undefined) of(parsed.sequence).ids.push(parsed.id);
  }
  for (const name of target.list('copies/commits')) {
    const sequence = parseCommitCopyName(name);
    if (sequence !== undefined) of(sequence).copy = true;
  }
  return found;
}

/** Undefined: it is not there, or the disk does not give it. The other copy must do, and says so where it does not. */
export function commitBytes(name: string, { target, log }: CommitPlace): Uint8Array | undefined {
  try {
    const size = target.size(name);
    return size === undefined || size > limits.commitBytes ? undefined : target.read(name);
  } catch (error) {
    if (!isStrataError(error)) throw error;
    log.warn('storage.commit-damaged', { file: name, code: error.code });
    return undefined;
  }
}
