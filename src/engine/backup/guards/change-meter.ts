import type { SourceId } from '../../../shared/domain/ids.ts';
import type { Manifest } from '../../../shared/domain/item.ts';
import type { CaptureTally, ChangeTally } from '../../catalog/index.ts';
import { entropyOf, leastSampleBytes } from './entropy.ts';
import type { SeenChanges } from './signs.ts';

/** How many changed items of a cycle are looked into: reading what they were takes a millisecond each. */
const mostSamples = 64;
/** Text, tables and most documents lie below. */
const compressibleBelow = 7.5;
/** What is encrypted lies above, whatever it was. */
const scrambledAbove = 7.9;
/** What came and went within it is no loss of anything old. */
const settledMs = 7 * 86_400_000;
/** Its name begins so: people put one where nobody works, as a tripwire. */
const canaryName = /^\.?strata-canary/i;

/** Measures what a cycle changes of one source, as cheaply as what passes by allows. */
export class ChangeMeter {
  readonly #source: SourceId;
  readonly #items: number;
  readonly #nowMs: number;
  readonly #before: CaptureTally | undefined;
  readonly #renamed = new Map<string, number>();
  #deleted = 0;
  #deletedOld = 0;
  #changed = 0;
  #pieces = 0;
  #piecesAgain = 0;
  #samples = 0;
  #compressible = 0;
  #scrambled = 0;
  #canary: string | undefined;

  /** @param before What limited walks saw change since the last whole one: what is judged is both together. */
  constructor(source: SourceId, items: number, nowMs: number, before?: CaptureTally) {
    this.#source = source;
    this.#items = items;
    this.#nowMs = nowMs;
    this.#before = before;
  }

  /** `before`: what the item was until now. */
  note(manifest: Manifest, before: Manifest | undefined): void {
    if (manifest.kind === 'folder' || before === undefined || before.change === 'deleted') return;
    const isCounted = this.#isOfLately(before);
    if (manifest.change !== 'metadata' && canaryName.test(before.name)) this.#canary = before.name;
    if (manifest.change === 'deleted') {
      // What came and went since was never there for a whole walk.
      if (!isCounted || before.change !== 'created') this.#deleted += 1;
      if (this.#nowMs - before.validFromMs >= settledMs) this.#deletedOld += 1;
    } else if (manifest.change === 'content') {
      if (!isCounted) this.#changed += 1;
      this.#comparePieces(manifest, before, isCounted);
    } else if (manifest.change === 'moved') this.#noteName(manifest.name, before.name);
  }

  /** Whether it is worth while to sample one more changed item. */
  wantsSample(before: Manifest | undefined, sizeBytes: number): boolean {
    return (
      before !== undefined &&
      before.change !== 'deleted' &&
      this.#samples < mostSamples &&
      before.sizeBytes >= leastSampleBytes &&
      sizeBytes >= leastSampleBytes
    );
  }

  /** @param item What it was until now. */
  sample(before: Uint8Array, after: Uint8Array, item?: Manifest): void {
    this.#samples += 1;
    if (before.length < leastSampleBytes || after.length < leastSampleBytes) return;
    if (entropyOf(before) > compressibleBelow) return;
    const isScrambled = entropyOf(after) > scrambledAbove;
    // One file that is written all day must not stand for all that changed.
    if (item !== undefined && this.#isOfLately(item) && !isScrambled) return;
    this.#compressible += 1;
    if (isScrambled) this.#scrambled += 1;
  }

  seen(): SeenChanges {
    const { items, deleted, changed, pieces, piecesAgain } = this.capture();
    return { items, deleted, changed, pieces, piecesAgain, canary: this.#canary };
  }

  /** Together with what was before, for the walks that follow. */
  capture(): CaptureTally {
    const before = this.#before;
    return {
      source: this.#source,
      sinceMs: before?.sinceMs ?? this.#nowMs,
      items: before?.items ?? this.#items,
      deleted: this.#deleted + (before?.deleted ?? 0),
      changed: this.#changed + (before?.changed ?? 0),
      pieces: this.#pieces + (before?.pieces ?? 0),
      piecesAgain: this.#piecesAgain + (before?.piecesAgain ?? 0),
    };
  }

  tally(dayMs: number): ChangeTally {
    return {
      source: this.#source,
      dayMs,
      items: this.#items,
      deleted: this.#deletedOld,
      compressible: this.#compressible,
      scrambled: this.#scrambled,
      renamed: Object.fromEntries(this.#renamed),
    };
  }

  /** It became what it was until now since the last whole walk, and was counted then. */
  #isOfLately(before: Manifest): boolean {
    return this.#before !== undefined && before.validFromMs >= this.#before.sinceMs && before.change !== 'metadata';
  }

  /** An item of one or two pieces changes all of them in any edit. */
  #comparePieces(manifest: Manifest, before: Manifest, isCounted: boolean): void {
    const old = new Set(before.contents.flatMap(({ chunks }) => chunks));
    if (old.size < 4) return;
    const again = new Set(manifest.contents.flatMap(({ chunks }) => chunks).filter((chunk) => old.has(chunk)));
    if (isCounted && again.size * 2 > old.size) return;
    this.#pieces += old.size;
    this.#piecesAgain += again.size;
  }

  #noteName(name: string, before: string): void {
    const extension = extensionOf(name);
    if (extension === '' || extension === extensionOf(before)) return;
    this.#renamed.set(extension, (this.#renamed.get(extension) ?? 0) + 1);
  }
}

const extensionOf = (name: string): string => /\.[^.\s]{1,32}$/.exec(name)?.[0].toLowerCase() ?? '';
