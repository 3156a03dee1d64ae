import { StrataError } from '../../shared/domain/strata-error.ts';

/** The storage at that place is older than it was when it was seen last: an old copy, a clone, or a disk that was put back. */
export const wentBack = (path: string): StrataError => new StrataError('storage.went-back', 'after-user-action', { path });
