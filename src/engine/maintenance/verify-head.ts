import { StrataError } from '../../shared/domain/strata-error.ts';
import type { Storage } from '../storage/index.ts';

/** Success is told only after the newest commit was read back from the storage and found genuine. */
export function verifyHead(storage: Storage): void {
  const head = storage.head();
  if (head === null || storage.idAt(head.sequence) === head.id) return;
  throw new StrataError('storage.damaged', 'after-user-action', { path: '', file: `commit ${head.sequence}` });
}
