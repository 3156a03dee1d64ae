import type { StrataErrorCode } from '../../shared/domain/error-codes.ts';
import { StrataError } from '../../shared/domain/strata-error.ts';

// The engine has a table like this of its own: this process must not load the engine to say that a disk is full.
const codes: Readonly<Record<string, StrataErrorCode>> = {
  EACCES: 'path.denied',
  EPERM: 'path.denied',
  EROFS: 'path.read-only',
  ENOSPC: 'disk.full',
  EDQUOT: 'disk.full',
  ENOENT: 'path.missing',
  ENOTDIR: 'path.not-a-directory',
};

/** What the system said about a path, as a failure. What the system did not say comes back as it is. */
export function fileFailure(error: unknown, path: string): unknown {
  const errno = (error as NodeJS.ErrnoException).code;
  if (errno === undefined) return error;
  return new StrataError(codes[errno] ?? 'path.io', 'after-user-action', { path, errno }, { cause: error });
}
