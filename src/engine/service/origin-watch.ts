import type { Freeze } from '../../shared/domain/freeze.ts';
import type { StorageId } from '../../shared/domain/ids.ts';
import { isStrataError, StrataError } from '../../shared/domain/strata-error.ts';
import type { StoredMirror } from '../catalog/index.ts';
import { lastMirrored } from '../maintenance/index.ts';
import type { OpenStorage, OpenStorages } from './open-storages.ts';
import type { Parts } from './parts.ts';
import { mirrorAt } from './planning.ts';

/** What a mirror must keep for its origin's sake: while that looks wrong, the mirror may be all that is left. */
export class OriginWatch {
  readonly #parts: Parts;
  readonly #open: OpenStorages;

  constructor(parts: Parts, open: OpenStorages) {
    this.#parts = parts;
    this.#open = open;
  }

  /** The origin of a mirror; undefined for other storages. Fails with `removal.origin-unsure` unless the origin is there and well. */
  async originOf(open: OpenStorage): Promise<OpenStorage | undefined> {
    const mirror = mirrorAt(this.#parts, open);
    if (mirror === undefined) return undefined;
    try {
      const origin = this.#open.refresh(await this.#open.use(mirror.origin));
      lastMirrored(origin.storage, open.storage);
      const isDamaged = (origin.stored.lastCheck?.report.findings.length ?? 0) > 0;
      if (!origin.wentBack && !isDamaged) return origin;
    } catch (error) {
      if (!isStrataError(error)) throw error;
      throw this.#unsure(mirror, error);
    }
    throw this.#unsure(mirror);
  }

  /** What is frozen at the origin of a mirror. */
  async freezesFor(open: OpenStorage): Promise<readonly Freeze[]> {
    return (await this.originOf(open))?.catalog.freezes() ?? [];
  }

  #unsure({ id, origin }: StoredMirror, cause?: unknown): StrataError {
    const nameOf = (wanted: StorageId): string => this.#parts.store.storages().find((one) => one.id === wanted)?.name ?? '';
    const facts = { name: nameOf(id), origin: nameOf(origin) };
    return new StrataError('removal.origin-unsure', 'after-user-action', facts, { cause });
  }
}
