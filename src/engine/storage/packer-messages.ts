import type { ChunkId } from '../../shared/domain/ids.ts';
import type { JsonObject } from '../../shared/domain/json.ts';
import type { Failure } from '../../shared/domain/strata-error.ts';
import type { ChunkerParameters } from '../format/index.ts';
import type { Content } from '../kernel/content.ts';
import type { PackSizes } from './pack-sizes.ts';
import type { SealedPack } from './pack-writer.ts';
import type { StoredContent } from './storage.ts';

/** What a packing thread is given when it starts. The secret stays in this process. */
export interface PackerStart {
  readonly place: JsonObject;
  readonly secret: string;
  readonly chunking: ChunkerParameters;
  readonly sizes: PackSizes;
  readonly known: SharedArrayBuffer;
}

/** Streams stay in the thread that reads them. */
export type PortableContent = Exclude<Content, { kind: 'stream' }>;

/** Memory is moved, not copied, and moved back when it was used. */
interface Lent {
  readonly memory: ArrayBuffer;
  readonly length: number;
}

export type ToPacker =
  /** A content that has to be cut: the thread reads, cuts and hashes it. */
  | { readonly type: 'store'; readonly number: number; readonly content: PortableContent; readonly group: string }
  /** Plain bytes of a bundle, its table behind them. */
  | (Lent & { readonly type: 'bundle' })
  | (Lent & { readonly type: 'chunk'; readonly id: ChunkId })
  | { readonly type: 'flush' }
  /** A new table in place of the old one. */
  | { readonly type: 'meet'; readonly known: SharedArrayBuffer }
  /** The end: what is unfinished goes, and the thread with it. */
  | { readonly type: 'leave' };

export type FromPacker =
  | { readonly type: 'stored'; readonly number: number; readonly stored: StoredContent; readonly storedBytes: number }
  /** Concerns this item alone. */
  | { readonly type: 'refused'; readonly number: number; readonly failure: Failure }
  | { readonly type: 'sealed'; readonly memory: ArrayBuffer; readonly length: number; readonly storedBytes: number }
  /** Everything before the flush is durable in these packs. */
  | { readonly type: 'flushed'; readonly packs: readonly SealedPack[]; readonly storedBytes: number }
  /** Nothing can be committed any more. `failure` undefined: a bug, whose name is in `bug`. */
  | { readonly type: 'broken'; readonly failure: Failure | undefined; readonly bug: string };
