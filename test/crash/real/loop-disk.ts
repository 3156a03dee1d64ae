import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { unmount } from './unmounting.ts';

export type LoopKind = 'ext4' | 'xfs';

const make: Readonly<
  Record<LoopKind, { readonly sizeMiB: number; readonly program: string; readonly words: readonly string[] }>
> = {
  ext4: { sizeMiB: 48, program: 'mkfs.ext4', words: ['-q', '-F'] },
  // Smaller ones are not made any more.
  xfs: { sizeMiB: 320, program: 'mkfs.xfs', words: ['-q', '-f'] },
};

/** Why no such disk can be made and broken here; undefined where one can. */
export async function loopIsMissing(kind: LoopKind, folder: string): Promise<string | undefined> {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'only root on Linux may mount';
  for (const program of ['xfs_io', make[kind].program]) {
    if (spawnSync(program, ['-V']).error !== undefined) return `${program} is not installed (Debian: xfsprogs, e2fsprogs)`;
  }
  try {
    const disk = new LoopDisk(kind, folder);
    disk.mount();
    await disk.unmount();
    return undefined;
  } catch (error) {
    return `mounting failed: ${error instanceof Error ? (error.message.split('\n')[1] ?? error.message) : String(error)}`;
  }
}

/** A real file system in a file. What it holds can be lost as when the power goes out, and it answers nothing any more then. */
export class LoopDisk {
  readonly path: string;
  readonly #image: string;

  constructor(kind: LoopKind, folder: string) {
    this.#image = join(folder, `${kind}.image`);
    this.path = join(folder, kind);
    const { sizeMiB, program, words } = make[kind];
    writeFileSync(this.#image, '');
    truncateSync(this.#image, sizeMiB * 1024 * 1024);
    execFileSync(program, [...words, this.#image], { stdio: 'pipe' });
    mkdirSync(this.path, { recursive: true });
  }

  /** Plays its journal back where it was broken off. */
  mount(): void {
    execFileSync('mount', ['-o', 'loop', this.#image, this.path], { stdio: 'pipe' });
  }

  unmount(): Promise<void> {
    return unmount(this.path);
  }

  /** Everything that is there is on the disk. */
  settle(): void {
    execFileSync('sync', ['-f', this.path]);
  }

  /** What is not on the disk yet is lost. `log`: but for what its journal holds, so that names come before bytes. */
  shutDown(keeping: 'nothing' | 'log'): void {
    const command = keeping === 'log' ? 'shutdown -f' : 'shutdown';
    execFileSync('xfs_io', ['-x', '-c', command, this.path], { stdio: 'pipe' });
  }
}
