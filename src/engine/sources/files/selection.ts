import type { FilesSettings } from '../../../shared/domain/source-settings.ts';
import { compileIgnores, type Ignores } from './ignore-patterns.ts';

/** What of the named paths is wanted. */
export interface Selection {
  readonly ignores: Ignores;
  /** A directory that holds something of one of these names is kept empty. */
  readonly markers: ReadonlySet<string>;
  readonly oneFileSystem: boolean;
  /** Whether a person named this very path. */
  readonly isNamed: (path: string) => boolean;
}

export function selectionOf(settings: FilesSettings, named: readonly string[]): Selection {
  const all = new Set(named);
  return {
    ignores: compileIgnores(settings.exclude),
    markers: new Set(settings.excludeIfPresent),
    oneFileSystem: settings.oneFileSystem,
    isNamed: (path) => all.has(path),
  };
}

/** Of a directory that was not reached from the top: it is left out with any directory above it. */
export function isLeftOut({ ignores }: Selection, relative: string): boolean {
  const parts = relative.split('/');
  return parts.some((_, depth) => ignores(parts.slice(0, depth + 1).join('/'), true));
}
