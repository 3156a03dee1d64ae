import type { ChunkId, ContentDigest } from '../../shared/domain/ids.ts';
import { type Facts, StrataError } from '../../shared/domain/strata-error.ts';
import type { Random } from '../kernel/random.ts';
import { CommitSealer, openSealedCommit } from './commit-cipher.ts';
import { derive, type KeyLabel } from './derive.ts';
import { PackCipher, type PackKeys, PackOpener, packKeys } from './pack-cipher.ts';
import { sha256 } from './sha256.ts';
import { keyBytes, sealBytes, type Sodium } from './sodium.ts';

/** The root of everything in one epoch. */
export interface MasterKey {
  readonly epoch: number;
  readonly key: Uint8Array;
}

/** Epochs count from 1. A storage begins with this one, and STORAGE stays under it. */
export const firstEpoch = 1;
const saltBytes = 32;
const nothing = new Uint8Array(0);

interface EpochKeys {
  /** One piece of guarded memory that the others are parts of. */
  readonly all: Uint8Array;
  readonly master: Uint8Array;
  readonly chunkId: Uint8Array;
  readonly recordId: Uint8Array;
  readonly enc: PackKeys;
  readonly commitMac: Uint8Array;
}

/**
 * Everything that a storage's master keys can do. The keys never leave but by {@link exportSecret}, {@link catalogKey} and a
 * slot that wraps them. One per open storage and thread; `wipe` it when done.
 */
export class StorageKeys {
  /** The newest epoch: what is written is written under it. */
  readonly epoch: number;
  readonly #sodium: Sodium;
  /** The newest first. */
  readonly #epochs = new Map<number, EpochKeys>();
  readonly #drawnSalts = new Set<string>();
  readonly #hash = Buffer.alloc(32);

  /** Takes the keys: what was given is wiped. */
  constructor(sodium: Sodium, masters: readonly MasterKey[]) {
    if (masters.length === 0) throw new RangeError('no master key');
    this.#sodium = sodium;
    for (const master of [...masters].sort((a, b) => b.epoch - a.epoch)) {
      this.#epochs.set(master.epoch, deriveEpoch(sodium, master.key));
      sodium.wipe(master.key);
    }
    this.epoch = Math.max(...masters.map((master) => master.epoch));
  }

  /** For a new storage. */
  static create(sodium: Sodium, random: Random): StorageKeys {
    return new StorageKeys(sodium, [{ epoch: firstEpoch, key: random.bytes(keyBytes) }]);
  }

  /** The same keys and one of a new epoch. What was given stays as it is. */
  static withNewEpoch(sodium: Sodium, keys: StorageKeys, random: Random): StorageKeys {
    const masters = keys.masters().map(({ epoch, key }) => ({ epoch, key: Uint8Array.from(key) }));
    return new StorageKeys(sodium, [...masters, { epoch: keys.epoch + 1, key: random.bytes(keyBytes) }]);
  }

  /** For slots, which wrap them. */
  masters(): readonly MasterKey[] {
    return [...this.#epochs].map(([epoch, keys]) => ({ epoch, key: keys.master }));
  }

  /** Keyed: nobody without the key can tell whether a known file is there. The key meets a hash: see docs/decisions/0102. */
  chunkId(bytes: Uint8Array, epoch = this.epoch): ChunkId {
    return this.#keyed(sha256(bytes), epoch) as ChunkId;
  }

  /** Of a content, by its chunks in their order. Equal to the chunk's id where it is one; that of no bytes where there is none. */
  contentDigest(chunks: readonly ChunkId[], epoch = this.epoch): ContentDigest {
    const [only] = chunks;
    if (only === undefined) return this.chunkId(nothing, epoch) as string as ContentDigest;
    if (chunks.length === 1) return only as string as ContentDigest;
    return this.#keyed(Buffer.from(chunks.join(''), 'hex'), epoch) as ContentDigest;
  }

  #keyed(message: Uint8Array, epoch: number): string {
    this.#sodium.keyedHash(this.#hash, message, this.#of(epoch).chunkId);
    return this.#hash.toString('hex');
  }

  /** Under which epoch these bytes have this id; undefined: under none. Chunks of older epochs are named in newer ones. */
  epochOf(id: ChunkId | ContentDigest, bytes: Uint8Array): number | undefined {
    const hashed = sha256(bytes);
    for (const epoch of this.#epochs.keys()) if (this.#keyed(hashed, epoch) === id) return epoch;
    return undefined;
  }

  isChunk(id: ChunkId, bytes: Uint8Array): boolean {
    return this.epochOf(id, bytes) !== undefined;
  }

  /** The readable id of a bundle (of its table) or of a batch of manifests (of its plain bytes). */
  recordId(bytes: Uint8Array): string {
    this.#sodium.keyedHash(this.#hash, bytes, this.#of(this.epoch).recordId);
    return this.#hash.toString('hex');
  }

  beginPack(random: Random): PackCipher {
    const salt = this.#drawSalt(random);
    return new PackCipher(this.#sodium, this.epoch, packKeys(this.#sodium, this.#of(this.epoch).enc, salt), salt);
  }

  /** @param facts Where the pack lies (`path`, `file`), for the failure of a record that does not open. */
  packOpener(epoch: number, salt: Uint8Array, facts: Facts): PackOpener {
    const keys = this.#epochs.get(epoch);
    if (keys === undefined) throw new StrataError('storage.record-damaged', 'never', { ...facts, reason: 'unknown epoch' });
    return new PackOpener(this.#sodium, packKeys(this.#sodium, keys.enc, salt), salt, facts);
  }

  beginCommit(random: Random): CommitSealer {
    const salt = this.#drawSalt(random);
    return new CommitSealer(this.#sodium, this.epoch, derive(this.#sodium, this.#of(this.epoch).enc.meta, 'commit', salt), salt);
  }

  /** @param facts Where the commit lies (`path`, `file`). */
  openCommit(commit: { epoch: number; salt: Uint8Array; head: Uint8Array; sealed: Uint8Array }, facts: Facts): Uint8Array {
    const keys = this.#epochs.get(commit.epoch);
    if (keys === undefined) throw new StrataError('storage.damaged', 'never', { ...facts, reason: 'unknown epoch' });
    const key = derive(this.#sodium, keys.enc.meta, 'commit', commit.salt);
    return openSealedCommit(this.#sodium, key, commit.head, commit.sealed, facts);
  }

  /** Of whole commits, under their epoch, and of STORAGE, under {@link firstEpoch}. */
  mac(epoch: number, bytes: Uint8Array): Uint8Array {
    const mac = new Uint8Array(32);
    this.#sodium.keyedHash(mac, bytes, this.#of(epoch).commitMac);
    return mac;
  }

  isMac(epoch: number, bytes: Uint8Array, mac: Uint8Array): boolean {
    return this.#epochs.has(epoch) && isEqual(this.mac(epoch, bytes), mac);
  }

  /** The chunker's table: 256 numbers of 64 bits. Of the first epoch for ever, so that duplicates stay duplicates. */
  gear(): Uint8Array {
    const key = derive(this.#sodium, this.#of(firstEpoch).master, 'chunker');
    const table = new Uint8Array(2048);
    for (let block = 0; block < 32; block += 1) {
      derive(this.#sodium, key, 'gear', Uint8Array.of(block), table.subarray(block * 64, block * 64 + 64));
    }
    this.#sodium.wipe(key);
    return table;
  }

  /** 64 hex digits for the catalog's cipher. Of the newest epoch: a new one means a new catalog. */
  catalogKey(): string {
    const key = derive(this.#sodium, this.#of(this.epoch).master, 'catalog');
    const text = Buffer.from(key).toString('hex');
    this.#sodium.wipe(key);
    return text;
  }

  /** @param before All of the slot before its note. */
  sealNote(slot: { readonly salt: Uint8Array; readonly nonce: Uint8Array }, before: Uint8Array, note: Uint8Array): Uint8Array {
    const key = this.#noteKey(slot.salt);
    const sealed = new Uint8Array(note.length + sealBytes);
    this.#sodium.seal(sealed, note, before, slot.nonce, key);
    this.#sodium.wipe(key);
    return sealed;
  }

  /** Undefined: somebody without these keys made the slot, or changed it. */
  openNote(
    slot: { readonly salt: Uint8Array; readonly nonce: Uint8Array },
    { before, sealed }: { readonly before: Uint8Array; readonly sealed: Uint8Array },
  ): Uint8Array | undefined {
    const key = this.#noteKey(slot.salt);
    const note = new Uint8Array(Math.max(0, sealed.length - sealBytes));
    const isGenuine = sealed.length >= sealBytes && this.#sodium.open(note, sealed, before, slot.nonce, key);
    this.#sodium.wipe(key);
    return isGenuine ? note : undefined;
  }

  /** Of the first epoch for ever, so that a program that knows older keys only can tell a real newer slot. */
  #noteKey(salt: Uint8Array): Uint8Array {
    return derive(this.#sodium, this.#of(firstEpoch).master, 'slot-note', salt);
  }

  wipe(): void {
    for (const keys of this.#epochs.values()) this.#sodium.wipe(keys.all);
    this.#epochs.clear();
  }

  #of(epoch: number): EpochKeys {
    const keys = this.#epochs.get(epoch);
    if (keys === undefined) throw new Error('keys of this epoch are wiped or were never there');
    return keys;
  }

  /** A salt that comes twice would repeat a key, so a broken generator must stop everything. */
  #drawSalt(random: Random): Uint8Array {
    const salt = random.bytes(saltBytes);
    const text = Buffer.from(salt).toString('hex');
    if (salt.length !== saltBytes || this.#drawnSalts.has(text)) throw new Error('the random generator repeats itself');
    this.#drawnSalts.add(text);
    return salt;
  }
}

function deriveEpoch(sodium: Sodium, given: Uint8Array): EpochKeys {
  const all = sodium.secret(keyBytes * 6);
  const part = (index: number): Uint8Array => all.subarray(index * keyBytes, (index + 1) * keyBytes);
  const master = part(0);
  master.set(given);
  const derived = (index: number, label: KeyLabel): Uint8Array => derive(sodium, master, label, undefined, part(index));
  return {
    all,
    master,
    chunkId: derived(1, 'chunk-id'),
    recordId: derived(2, 'record-id'),
    enc: { data: derived(3, 'data-enc'), meta: derived(4, 'meta-enc') },
    commitMac: derived(5, 'commit-mac'),
  };
}

/** In time that does not tell where they differ. */
function isEqual(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (let index = 0; index < a.length; index += 1) difference |= (a[index] as number) ^ (b[index] as number);
  return difference === 0;
}
