import type { ChunkId } from '../../shared/domain/ids.ts';
import type { JsonObject } from '../../shared/domain/json.ts';
import type { Failure } from '../../shared/domain/strata-error.ts';
import type { ChunkerParameters } from '../format/index.ts';
import type { PackedBatch, ReadFile } from './file-batch.ts';
import type { SealedPack } from './pack-writer.ts';

/** What a packing thread is given when it starts. The secret stays in this process. */
export interface PackerStart {
  readonly place: JsonObject;
  readonly secret: string;
  readonly packBytes: number;
  readonly bundleBytes: number;
  readonly chunking: ChunkerParameters;
}

/** Memory is moved, not copied, and moved back for the next record: new memory costs as much as filling it. */
interface Lent {
  readonly memory: ArrayBuffer;
  readonly length: number;
}

export type ToPacker =
  /** Plain bytes of a bundle, its table behind them. */
  | (Lent & { readonly type: 'bundle' })
  | (Lent & { readonly type: 'chunk'; readonly id: ChunkId })
  | { readonly type: 'read'; readonly number: number; readonly batch: PackedBatch }
  | { readonly type: 'keep'; readonly number: number; readonly isNew: Uint8Array }
  | { readonly type: 'flush' }
  /** The end: what is unfinished goes, and the thread with it. */
  | { readonly type: 'leave' };

export type FromPacker =
  | { readonly type: 'read'; readonly number: number; readonly files: readonly ReadFile[] }
  /** What was to be kept of a batch is with the packs. */
  | { readonly type: 'kept'; readonly number: number; readonly storedBytes: number }
  | { readonly type: 'sealed'; readonly length: number; readonly memory: ArrayBuffer; readonly storedBytes: number }
  /** Everything before the flush is durable in these packs. */
  | { readonly type: 'flushed'; readonly packs: readonly SealedPack[]; readonly storedBytes: number }
  /** Nothing can be committed any more. `failure` undefined: a bug, whose name is in `bug`. */
  | { readonly type: 'broken'; readonly failure: Failure | undefined; readonly bug: string };
