import type { FileSystem } from '../../kernel/file-system.ts';
import path from 'node:path';
import type { Source, Watcher, WatchListener } from '../source.ts';
import { watchTrees } from '../tree-watch.ts';
import { FilesSession } from './files-session.ts';
import { lookAtNamed, missing, normalPaths } from './named-paths.ts';
import { isLeftOut, type Selection, selectionOf, type WantedFiles } from './selection.ts';

export function filesSource(settings: WantedFiles, files: FileSystem): Source {
  return {
    async open() {
      const named = normalPaths(settings.paths);
      const isMissing = (path: string): boolean => lookAtNamed(path, files).problem?.code === 'source.missing';
      // One that is missing beside others is reported during the walk, and the others are backed up.
      if (named.every(isMissing)) throw missing(named[0] ?? '');
      return new FilesSession(settings, named, files);
    },
    watch: (listener) => watchFiles(settings, files, listener),
  };
}

/** Single files that a person named are not watched: the system watches directories. */
function watchFiles(settings: WantedFiles, files: FileSystem, listener: WatchListener): Promise<Watcher> {
  const named = normalPaths(settings.paths);
  const selection = selectionOf(settings, named);
  const roots = named.filter((root) => lookAtNamed(root, files).stat?.type === 'directory');
  if (roots.length < named.length && roots.length === 0) throw missing(named[0] ?? '');
  return watchTrees(
    {
      files,
      roots: roots.filter((root) => !roots.some((other) => other !== root && root.startsWith(other + path.sep))),
      matters: (root, changed) => !isLeftOutInAnyCase(selection, path.relative(root, changed).split(path.sep).join('/')),
      folderOf: (_, changed) => path.dirname(changed),
    },
    listener,
  );
}

/** The patterns know directories from files, and of what has gone nobody knows which it was. */
function isLeftOutInAnyCase(selection: Selection, relative: string): boolean {
  const above = relative.includes('/') ? relative.slice(0, relative.lastIndexOf('/')) : '';
  if (above !== '' && isLeftOut(selection, above)) return true;
  return selection.ignores(relative, true) && selection.ignores(relative, false);
}
