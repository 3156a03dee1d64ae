import type { ChunkId } from '../../shared/domain/ids.ts';
import type { StorageKeys } from '../crypto/index.ts';
import type { Bundle } from './bundle.ts';
import type { PackLane } from './pack-lane.ts';

/** Where a packer's chunks go to be compressed, sealed and put into packs. */
export interface RecordSink {
  /** Takes what the bundle holds; the bundle is empty then. */
  bundle(bundle: Bundle): void;
  /** One chunk with a record of its own. The bytes hold for the time of the call only. */
  chunk(id: ChunkId, bytes: Uint8Array): void;
  /** Waits while sealing, or the disk, is behind. Throws when something that was taken cannot become durable. */
  keepPace(): Promise<void>;
}

/** Seals here and now. */
export class LaneSink implements RecordSink {
  readonly #lane: PackLane;
  readonly #keys: StorageKeys;

  constructor(lane: PackLane, keys: StorageKeys) {
    this.#lane = lane;
    this.#keys = keys;
  }

  bundle(bundle: Bundle): void {
    const { draft, chunks } = bundle.finish();
    this.#lane.add((pack) => pack.addBundle(draft, chunks));
    bundle.clear();
  }

  chunk(id: ChunkId, bytes: Uint8Array): void {
    const isGenuine = (plain: Uint8Array): boolean => this.#keys.isChunk(id, plain);
    this.#lane.add((pack) => pack.addChunk(id, { plain: bytes, isGenuine }));
  }

  keepPace(): Promise<void> {
    return this.#lane.keepPace();
  }
}
