import type { ChunkId, PackId } from '../../shared/domain/ids.ts';
import { type PackCipher, type Sha256, sha256, sha256Hasher, type StorageKeys } from '../crypto/index.ts';
import {
  type BundledChunk,
  bodyBytes,
  encodeFooter,
  encodePackHeader,
  encodePackTrailer,
  type FooterEntry,
  footerBodyBytes,
  footerId,
  packName,
} from '../format/index.ts';
import type { Random } from '../kernel/random.ts';
import type { OpenFile, Target } from '../targets/target.ts';
import type { RecordDraft, RecordSealer } from './record-sealer.ts';

/** A pack that is durable under its name. */
export interface SealedPack {
  readonly id: PackId;
  readonly sizeBytes: number;
  /** What its footer says, to be read like one that comes from the disk. */
  readonly footer: Uint8Array;
  readonly footerOffset: number;
}

/** Of a record that is in a pack which has no name yet. */
export interface RecordPlace {
  readonly pack: PackWriter;
  readonly record: number;
}

/** Writes one pack, from its header to its trailer. Given up or sealed, it is never written to again. */
export class PackWriter {
  readonly #file: OpenFile;
  readonly #cipher: PackCipher;
  readonly #sealer: RecordSealer;
  readonly #hash: Sha256 = sha256Hasher();
  readonly #entries: FooterEntry[] = [];
  #sizeBytes = 0;

  constructor(target: Target, keys: StorageKeys, random: Random, sealer: RecordSealer) {
    this.#cipher = keys.beginPack(random);
    this.#sealer = sealer;
    this.#file = target.begin();
    try {
      this.#append(encodePackHeader(this.#cipher));
    } catch (error) {
      // Nobody else can: who began it has got nothing. An open file keeps its room on a full disk.
      this.abandon();
      throw error;
    }
  }

  get sizeBytes(): number {
    return this.#sizeBytes;
  }

  get isEmpty(): boolean {
    return this.#entries.length === 0;
  }

  addChunk(id: ChunkId, draft: Omit<RecordDraft, 'type' | 'id'>): void {
    this.#addRecord({ ...draft, type: 'chunk', id }, [], 0);
  }

  addBundle(draft: Omit<RecordDraft, 'type'>, chunks: readonly BundledChunk[]): void {
    this.#addRecord({ ...draft, type: 'bundle' }, chunks, 0);
  }

  addManifests(draft: Omit<RecordDraft, 'type'>, count: number): RecordPlace {
    this.#addRecord({ ...draft, type: 'manifests' }, [], count);
    return { pack: this, record: this.#entries.length - 1 };
  }

  /** Resolves when the pack is durable. A failed sync ends in a rejection: the pack is gone and must be written anew. */
  async seal(): Promise<SealedPack> {
    const footer = encodeFooter(this.#entries);
    const footerOffset = this.#sizeBytes;
    const expected = sha256(footer);
    const record = this.#sealer.seal(this.#cipher, {
      type: 'footer',
      id: footerId,
      plain: footer,
      bodyLength: footerBodyBytes(footerOffset, bodyBytes(footer.length)),
      isGenuine: (plain) => Buffer.compare(sha256(plain), expected) === 0,
    });
    const header = { epoch: this.#cipher.epoch, salt: this.#cipher.salt };
    const trailer = encodePackTrailer({ header, footerOffset, footerLength: record.length, footerHash: sha256(record) });
    this.#append(record);
    this.#append(trailer);
    this.#cipher.wipe();
    const id = this.#hash.hex() as PackId;
    await this.#file.seal(packName(id));
    return { id, sizeBytes: this.#sizeBytes, footer, footerOffset };
  }

  abandon(): void {
    this.#cipher.wipe();
    this.#file.abandon();
  }

  #addRecord(draft: RecordDraft, chunks: readonly BundledChunk[], manifests: number): void {
    const record = this.#sealer.seal(this.#cipher, draft);
    this.#append(record);
    const { type, id, plain } = draft;
    if (type === 'footer') throw new Error('a footer ends the pack');
    this.#entries.push({ type, id, recordLength: record.length, plainLength: plain.length, chunks, manifests });
  }

  #append(bytes: Uint8Array): void {
    this.#file.append(bytes);
    this.#hash.update(bytes);
    this.#sizeBytes += bytes.length;
  }
}
