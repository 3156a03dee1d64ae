import type { Manifest } from '../../../shared/domain/item.ts';
import { errnoOf } from '../../kernel/file-failure.ts';
import type { FileHandle, FileSystem } from '../../kernel/file-system.ts';
import type { FileProperties } from '../file-properties.ts';
import type { PropertyWriter } from './destination-properties.ts';
import type { Directory } from './destination-tree.ts';
import { writeWithHoles } from './holes.ts';

export interface FileToWrite {
  readonly directory: Directory;
  readonly name: string;
  readonly manifest: Manifest;
  readonly content: AsyncIterable<Uint8Array> | undefined;
  readonly properties: FileProperties;
  readonly how: 'create' | 'replace';
}

/** What a file is called while it is being written. The next try of the same item finds and removes what a crash left. */
export const unfinishedName = (manifest: Pick<Manifest, 'item'>): string => `.strata-${manifest.item}.part`;

/**
 * Written aside, given its properties, and only then named; so a name never leads to half a file.
 * A new file is not synced: that would cost a hundred times the rest, and after a power cut it is restored again from the storage,
 * which is whole. A file that replaces another is synced before the old one goes, because the old one is nowhere else.
 */
export async function writeFile(file: FileToWrite, files: FileSystem, properties: PropertyWriter): Promise<void> {
  const { directory, name, manifest, how } = file;
  const aside = directory.at(unfinishedName(manifest));
  directory.confirm();
  const handle = begin(aside, file.properties.type === 'fifo', files);
  try {
    if (handle !== undefined) await writeContent(file, handle);
    properties.apply(aside, file.properties, manifest.name);
    directory.confirm();
    giveName(aside, directory.at(name), how, files);
    directory.confirm();
  } catch (error) {
    takeBack(aside, files);
    throw error;
  }
}

/** Undefined for a pipe, which has no content. */
function begin(aside: string, isPipe: boolean, files: FileSystem): FileHandle | undefined {
  const make = (): FileHandle | undefined =>
    (isPipe ? files.makeFifo(aside, 0o600) : files.open(aside, 'create', 0o600)) ?? undefined;
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

/** Systems and disks without hard links say it in many ways (exFAT, some network disks, Android). */
const noLinks: ReadonlySet<string> = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EINVAL']);

/** Without `replace` never in place of anything: a link fails where a rename would not. */
export function giveName(aside: string, target: string, how: 'create' | 'replace', files: FileSystem): void {
  if (how === 'replace') {
    files.rename(aside, target);
    // Renaming one name of a file to another name of the same file does nothing, and leaves both.
    takeBack(aside, files);
    return;
  }
  try {
    files.link(aside, target);
    files.unlink(aside);
  } catch (error) {
    if (!noLinks.has(errnoOf(error) ?? '')) throw error;
    // The best that is left. Between the look and the rename somebody could make the name; nobody else knows of it.
    if (files.lstat(target) !== undefined) throw Object.assign(new Error('EEXIST'), { code: 'EEXIST', cause: error });
    files.rename(aside, target);
  }
}

export function takeBack(aside: string, files: FileSystem): void {
  try {
    if (files.lstat(aside) !== undefined) files.unlink(aside);
  } catch {
    // The failure that led here is told. What is left is called unfinished, and goes when the item is restored again.
  }
}
