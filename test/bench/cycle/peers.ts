import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { run } from './measured.ts';
import { bytesBelow, type ToolMaker } from './tool.ts';

/** The other backup programs that are installed, with their own defaults. */
export function installedPeers(): ToolMaker[] {
  return [restic(), borg()].filter((peer) => peer !== undefined);
}

const versionOf = (program: string, word: string): string | undefined => {
  const { status, stdout } = spawnSync(program, [word], { encoding: 'utf8' });
  return status === 0 ? (/\d+(\.\d+)+/.exec(stdout)?.[0] ?? 'unknown') : undefined;
};

function restic(): ToolMaker | undefined {
  const version = versionOf('restic', 'version');
  if (version === undefined) return undefined;
  return {
    name: 'restic',
    version,
    make(corpus, scratch) {
      const repository = path.join(scratch, 'repository');
      const environment = { RESTIC_PASSWORD: 'granite otter ferry cobalt', RESTIC_CACHE_DIR: path.join(scratch, 'cache') };
      const command = (...words: readonly string[]) => ({ words: ['restic', '-q', '-r', repository, ...words], environment });
      return {
        name: 'restic',
        begin: () => void run(command('init')),
        backup: () => command('backup', corpus.folder),
        restore: (into) => command('restore', 'latest', '--target', into),
        check: () => command('check', '--read-data'),
        purge: () => command('forget', '--keep-last', '1', '--prune'),
        storedBytes: () => bytesBelow(repository),
      };
    },
  };
}

function borg(): ToolMaker | undefined {
  const version = versionOf('borg', '--version');
  if (version === undefined) return undefined;
  return {
    name: 'borg',
    version,
    make(corpus, scratch) {
      const repository = path.join(scratch, 'repository');
      const environment = { BORG_PASSPHRASE: 'granite otter ferry cobalt', BORG_BASE_DIR: path.join(scratch, 'base') };
      const command = (...words: readonly string[]) => ({ words: ['borg', ...words], environment });
      let moments = 0;
      return {
        name: 'borg',
        begin: () => void run(command('init', '--encryption', 'repokey-blake2', repository)),
        backup: () => command('create', `${repository}::${++moments}`, corpus.folder),
        restore: (into) => ({ ...command('extract', `${repository}::${moments}`), cwd: into }),
        check: () => command('check', '--verify-data', repository),
        purge: () => {
          const old = Array.from({ length: moments - 1 }, (_, index) => index + 1).join(' ');
          return { ...command(), words: ['sh', '-c', `borg delete '${repository}' ${old} && borg compact '${repository}'`] };
        },
        storedBytes: () => bytesBelow(repository),
      };
    },
  };
}
