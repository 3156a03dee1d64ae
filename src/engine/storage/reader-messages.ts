import type { ChunkLocation, PackSummary } from '../../shared/domain/commit.ts';
import type { ContentDigest, PackId } from '../../shared/domain/ids.ts';
import type { JsonObject } from '../../shared/domain/json.ts';
import type { Failure } from '../../shared/domain/strata-error.ts';
import type { PackDepth, PackReading } from './pack-check.ts';

/** What a reading thread is given when it starts. The secret stays in this process. */
export interface ReaderStart {
  readonly place: JsonObject;
  readonly secret: string;
  /** One 32-bit number: not 0 means that nothing more is to be written. Shared, because a message would wait behind the work. */
  readonly stop: SharedArrayBuffer;
}

/** What became of one order; an answer may be undefined. An error of a content's own, or of its place, is a failure of that order. */
export type Received = { readonly answer: unknown } | { readonly error: unknown };

/** Takes what a reading thread reads, in that thread. Orders and answers cross between threads: plain data. */
export interface Receiver {
  /** One content for all of the orders; one answer for each, in their order. Never throws. */
  receive(orders: readonly unknown[], content: Iterable<Uint8Array> | undefined): readonly Received[];
}

/** One content, and what is to be done with it, once or several times. */
export interface Handover {
  readonly orders: readonly unknown[];
  /** Undefined: there is no content. */
  readonly content:
    | { readonly digest: ContentDigest; readonly sizeBytes: number; readonly places: readonly ChunkLocation[] }
    | undefined;
}

/** Handovers on their way to a thread, one after the other: as numbers they cross without being taken apart. */
export interface PackedHandovers {
  readonly orders: readonly unknown[];
  readonly packs: readonly PackId[];
  /** 32 bytes each: of a handover's content the digest, then the ids of its chunks. */
  readonly ids: Uint8Array<ArrayBuffer>;
  readonly numbers: Float64Array<ArrayBuffer>;
}

export type ToReader =
  | { readonly type: 'give'; readonly handovers: PackedHandovers }
  | { readonly type: 'check'; readonly pack: PackSummary; readonly depth: PackDepth }
  | { readonly type: 'leave' };

/** `done`: without an answer. */
export type Outcome = 'done' | 'stopped' | { readonly answer: unknown } | { readonly failure: Failure };

/** As whoever gave it hears it. An error is the threads' own, and concerns everything that was given. */
export type GivenAnswer = Outcome | { readonly error: unknown };

export type FromReader =
  /** One for each order. */
  | { readonly type: 'given'; readonly outcomes: readonly Outcome[] }
  | { readonly type: 'checked'; readonly reading: PackReading }
  /** What ends the check: the storage is out of reach. */
  | { readonly type: 'failed'; readonly failure: Failure }
  /** A bug, whose name is in `bug`. */
  | { readonly type: 'broken'; readonly bug: string };
