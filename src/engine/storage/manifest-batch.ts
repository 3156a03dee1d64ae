import type { RecordedManifests } from '../../shared/domain/commit.ts';
import type { Manifest } from '../../shared/domain/item.ts';
import type { StorageKeys } from '../crypto/index.ts';
import { encodeManifest, joinManifests } from '../format/index.ts';
import type { PackLane } from './pack-lane.ts';
import type { RecordPlace } from './pack-writer.ts';

export interface StoredBatch {
  readonly place: RecordPlace;
  readonly count: number;
  /** Undefined: too many to hold; they are read back from their record. */
  readonly manifests: readonly Manifest[] | undefined;
}

export interface ManifestLanes {
  /** Packs of manifests alone: a rebuild then reads little else. */
  readonly own: PackLane;
  readonly data: PackLane;
}

/** Up to this much travels in the pack of the data that it belongs to, so that a small cycle makes one pack and not two. */
const smallBytes = 1024 * 1024;

/** Gathers manifests for records, in the order in which they come. */
export class ManifestBatch {
  readonly #keys: StorageKeys;
  readonly #wantedBytes: number;
  readonly #own: PackLane;
  readonly #data: PackLane;
  readonly #recorded: (record: RecordedManifests) => void;
  readonly #stored: StoredBatch[] = [];
  #manifests: Manifest[] = [];
  #lines: string[] = [];
  #characters = 0;

  /** @param recorded Is told of each record when it has been sealed; the bytes are his. */
  constructor(
    keys: StorageKeys,
    wantedBytes: number,
    { own, data }: ManifestLanes,
    recorded: (record: RecordedManifests) => void = () => undefined,
  ) {
    this.#keys = keys;
    this.#wantedBytes = wantedBytes;
    this.#own = own;
    this.#data = data;
    this.#recorded = recorded;
  }

  add(manifest: Manifest): void {
    const line = encodeManifest(manifest);
    this.#lines.push(line);
    this.#manifests.push(manifest);
    this.#characters += line.length;
    if (this.#characters < this.#wantedBytes) return;
    // As objects they take several times the room of their text: only those of the last record are kept.
    this.#store(this.#own, undefined);
  }

  /** Before the lanes are closed. Gives all batches since the last time, in order. */
  finish(): StoredBatch[] {
    const isSmall = !this.#own.isOpen && this.#data.isOpen && this.#characters <= smallBytes;
    if (this.#lines.length > 0) this.#store(isSmall ? this.#data : this.#own, this.#manifests);
    return this.#stored.splice(0);
  }

  #store(lane: PackLane, manifests: readonly Manifest[] | undefined): void {
    const count = this.#lines.length;
    const plain = joinManifests(this.#lines);
    const id = this.#keys.recordId(plain);
    const place = lane.add((pack) =>
      pack.addManifests({ id, plain, isGenuine: (back) => this.#keys.recordId(back) === id }, count),
    );
    this.#stored.push({ place, count, manifests });
    this.#recorded({ count, plain });
    this.#lines = [];
    this.#manifests = [];
    this.#characters = 0;
  }
}
