import type { SourceId } from '../../shared/domain/ids.ts';
import { noLimits, type SourceLimits } from '../../shared/domain/source-limits.ts';
import type { SourceSettings } from '../../shared/domain/source-settings.ts';
import { briefPatience } from '../sources/patience.ts';
import { SourcePace } from '../sources/source-pace.ts';
import { certificateBook, isSameServer } from './endings.ts';
import type { Parts } from './parts.ts';
import type { Manner } from './source-factory.ts';

/** Everything that speaks to a source keeps one pace together: cycles of several jobs, a watcher, a test. */
export class SourcePaces {
  readonly #parts: Parts;
  readonly #paces = new Map<SourceId, SourcePace>();
  #slow: ReadonlyMap<SourceId, number> = new Map();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  #of(id: SourceId): SourcePace {
    const stored = this.#parts.store.sources().find((source) => source.id === id);
    const pace = this.#paces.get(id) ?? new SourcePace(this.#parts.clock, this.#limits(id, stored?.settings));
    this.#paces.set(id, pace);
    return pace;
  }

  /** Somebody waits for the answer. */
  atOnce(id: SourceId | null, settings: SourceSettings): Manner {
    if (id === null) return { pace: new SourcePace(this.#parts.clock, limitsOf(settings)), patience: briefPatience };
    const stored = this.#parts.store.sources().find((source) => source.id === id);
    // What a form tries out is not the source's server yet.
    const isItsOwn = stored !== undefined && isSameServer(stored.settings, settings);
    return { pace: this.#of(id), patience: briefPatience, ...(isItsOwn ? this.#hearing(id) : {}) };
  }

  /** Nobody waits: a run, or who watches. */
  inRun(id: SourceId): Manner {
    return { pace: this.#of(id), ...this.#hearing(id) };
  }

  #hearing(id: SourceId): Manner {
    return { onCertificate: certificateBook(this.#parts, id) };
  }

  /** Whatever goes on hears of it at once. */
  changed(id: SourceId, settings: SourceSettings): void {
    this.#paces.get(id)?.change(this.#limits(id, settings));
  }

  /** In slow times: no more bytes a second than that, whatever else is allowed. Sources that are not named have their own limits again. */
  slow(sources: ReadonlyMap<SourceId, number>): void {
    const before = this.#slow;
    this.#slow = sources;
    for (const { id, settings } of this.#parts.store.sources()) {
      if (before.get(id) !== sources.get(id)) this.changed(id, settings);
    }
  }

  #limits(id: SourceId, settings: SourceSettings | undefined): SourceLimits {
    const own = limitsOf(settings);
    const most = this.#slow.get(id);
    return most === undefined ? own : { ...own, bytesPerSecond: Math.min(own.bytesPerSecond ?? most, most) };
  }

  forget(id: SourceId): void {
    this.#paces.delete(id);
  }
}

const limitsOf = (settings: SourceSettings | undefined): SourceLimits =>
  (settings !== undefined && 'limits' in settings ? settings.limits : undefined) ?? noLimits;
