import type { FilesSettings } from '../../../shared/domain/source-settings.ts';
import { compileDeciding, compileIgnores, type Ignores } from './ignore-patterns.ts';

/** What is wanted of the paths, in this cycle. */
export interface WantedFiles extends FilesSettings {
  /** .gitignore patterns: where there are any, nothing else is taken. */
  readonly include?: readonly string[];
}

/** What of the named paths is wanted. */
export interface Selection {
  readonly ignores: Ignores;
  /** The pattern that leaves something out. */
  readonly deciding: ReturnType<typeof compileDeciding>;
  /** Where there are patterns of what to include, nothing else is taken. */
  readonly includes: Ignores;
  /** A directory that holds something of one of these names is kept empty. */
  readonly markers: ReadonlySet<string>;
  readonly oneFileSystem: boolean;
  /** Whether a person named this very path. */
  readonly isNamed: (path: string) => boolean;
}

export function selectionOf(settings: WantedFiles, named: readonly string[]): Selection {
  const all = new Set(named);
  const deciding = compileDeciding(settings.exclude);
  return {
    ignores: (path, isDirectory) => deciding(path, isDirectory) !== undefined,
    deciding,
    includes: includesOf(settings.include ?? []),
    markers: new Set(settings.excludeIfPresent),
    oneFileSystem: settings.oneFileSystem,
    isNamed: (path) => all.has(path),
  };
}

function includesOf(patterns: readonly string[]): Ignores {
  return patterns.length === 0 ? () => true : compileIgnores(patterns);
}

/** Of something that was not reached from the top: a folder is taken with any folder above it. */
export const isIncluded = ({ includes }: Selection, folder: readonly string[], item: string): boolean =>
  includes([...folder, item].join('/'), false) || folder.some((_, depth) => includes(folder.slice(0, depth + 1).join('/'), true));

/** Of a directory that was not reached from the top: it is left out with any directory above it. */
export function isLeftOut({ ignores }: Selection, relative: string): boolean {
  const parts = relative.split('/');
  return parts.some((_, depth) => ignores(parts.slice(0, depth + 1).join('/'), true));
}
