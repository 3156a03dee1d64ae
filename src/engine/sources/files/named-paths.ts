import path from 'node:path';
import { type Failure, failureOf, StrataError } from '../../../shared/domain/strata-error.ts';
import { errnoOf } from '../../kernel/file-failure.ts';
import type { FileStat, FileSystem } from '../../kernel/file-system.ts';

/** A path that a person named, as it is now. A link is followed: what it leads to is meant. */
export type NamedPath =
  | { readonly path: string; readonly stat: FileStat; readonly problem?: undefined }
  | { readonly path: string; readonly stat?: undefined; readonly problem: Failure };

export function lookAtNamed(named: string, files: FileSystem): NamedPath {
  try {
    // A relative path would mean another place for every process: it is nowhere.
    const stat = path.isAbsolute(named) ? files.stat(named) : undefined;
    return stat === undefined ? { path: named, problem: failureOf(missing(named)) } : { path: named, stat };
  } catch (error) {
    const reason = errnoOf(error);
    if (reason === undefined) throw error;
    return { path: named, problem: { code: 'folder.unreadable', retry: 'later', facts: { folder: named, reason } } };
  }
}

export const missing = (named: string): StrataError => new StrataError('source.missing', 'after-user-action', { path: named });

/** One spelling for each path: the same directory named twice is visited once. */
export function normalPaths(named: readonly string[]): string[] {
  const normal = named.map((given) => {
    const plain = path.normalize(given);
    return plain.length > path.parse(plain).root.length && plain.endsWith(path.sep) ? plain.slice(0, -1) : plain;
  });
  return [...new Set(normal)];
}
