import type { StrataErrorCode } from '../../shared/domain/error-codes.ts';
import { isStrataError, type Retry, StrataError } from '../../shared/domain/strata-error.ts';

const known: Readonly<Record<string, readonly [StrataErrorCode, Retry]>> = {
  ENOENT: ['path.missing', 'after-user-action'],
  EACCES: ['path.denied', 'after-user-action'],
  EPERM: ['path.denied', 'after-user-action'],
  ENOSPC: ['disk.full', 'after-user-action'],
  EDQUOT: ['disk.full', 'after-user-action'],
  EROFS: ['path.read-only', 'after-user-action'],
  ENOTDIR: ['path.not-a-directory', 'after-user-action'],
};

/** The code of an error of the system (`ENOENT` …), or undefined for anything else. */
export function errnoOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || isStrataError(error)) return undefined;
  const { code } = error as NodeJS.ErrnoException;
  return typeof code === 'string' && /^E[A-Z0-9]+$/.test(code) ? code : undefined;
}

/** What the system said about a path, as a failure. An error that is not the system's comes back as it is: it is a bug, or a failure already. */
export function fileFailure(error: unknown, path: string): Error {
  const errno = errnoOf(error);
  if (errno === undefined) return error instanceof Error ? error : new Error('thrown: not an error', { cause: error });
  const [code, retry] = known[errno] ?? (['path.io', 'later'] as const);
  return new StrataError(code, retry, { path, errno }, { cause: error });
}

/** Runs something that touches `path` and turns what the system says into a failure. */
export function withFileFailure<T>(path: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw fileFailure(error, path);
  }
}
