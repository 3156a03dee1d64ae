import type { SourceId } from '../../../shared/domain/ids.ts';
import { mostRehearsalBytes } from '../../../shared/domain/rehearsal.ts';
import type { Candidate } from '../../catalog/index.ts';
import { below, type Random } from '../../kernel/random.ts';
import { seededRandom } from '../../kernel/seeded-random.ts';
import { Reservoir, shuffled } from './reservoir.ts';

/** Up to which size an item belongs to which stratum: small ones are many, and large ones are where packs and chunks are many. */
export const strata = [4 * 1024, 64 * 1024, 1024 * 1024, 16 * 1024 * 1024, mostRehearsalBytes];
/** So that one of the oldest moment and one of the newest are always within the bytes. */
const mostAnchorBytes = mostRehearsalBytes / 2;

/** Of the source as it is now. */
export interface PresentStratum {
  items: number;
  bytes: number;
}

/** What is to be tried of one source. */
export interface Drawn {
  readonly items: readonly Candidate[];
  /** One for each stratum, and one for what is larger. */
  readonly present: readonly PresentStratum[];
  readonly tooLarge: number;
  readonly oldestMs: number | null;
  readonly newestMs: number | null;
}

/**
 * Draws from the versions of one source as they come by, once, with the same chance for all of a stratum: equally many of each
 * stratum while it has any, and always one that was there at the oldest kept moment and one of the newest.
 */
export class SourceDraw {
  readonly #wanted: number;
  readonly #momentsMs: readonly number[];
  readonly #random: Random;
  readonly #strata: readonly Reservoir<Candidate>[];
  readonly #oldest: Reservoir<Candidate>;
  readonly #newest: Reservoir<Candidate>;
  #oldestMs = Infinity;
  #newestMs = -Infinity;
  #tooLarge = 0;
  readonly #present: readonly PresentStratum[] = [...strata, 0].map(() => ({ items: 0, bytes: 0 }));

  /** @param momentsMs ascending. */
  constructor(source: SourceId, seed: number, wanted: number, momentsMs: readonly number[]) {
    this.#wanted = wanted;
    this.#momentsMs = momentsMs;
    // Of its own, so that what is drawn of it does not depend on what else is tried.
    this.#random = seededRandom(mixed(seed, source));
    this.#strata = strata.map(() => new Reservoir(wanted, this.#random));
    this.#oldest = new Reservoir(1, this.#random);
    this.#newest = new Reservoir(1, this.#random);
  }

  add(candidate: Candidate): void {
    const stratum = stratumOf(candidate.sizeBytes);
    this.#count(candidate, stratum);
    if (stratum === strata.length) {
      this.#tooLarge += 1;
      return;
    }
    this.#strata[stratum]?.add(candidate);
    if (candidate.sizeBytes <= mostAnchorBytes) this.#addAnchor(candidate);
  }

  #count({ sizeBytes, validToMs }: Candidate, stratum: number): void {
    const present = this.#present[stratum];
    if (present === undefined || validToMs !== null) return;
    present.items += 1;
    present.bytes += sizeBytes;
  }

  drawn(): Drawn {
    const chosen = new Map<number, Candidate>();
    let bytes = 0;
    const take = (candidate: Candidate | undefined): void => {
      if (candidate === undefined || chosen.has(candidate.row)) return;
      if (chosen.size >= this.#wanted || bytes + candidate.sizeBytes > mostRehearsalBytes) return;
      bytes += candidate.sizeBytes;
      chosen.set(candidate.row, candidate);
    };
    for (const anchor of [this.#oldest, this.#newest]) take(anchor.kept[0]);
    const left = this.#strata.map(({ kept }) => shuffled(kept, this.#random));
    for (let round = 0; round < this.#wanted; round += 1) for (const stratum of left) take(stratum[round]);
    return {
      items: [...chosen.values()],
      present: this.#present,
      tooLarge: this.#tooLarge,
      oldestMs: this.#oldest.kept.length === 0 ? null : this.#oldestMs,
      newestMs: this.#newest.kept.length === 0 ? null : this.#newestMs,
    };
  }

  #addAnchor(candidate: Candidate): void {
    const { validFromMs, validToMs } = candidate;
    const first = this.#momentsMs[firstNotBefore(this.#momentsMs, validFromMs)];
    const last =
      this.#momentsMs[validToMs === null ? this.#momentsMs.length - 1 : firstNotBefore(this.#momentsMs, validToMs) - 1];
    if (first === undefined || last === undefined || last < first) return;
    if (first < this.#oldestMs) this.#oldest.empty();
    if (last > this.#newestMs) this.#newest.empty();
    this.#oldestMs = Math.min(first, this.#oldestMs);
    this.#newestMs = Math.max(last, this.#newestMs);
    if (first === this.#oldestMs) this.#oldest.add(candidate);
    if (last === this.#newestMs) this.#newest.add(candidate);
  }
}

/** The one behind the last is of what is too large. */
export function stratumOf(sizeBytes: number): number {
  const at = strata.findIndex((most) => sizeBytes <= most);
  return at === -1 ? strata.length : at;
}

/** The place of the first that is not before the time; their number where there is none. */
function firstNotBefore(times: readonly number[], timeMs: number): number {
  let [from, to] = [0, times.length];
  while (from < to) {
    const middle = (from + to) >>> 1;
    if ((times[middle] ?? Infinity) < timeMs) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** FNV-1a over the name of the source, begun with the seed. */
function mixed(seed: number, source: SourceId): number {
  let hash = (2166136261 ^ seed) >>> 0;
  for (const byte of Buffer.from(source)) hash = Math.imul(hash ^ byte, 16777619) >>> 0;
  return hash;
}

export const newSeed = (random: Random): number => below(random, 2 ** 32);
