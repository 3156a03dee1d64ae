import type { Manifest } from '../../shared/domain/item.ts';
import { errnoOf } from '../kernel/file-failure.ts';
import type { FileSystem } from '../kernel/file-system.ts';

/** What a file is called while it is being written. The next try of the same item finds and removes what a crash left. */
export const unfinishedName = (manifest: Pick<Manifest, 'item'>): string => `.strata-${manifest.item}.part`;

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
    if (files.lstat(target) !== undefined) throw exists();
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

export const exists = (): Error => Object.assign(new Error('EEXIST'), { code: 'EEXIST' });
