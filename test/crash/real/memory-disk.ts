import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { unmount } from './unmounting.ts';

/** Why no small disk can be had here; undefined where one can. */
export function memoryDiskIsMissing(folder: string): string | undefined {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'only root on Linux may mount';
  const disk = join(folder, 'try');
  mkdirSync(disk);
  const tried = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', disk], { encoding: 'utf8' });
  if (tried.status === 0) execFileSync('umount', [disk]);
  return tried.status === 0 ? undefined : `mounting failed: ${tried.stderr.trim()}`;
}

/** A tmpfs: a real disk that is as full as is wanted, to the page. */
export class MemoryDisk {
  readonly path: string;
  readonly #filler: string;

  constructor(folder: string, sizeMiB: number) {
    this.path = join(folder, `disk-${sizeMiB}`);
    this.#filler = join(this.path, 'filler');
    mkdirSync(this.path);
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${sizeMiB}m`, 'tmpfs', this.path]);
  }

  get freeBytes(): number {
    const { bavail, bsize } = statfsSync(this.path);
    return bavail * bsize;
  }

  /** So much is left. */
  fillBut(bytes: number): void {
    this.clear();
    const filling = this.freeBytes - bytes;
    if (filling > 0) writeFileSync(this.#filler, new Uint8Array(filling));
  }

  clear(): void {
    rmSync(this.#filler, { force: true });
  }

  unmount(): Promise<void> {
    return unmount(this.path);
  }
}
