import type { ItemVersions } from '../../../shared/domain/commit.ts';
import type { ItemId } from '../../../shared/domain/ids.ts';
import type { Manifest } from '../../../shared/domain/item.ts';
import type { Target } from '../../targets/target.ts';
import type { Author, KnownCommit } from '../removal/removal.ts';

/** One part of a version's content. */
export interface WantedContent {
  readonly item: ItemId;
  readonly version: number;
  readonly part: string;
}

/** Where else may be what the storage has lost. */
export interface RepairHelp {
  /** The same storage at other places, file by file. */
  readonly twins: readonly Target[];
  /** What mirrors hold of a content; undefined: nothing. Reading may fail, and then that mirror does not have it. */
  readonly mirrors: readonly ((wanted: WantedContent) => AsyncIterable<Uint8Array> | undefined)[];
  /**
   * Manifests as a catalog remembers them, in the order in which they were added, from a number counted from 0. A claim: it is believed
   * as far as it can be proved. Undefined where it does not hold `all` of them.
   */
  readonly remembered: (from: number, count: number, all: number) => readonly Manifest[] | undefined;
}

export interface RepairOptions {
  readonly known: KnownCommit;
  readonly author: Author;
  readonly help: RepairHelp;
  /** Counts and changes nothing; a lock to read is enough. */
  readonly isDry: boolean;
}

export interface RepairNumbers {
  /** Second copies of vital files that were damaged or missing, and are whole again. */
  readonly copiesMended: number;
  /** Ways to unlock of which both copies are damaged: put aside. */
  readonly waysLost: number;
  /** Packs in use that lay in the trash, and are where they belong again. */
  readonly packsFound: number;
  /** Damaged packs that went to quarantine, and packs that are not there. */
  readonly packsDamaged: number;
  readonly packsMissing: number;
  /** Chunks that were copied out of damaged packs, or out of whole ones of a twin; and that came from a mirror. */
  readonly chunksSaved: number;
  readonly chunksFromMirror: number;
  /** Needed, and nowhere: of this repair and of earlier ones. */
  readonly chunksLost: number;
  /** Manifests that were made again from the catalog, and that are lost: what they said nobody knows. */
  readonly manifestsRemembered: number;
  readonly manifestsLost: number;
}

export interface Repaired {
  readonly numbers: RepairNumbers;
  /** Versions that are seen and need a lost chunk. */
  readonly lost: readonly ItemVersions[];
  /** Where copies of the vital files lie as they were before; null: nothing was changed. */
  readonly aside: string | null;
}
