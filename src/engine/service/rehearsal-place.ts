import type { Manifest } from '../../shared/domain/item.ts';
import type { FileSystem } from '../kernel/file-system.ts';
import type { RunContext } from '../kernel/run-context.ts';
import { type Trial, tryRestore } from '../restore/index.ts';
import { directoryDestination } from '../sources/disk/destination-directory.ts';
import { maildirDestination } from '../sources/maildir/destination-maildir.ts';
import { messageTimeMsOf } from '../sources/message-file.ts';
import type { OpenStorage } from './open-storages.ts';

/** What is no file and no message has bytes and nothing else that a disk could hold. */
const bareName = 'item';

/** Restores a version to an empty folder in the form that keeps most of it: files as they were, messages to a Maildir, and of the rest the bytes. */
export async function tryItem(
  { storage, catalog }: Pick<OpenStorage, 'storage' | 'catalog'>,
  files: FileSystem,
  manifest: Manifest,
  folder: string,
  run: RunContext,
): Promise<Trial> {
  const tools = { storage, catalog };
  switch (manifest.kind) {
    case 'file': {
      return tryRestore({ ...tools, manifest, destination: directoryDestination({ files, path: folder }) }, run);
    }
    case 'message': {
      const place = { folder: 'INBOX', restoreRoot: null };
      const destination = maildirDestination({ kind: 'maildir', path: folder, exclude: [] }, files, place);
      const look = (): readonly 'date'[] => (hasDate(manifest, folder, files) ? [] : ['date']);
      return tryRestore({ ...tools, manifest, destination, look, isLoose: true }, run);
    }
    default: {
      const bare: Manifest = {
        ...manifest,
        kind: 'file',
        name: bareName,
        metadata: {},
        summary: { title: manifest.summary.title },
      };
      const destination = directoryDestination({ files, path: folder });
      return tryRestore({ ...tools, manifest: bare, destination, isLoose: true }, run);
    }
  }
}

/** To the second, as servers keep it. */
function hasDate(manifest: Manifest, folder: string, files: FileSystem): boolean {
  const wanted = Math.floor(messageTimeMsOf(manifest) / 1000);
  return ['cur', 'new'].some((part) =>
    files
      .list(`${folder}/${part}`)
      .some(({ name }) => Number((files.lstat(`${folder}/${part}/${name}`)?.modifyNs ?? -1n) / 1_000_000_000n) === wanted),
  );
}
