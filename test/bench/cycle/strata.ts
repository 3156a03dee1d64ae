import fs from 'node:fs';
import path from 'node:path';
import { run } from './measured.ts';
import { bytesBelow, type ToolMaker } from './tool.ts';

const program = path.resolve(import.meta.dirname, '../../../strata');
const password = 'granite otter ferry cobalt';

/** The command line of this clone, with the key in the keychain, as on a desk. */
export function strata(): ToolMaker {
  return {
    name: 'Strata',
    version: run({ words: [program, '--version'] }).trim(),
    make(corpus, scratch) {
      const storage = path.join(scratch, 'storage');
      const environment = { LANG: 'en', STRATA_PROFILE: path.join(scratch, 'profile') };
      const withPassword = { ...environment, STRATA_PASSWORD: password };
      const command = (...words: readonly string[]) => ({ words: [program, ...words], environment });
      return {
        name: 'Strata',
        begin() {
          const words = ['storage', 'create', storage, '--name', 'Bench', '--recovery-key', path.join(scratch, 'key')];
          run({ words: [program, ...words], environment: withPassword });
          run(command('source', 'add', corpus.kind, 'Corpus', '--path', corpus.folder));
          // What old moments keep goes when the purge is measured, and not before.
          run(command('storage', 'settings', 'Bench', '--automatic', 'off'));
          run(command('job', 'create', 'All', '--source', 'Corpus', '--storage', 'Bench', '--keep', 'last=1'));
        },
        backup: () => command('job', 'run', 'All'),
        backupByPassword: () => ({ words: command('job', 'run', 'All').words, environment: withPassword }),
        restore: (into) => command('restore', 'Bench', '--to', `${corpus.kind === 'files' ? 'dir' : 'eml'}:${into}`),
        check: () => command('storage', 'check', 'Bench', '--data', 'all'),
        purge: () => command('storage', 'purge', 'Bench', '--yes'),
        // The ballast holds nothing: it is room that is given back when the disk is full.
        storedBytes: () =>
          bytesBelow(storage) - (fs.statSync(path.join(storage, 'ballast'), { throwIfNoEntry: false })?.size ?? 0),
      };
    },
  };
}
