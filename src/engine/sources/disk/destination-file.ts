import type { Manifest } from '../../../shared/domain/item.ts';
import { errnoOf } from '../../kernel/file-failure.ts';
import type { FileHandle, FileSystem } from '../../kernel/file-system.ts';
import { giveName, takeBack, unfinishedName } from '../destination-naming.ts';
import type { Directory } from '../destination-tree.ts';
import type { FileProperties } from '../file-properties.ts';
import type { PropertyWriter } from './destination-properties.ts';

import { writeWithHoles } from './holes.ts';

export interface FileToWrite {
  readonly directory: Directory;
  readonly name: string;
  readonly manifest: Manifest;
  readonly content: AsyncIterable<Uint8Array> | undefined;
  readonly properties: FileProperties;
  readonly how: 'create' | 'replace';
}

/**
 * Written aside, given its properties, and only then named; so a name never leads to half a file.
 * A new file is not synced: that would cost a hundred times the rest, and after a power cut it is restored again from the storage,
 * which is whole. A file that replaces another is synced before the old one goes, because the old one is nowhere else.
 */
export async function writeFile(file: FileToWrite, files: FileSystem, properties: PropertyWriter): Promise<void> {
  const { directory, name, manifest, how } = file;
  const aside = directory.at(unfinishedName(manifest));
  directory.confirm();
  const isPipe = file.properties.type === 'fifo';
  const handle = isPipe ? begin(aside, files, () => files.makeFifo(aside, 0o600)) : beginFile(aside, files);
  try {
    if (typeof handle === 'object') await writeContent(file, handle);
    properties.apply(aside, file.properties, manifest.name);
    directory.confirm();
    giveName(aside, directory.at(name), how, files);
    directory.confirm();
  } catch (error) {
    takeBack(aside, files);
    throw error;
  }
}

export const beginFile = (aside: string, files: FileSystem): FileHandle =>
  begin(aside, files, () => files.open(aside, 'create', 0o600));

/** What an earlier try left under that name goes. */
function begin<T>(aside: string, files: FileSystem, make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (errnoOf(error) !== 'EEXIST') throw error;
    files.unlink(aside);
    return make();
  }
}

async function writeContent({ content, properties, how }: FileToWrite, handle: FileHandle): Promise<void> {
  try {
    if (content !== undefined) await copy(content, handle, properties.sparse === true);
    if (how === 'replace') await handle.syncInBackground();
  } finally {
    handle.close();
  }
}

async function copy(content: AsyncIterable<Uint8Array>, handle: FileHandle, isSparse: boolean): Promise<void> {
  let size = 0;
  for await (const chunk of content) {
    if (isSparse) writeWithHoles(handle, chunk, size);
    else handle.write(chunk);
    size += chunk.length;
  }
  // A hole at the end was not written at all.
  if (isSparse) handle.extendTo(size);
}
