import { isStrataError, StrataError } from '../../shared/domain/strata-error.ts';
import { errnoOf, fileFailure } from '../kernel/file-failure.ts';
import type { RestoreItem } from './destination.ts';

/** Failures of the disk as a whole: every further item would fail as well. */
const wholeDisk: ReadonlySet<string> = new Set(['disk.full', 'path.read-only']);

export const concernsWholeDisk = (error: unknown): boolean => isStrataError(error) && wholeDisk.has(error.code);

/** What the system says of one item, unless it says it of the whole disk. Anything that is not the system's comes back as it is. */
export function asItemFailure(error: unknown, item: string): unknown {
  const reason = errnoOf(error);
  if (reason === undefined) return error;
  const failure = fileFailure(error, item);
  return concernsWholeDisk(failure)
    ? failure
    : new StrataError('restore.write-failed', 'after-user-action', { item, reason }, { cause: error });
}

export async function forItem<T>(item: RestoreItem, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    throw asItemFailure(error, item.manifest.name);
  }
}

/** The same for what does not take long. */
export function forItemNow<T>(item: RestoreItem, action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw asItemFailure(error, item.manifest.name);
  }
}
