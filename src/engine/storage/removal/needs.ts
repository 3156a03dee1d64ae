import { type SourceId, type TransactionId, transactionId } from '../../../shared/domain/ids.ts';
import type { Manifest } from '../../../shared/domain/item.ts';
import { isStrataError, StrataError } from '../../../shared/domain/strata-error.ts';
import type { ManifestRoot } from '../../format/index.ts';
import { type RunContext, stopIfCancelled } from '../../kernel/run-context.ts';
import { turn } from '../../kernel/turn.ts';
import type { PackReader } from '../pack-reader.ts';
import { IdMap } from './id-map.ts';
import type { Standing } from './standing.ts';

/** What a chunk's number in {@link Needs.chunks} says, beside the source from `sourceAt` on. */
export const isNeeded = 1;
/** Nothing but hidden versions of frozen sources name it: it stays where it is there, and is not missed where it is not. */
export const isSpared = 16;
/** It stays. */
export const isWanted = isNeeded | isSpared;
/** Some pack has it. */
export const isFound = 2;
/** A pack that stays, or a new one, has it. */
export const isKept = 4;
const isNamed = 8;
const sourceAt = 5;

export interface SourceNeeds {
  readonly source: SourceId;
  versions: number;
  /** Those of them that become stubs. */
  hidden: number;
  /** Hidden ones that stay, because the source is frozen. */
  spared: number;
}

/** Which chunks all versions need that are there, and what has to become a stub. Read from the packs. */
export interface Needs {
  readonly chunks: IdMap;
  readonly needed: number;
  readonly sources: readonly SourceNeeds[];
  /** Per root, in the standing's order: which of its manifests, counting from 0, are hidden and not stubs yet. */
  readonly stubs: readonly (readonly number[])[];
  /** Versions of frozen sources that are no stubs, hidden or not. */
  readonly wholeOfFrozen: ReadonlySet<TransactionId>;
}

/** Throws `storage.needs-repair` when a record of manifests cannot be read: what it needs is not known then. */
export async function readNeeds(standing: Standing, reader: PackReader, run: RunContext): Promise<Needs> {
  const gathering = new Gathering(standing);
  const stubs: (readonly number[])[] = [];
  for (const { place } of standing.roots) {
    stopIfCancelled(run);
    await turn();
    stubs.push(place === undefined ? [] : gatherAt(place, reader, gathering));
  }
  const { chunks, needed, sources, wholeOfFrozen } = gathering;
  return { chunks, needed, sources, stubs, wholeOfFrozen };
}

/** The place of a chunk's source in {@link Needs.sources}. */
export const sourceOf = (value: number): number => value >> sourceAt;

class Gathering {
  readonly chunks = new IdMap();
  readonly sources: SourceNeeds[] = [];
  readonly wholeOfFrozen = new Set<TransactionId>();
  needed = 0;
  readonly #standing: Standing;
  readonly #numbers = new Map<SourceId, number>();

  constructor(standing: Standing) {
    this.#standing = standing;
  }

  add(manifests: Iterable<Manifest>): number[] {
    const stubs: number[] = [];
    let index = -1;
    for (const manifest of manifests) {
      index += 1;
      if (manifest.removed) continue;
      const number = this.#numberOf(manifest.source);
      const source = this.sources[number] as SourceNeeds;
      source.versions += 1;
      if (this.#standing.frozen.has(manifest.source)) this.wholeOfFrozen.add(transactionId(manifest.item, manifest.version));
      const claim = this.#claimOf(manifest);
      if (claim === isSpared) source.spared += 1;
      if (claim === isNamed) {
        source.hidden += 1;
        stubs.push(index);
      }
      this.#noteChunks(manifest, number, claim);
    }
    return stubs;
  }

  #claimOf(manifest: Manifest): number {
    if (!this.#standing.hidden.has(manifest)) return isNeeded;
    return this.#standing.frozen.has(manifest.source) ? isSpared : isNamed;
  }

  /** Of several claims the strongest counts. */
  #noteChunks({ contents }: Manifest, source: number, claim: number): void {
    for (const { chunks } of contents) {
      for (const id of chunks) {
        const before = this.chunks.get(id);
        if ((before & isNeeded) !== 0 || (claim !== isNeeded && (before & (claim | isSpared)) !== 0)) continue;
        this.chunks.set(id, (source << sourceAt) | isNamed | claim);
        if (claim === isNeeded) this.needed += 1;
      }
    }
  }

  #numberOf(source: SourceId): number {
    const known = this.#numbers.get(source);
    if (known !== undefined) return known;
    this.#numbers.set(source, this.sources.length);
    this.sources.push({ source, versions: 0, hidden: 0, spared: 0 });
    return this.sources.length - 1;
  }
}

function gatherAt(place: ManifestRoot, reader: PackReader, gathering: Gathering): number[] {
  try {
    return gathering.add(reader.eachManifest(place));
  } catch (error) {
    throw needsRepair(error);
  }
}

/** Damage must not make anything look unneeded. Everything else is told as it is. */
export function needsRepair(error: unknown): unknown {
  const isDamage = isStrataError(error) && ['storage.record-damaged', 'storage.damaged'].includes(error.code);
  return isDamage ? new StrataError('storage.needs-repair', 'after-user-action', error.facts, { cause: error }) : error;
}
