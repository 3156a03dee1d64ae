import type { FilesSettings } from '../../../shared/domain/source-settings.ts';
import type { FileSystem } from '../../kernel/file-system.ts';
import type { Source } from '../source.ts';
import { FilesSession } from './files-session.ts';
import { lookAtNamed, missing, normalPaths } from './named-paths.ts';

export function filesSource(settings: FilesSettings, files: FileSystem): Source {
  return {
    async open() {
      const named = normalPaths(settings.paths);
      const isMissing = (path: string): boolean => lookAtNamed(path, files).problem?.code === 'source.missing';
      // One that is missing beside others is reported during the walk, and the others are backed up.
      if (named.every(isMissing)) throw missing(named[0] ?? '');
      return new FilesSession(settings, named, files);
    },
  };
}
