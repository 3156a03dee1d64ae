import { isStrataError } from '../../shared/domain/strata-error.ts';
import type { Log } from '../kernel/log.ts';
import type { Random } from '../kernel/random.ts';
import type { Target } from '../targets/target.ts';
import type { PackSizes } from './pack-sizes.ts';

const name = 'ballast';
const pieceBytes = 1024 * 1024;

/**
 * A file that takes room for nothing, so that there is room to free room: on a full disk it goes, and a lock, a commit or the way
 * to the trash fits again.
 */
export class Ballast {
  readonly #target: Target;
  readonly #sizes: PackSizes;
  readonly #random: Random;
  readonly #log: Log;

  constructor(target: Target, sizes: PackSizes, random: Random, log: Log) {
    this.#target = target;
    this.#sizes = sizes;
    this.#random = random;
    this.#log = log;
  }

  /** 1 % where the disk is small. */
  get wantedBytes(): number {
    return Math.min(this.#sizes.ballastBytes, Math.floor(this.#target.space().totalBytes / 100));
  }

  /** What must stay free for a ballast that is not there. */
  get missingBytes(): number {
    return this.#target.size(name) === undefined ? this.wantedBytes : 0;
  }

  /** What giving it up would make room for. */
  get heldBytes(): number {
    return this.#target.size(name) ?? 0;
  }

  /** For something large that is more urgent; `keep` makes it again. */
  release(): void {
    this.#log.warn('storage.ballast-released');
    this.#target.free(name);
  }

  /** Does something small, if need be in the ballast's place. */
  rescue<T>(action: () => T): T {
    try {
      return action();
    } catch (error) {
      if (!isStrataError(error) || error.code !== 'disk.full' || this.#target.size(name) === undefined) throw error;
      this.release();
      return action();
    }
  }

  /** Under a write lock: makes it where there is none and room enough for a pack besides. */
  async keep(): Promise<void> {
    if (this.#target.size(name) !== undefined) return;
    const { freeBytes } = this.#target.space();
    const wanted = this.wantedBytes;
    if (wanted === 0 || freeBytes < wanted + this.#sizes.packBytes) return;
    const file = this.#target.begin();
    try {
      // Chance does not compress: a disk that packs zeros would give no room for them.
      const piece = this.#random.bytes(Math.min(pieceBytes, wanted));
      for (let left = wanted; left > 0; left -= piece.length) file.append(piece.subarray(0, Math.min(left, piece.length)));
      await file.seal(name);
    } catch (error) {
      file.abandon();
      if (!isStrataError(error) || error.code !== 'disk.full') throw error;
    }
  }
}
