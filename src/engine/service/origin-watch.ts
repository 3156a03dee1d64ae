import { takesSource, wholeArchive } from '../../shared/domain/archive.ts';
import type { Freeze } from '../../shared/domain/freeze.ts';
import type { StorageId } from '../../shared/domain/ids.ts';
import { isStrataError, StrataError } from '../../shared/domain/strata-error.ts';
import type { StoredMirror } from '../catalog/index.ts';
import { commitActs, lastMirrored, type Saying } from '../maintenance/index.ts';
import type { RunContext } from '../kernel/run-context.ts';
import { standingFindings } from './last-repair.ts';
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
      lastMirrored(origin.storage, open.storage, mirror.archive);
      if (!origin.wentBack && standingFindings(origin.stored, this.#parts.store).length === 0) return origin;
    } catch (error) {
      if (!isStrataError(error)) throw error;
      throw this.#unsure(mirror, error);
    }
    throw this.#unsure(mirror);
  }

  /** What waits for a person's answer: a mirror's freezes are those of its origin. */
  async freezesFor(open: OpenStorage): Promise<readonly Freeze[]> {
    const archive = mirrorAt(this.#parts, open)?.archive ?? wholeArchive;
    return ((await this.originOf(open)) ?? open).catalog.freezes().filter(({ source }) => takesSource(archive, source));
  }

  /** Freezes in a mirror what is frozen at its origin, and nothing else: whatever is removed then leaves that alone, and only that. */
  async followFreezes(open: OpenStorage, saying: Saying, run: RunContext): Promise<'in-step' | 'followed'> {
    const [wanted, there] = [await this.freezesFor(open), open.catalog.freezes()];
    const [freezes, thaws] = [without(wanted, there), without(there, wanted).map(({ id }) => id)];
    if (freezes.length + thaws.length === 0) return 'in-step';
    await commitActs('hold', [{ ...(freezes.length > 0 && { freezes }), ...(thaws.length > 0 && { thaws }) }], saying, run);
    return 'followed';
  }

  /** What is frozen at the origin of a mirror and not in the mirror yet. */
  async notFollowed(open: OpenStorage): Promise<Freeze | undefined> {
    return without(await this.freezesFor(open), open.catalog.freezes())[0];
  }

  #unsure({ id, origin }: StoredMirror, cause?: unknown): StrataError {
    const nameOf = (wanted: StorageId): string => this.#parts.store.storages().find((one) => one.id === wanted)?.name ?? '';
    const facts = { name: nameOf(id), origin: nameOf(origin) };
    return new StrataError('removal.origin-unsure', 'after-user-action', facts, { cause });
  }
}

const without = (freezes: readonly Freeze[], others: readonly Freeze[]): Freeze[] =>
  freezes.filter(({ id }) => !others.some((other) => other.id === id));
