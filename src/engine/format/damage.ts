import { StrataError } from '../../shared/domain/strata-error.ts';

/** Where bytes were read, for the sentence that a person gets. */
export interface Origin {
  /** The storage's place. */
  readonly path: string;
  /** The file's name in the storage. */
  readonly file: string;
}

/** How a reader complains: STORAGE, slots and commits are vital and say `storage.damaged`, parts of a pack say which record. */
export type Complaint = (reason: string, cause?: unknown) => StrataError;

export function fileComplaint(origin: Origin): Complaint {
  return (reason, cause) => new StrataError('storage.damaged', 'never', { ...origin, reason }, { cause });
}

export function recordComplaint(origin: Origin): Complaint {
  return (reason, cause) => new StrataError('storage.record-damaged', 'never', { ...origin, reason }, { cause });
}

export function requireLimit(origin: Origin, what: string, claimed: number, limit: number): void {
  if (claimed > limit) throw new StrataError('storage.limit-exceeded', 'never', { ...origin, what, claimed, limit });
}

/** @param app The version of Strata that wrote the file, where the file says so. */
export function newerFormat(origin: Origin, format: number, app = ''): StrataError {
  return new StrataError('storage.newer-format', 'after-user-action', { ...origin, format, app });
}
