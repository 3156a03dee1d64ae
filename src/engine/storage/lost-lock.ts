import { isStrataError } from '../../shared/domain/strata-error.ts';
import type { StorageLock } from './storage.ts';

/**
 * Who takes a lock over clears away what its holder had not finished, and that one then fails for files that are not there. What
 * there is to say is that he lost his lock.
 */
export function causeOf(error: unknown, lock: StorageLock): unknown {
  try {
    lock.assertHeld();
  } catch (lost) {
    if (isStrataError(lost) && lost.code === 'storage.lock-lost') return lost;
  }
  return error;
}
