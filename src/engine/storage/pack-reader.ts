import type { PackId } from '../../shared/domain/ids.ts';
import type { Manifest } from '../../shared/domain/item.ts';
import { isStrataError, StrataError } from '../../shared/domain/strata-error.ts';
import { type PackOpener, sha256, type StorageKeys } from '../crypto/index.ts';
import {
  headerNames,
  limits,
  type ManifestRoot,
  type Origin,
  type PackHeader,
  type PackTrailer,
  type PlacedEntry,
  packHeaderBytes,
  packName,
  packTrailerBytes,
  eachManifest,
  parseBody,
  parseBundle,
  parseFooter,
  parseManifests,
  parsePackHeader,
  parsePackTrailer,
  parseRecordHeader,
  purposeOf,
  recordComplaint,
  type RecordHeader,
  recordHeaderBytes,
  tagBytes,
  walkPack,
} from '../format/index.ts';
import type { Log } from '../kernel/log.ts';
import type { ColdFile } from '../targets/target.ts';
import type { Zstd } from './compress.ts';
import { freeMemory } from './free-memory.ts';
import type { PackFiles } from './pack-files.ts';
import { Recent } from './recent.ts';

/** Where a record lies in its pack, as a footer, a catalog or a walk says it. */
export interface RecordSpot {
  readonly ordinal: number;
  readonly recordOffset: number;
  readonly recordLength: number;
}

export interface OpenedRecord {
  readonly header: RecordHeader;
  readonly plain: Uint8Array;
}

const fewIndexes = 16;
const fewOpeners = 256;
/** So much at once of what is no record. */
const gapBytes = 64 * 1024;
/** Most records fit in it. */
const leastRoom = 2 * 1024 * 1024;
/** Bundles are read for one item after the other, so the last ones are kept. */
export const recordCacheBytes = 32 * 1024 * 1024;

/** Reads packs. Nothing that it gives was not authenticated. Damage is `storage.record-damaged` and names the pack's file. */
export class PackReader {
  readonly #target: PackFiles;
  readonly #keys: StorageKeys;
  readonly #zstd: Zstd;
  readonly #log: Log;
  readonly #indexes = new Recent<PackId, readonly PlacedEntry[]>(fewIndexes);
  readonly #openers = new Recent<PackId, PackOpener>(fewOpeners);
  readonly #plains: Recent<string, Uint8Array>;
  /** Where {@link sweep} reads. */
  #room = new Uint8Array(0);
  #recordsRead = 0;

  /** @param forgotten Of plain bytes that were given and are not kept any longer: for those who look at them one at a time. */
  constructor(
    target: PackFiles,
    keys: StorageKeys,
    zstd: Zstd,
    log: Log,
    cacheBytes: number,
    forgotten?: (plain: Uint8Array) => void,
  ) {
    this.#target = target;
    this.#keys = keys;
    this.#zstd = zstd;
    this.#log = log;
    this.#plains = new Recent(cacheBytes, (plain) => plain.length, forgotten);
  }

  /** How many records had to be read and opened: what takes long. */
  get recordsRead(): number {
    return this.#recordsRead;
  }

  /** What a pack holds: from its footer, or where that is damaged, from its records. */
  index(pack: PackId): readonly PlacedEntry[] {
    return this.#indexes.get(pack) ?? this.#indexes.put(pack, this.#readIndex(pack));
  }

  /** The plain bytes of a record, kept for a while. */
  plain(pack: PackId, spot: RecordSpot): Uint8Array {
    const key = `${pack}.${spot.ordinal}`;
    return this.#plains.get(key) ?? this.#plains.put(key, this.#readRecord(pack, spot).plain);
  }

  manifests(root: ManifestRoot): Manifest[] {
    return [...this.eachManifest(root)];
  }

  /** For whoever looks at one after the other and keeps none. What is wrong may come out after some were given. */
  *eachManifest(root: ManifestRoot): Generator<Manifest> {
    const entry = this.index(root.pack).find(({ ordinal }) => ordinal === root.record);
    const origin = this.origin(root.pack);
    if (entry?.type !== 'manifests') throw recordComplaint(origin)('no manifests where the commit says');
    const { plain } = this.#readRecord(root.pack, entry);
    let count = 0;
    for (const manifest of eachManifest(plain, origin)) {
      // Its text is made of it by now.
      if (count === 0) this.#zstd.release(plain);
      count += 1;
      yield manifest;
    }
    if (count !== root.count) throw recordComplaint(origin)('number of manifests');
  }

  /** The footer, or it throws: for a check, which does not make do with less. */
  footer(pack: PackId): readonly PlacedEntry[] {
    const name = packName(pack);
    const origin = this.origin(pack);
    return this.#damage(pack, () => {
      const { trailer, sizeBytes } = this.#trailer(pack);
      const record = this.#target.readRange(name, trailer.footerOffset, trailer.footerLength);
      if (Buffer.compare(sha256(record), trailer.footerHash) !== 0) throw recordComplaint(origin)('hash of the footer');
      const { header, plain } = this.openRecord(pack, record, undefined, 'in-place');
      const entries = parseFooter(plain, trailer.footerOffset, origin);
      if (header.type !== 'footer' || header.ordinal !== entries.length) throw recordComplaint(origin)('number of the footer');
      if (sizeBytes !== this.#target.size(name)) throw recordComplaint(origin)('size');
      return entries;
    });
  }

  /**
   * Of bytes that are at hand. `ordinal` undefined: whatever the header says, which opening confirms.
   * @param how `in-place` uses the bytes up, also when it fails, and saves making room for as many again.
   */
  openRecord(pack: PackId, bytes: Uint8Array, ordinal: number | undefined, how: 'in-place' | 'apart'): OpenedRecord {
    return this.#openWith(this.#opener(pack), this.origin(pack), bytes, ordinal, how);
  }

  #openWith(
    opener: PackOpener,
    origin: Origin,
    bytes: Uint8Array,
    ordinal: number | undefined,
    how: 'in-place' | 'apart',
  ): OpenedRecord {
    const complain = recordComplaint(origin);
    const header = parseRecordHeader(bytes, origin);
    if (recordHeaderBytes + header.sealedLength !== bytes.length) throw complain('record length');
    if (ordinal !== undefined && header.ordinal !== ordinal) throw complain('record number');
    const sealed = bytes.subarray(recordHeaderBytes);
    const into = how === 'in-place' ? sealed.subarray(0, sealed.length - tagBytes) : new Uint8Array(sealed.length - tagBytes);
    const opened = opener.open(purposeOf(header.type), header.ordinal, bytes.subarray(0, recordHeaderBytes), sealed, into);
    const body = parseBody(opened, origin, complain);
    if (body.compression === 'none') return { header, plain: body.stored };
    try {
      return { header, plain: this.#zstd.decompress(body.stored, body.plainLength) };
    } catch (cause) {
      throw complain('compression', cause);
    }
  }

  /** Without trusting the footer: every record that can be found and opened, with where it lies. */
  *walk(pack: PackId): Generator<PlacedEntry> {
    const origin = this.origin(pack);
    const bytes = this.whole(pack);
    for (const found of walkPack(bytes, origin)) {
      if (found.header.type === 'footer') continue;
      try {
        yield this.#entryOf(found.offset, this.openRecord(pack, found.bytes, undefined, 'apart'), found.bytes.length, origin);
      } catch (error) {
        this.#log.warn('storage.record-damaged', { file: origin.file, record: found.header.ordinal, error: nameOf(error) });
      }
    }
  }

  /** All bytes of the file, from the disk. */
  whole(pack: PackId): Uint8Array {
    return this.#cold(pack, (file) => {
      const bytes = new Uint8Array(file.sizeBytes);
      file.fill(bytes, 0);
      return bytes;
    });
  }

  /**
   * The same, piece by piece and in order: each entry's record, and what lies between them. `look` may use a piece up; the next one comes
   * into the same memory.
   * @param entries In the order in which they lie.
   */
  sweep(pack: PackId, entries: readonly PlacedEntry[], look: (piece: Uint8Array, entry: PlacedEntry | undefined) => void): void {
    this.#cold(pack, (file) => {
      let at = 0;
      const next = (length: number, entry?: PlacedEntry): void => {
        const piece = this.#roomFor(length);
        file.fill(piece, at);
        at += length;
        look(piece, entry);
      };
      const upTo = (offset: number): void => {
        while (at < offset) next(Math.min(offset - at, gapBytes));
      };
      for (const entry of entries) {
        upTo(entry.recordOffset);
        next(entry.recordLength, entry);
      }
      upTo(file.sizeBytes);
    });
  }

  #cold<T>(pack: PackId, read: (file: ColdFile) => T): T {
    const sizeBytes = this.#target.size(packName(pack)) ?? 0;
    if (sizeBytes > limits.packBytes) throw new StrataError('storage.limit-exceeded', 'never', { ...this.origin(pack) });
    return this.#damage(pack, () => this.#target.readCold(packName(pack), read));
  }

  #roomFor(length: number): Uint8Array {
    if (length > this.#room.length) {
      freeMemory(this.#room);
      this.#room = new Uint8Array(Math.max(length, leastRoom));
    }
    return this.#room.subarray(0, length);
  }

  /** Drops what was read and the keys of packs. */
  forget(): void {
    freeMemory(this.#room);
    this.#room = new Uint8Array(0);
    this.#openers.clear((opener) => opener.wipe());
    this.#plains.clear();
    this.#indexes.clear();
  }

  origin(pack: PackId): Origin {
    return { path: this.#target.label, file: packName(pack) };
  }

  #entryOf(recordOffset: number, { header, plain }: OpenedRecord, recordLength: number, origin: Origin): PlacedEntry {
    const { type, ordinal, id } = header;
    if (type === 'footer') throw new Error('a footer is no entry');
    return {
      type,
      ordinal,
      id,
      recordOffset,
      recordLength,
      plainLength: plain.length,
      chunks: type === 'bundle' ? parseBundle(plain, origin) : [],
      manifests: type === 'manifests' ? parseManifests(plain, origin).length : 0,
    };
  }

  #readIndex(pack: PackId): readonly PlacedEntry[] {
    try {
      return this.footer(pack);
    } catch (error) {
      if (!isStrataError(error) || error.code !== 'storage.record-damaged') throw error;
      this.#log.warn('storage.footer-damaged', { file: packName(pack) });
      return [...this.walk(pack)].sort((a, b) => a.ordinal - b.ordinal);
    }
  }

  #readRecord(pack: PackId, { ordinal, recordOffset, recordLength }: RecordSpot): OpenedRecord {
    const origin = this.origin(pack);
    if (recordLength > limits.recordBytes) throw new StrataError('storage.limit-exceeded', 'never', { ...origin });
    const bytes = this.#damage(pack, () => this.#target.readRange(packName(pack), recordOffset, recordLength));
    this.#recordsRead += 1;
    const opened = this.openRecord(pack, bytes, ordinal, 'in-place');
    if (opened.plain.buffer !== bytes.buffer) freeMemory(bytes);
    return opened;
  }

  #opener(pack: PackId): PackOpener {
    return this.#openers.get(pack) ?? this.#openers.put(pack, this.#openerOf(pack, this.#packHeader(pack)));
  }

  #openerOf(pack: PackId, { epoch, salt }: PackHeader): PackOpener {
    return this.#keys.packOpener(epoch, salt, { ...this.origin(pack) });
  }

  /**
   * It lies at both ends of a pack, because without its salt nothing there can be read. Where they differ, the footer tells which is right.
   * Each end is tried once more: with the wrong one of two nothing of the pack could be read, and nobody would read it again.
   */
  #packHeader(pack: PackId): PackHeader {
    return this.#damage(pack, () => {
      const front = settleTwice(() =>
        parsePackHeader(this.#target.readRange(packName(pack), 0, packHeaderBytes), this.origin(pack)),
      );
      const end = settleTwice(() => this.#trailer(pack).trailer);
      if ('failure' in end) {
        if ('failure' in front) throw front.failure;
        return front.value;
      }
      if ('failure' in front || isSameHeader(front.value, end.value.header)) return end.value.header;
      return this.#opensFooter(pack, end.value, end.value.header) ? end.value.header : front.value;
    });
  }

  #opensFooter(pack: PackId, { footerOffset, footerLength }: PackTrailer, header: PackHeader): boolean {
    const bytes = this.#target.readRange(packName(pack), footerOffset, footerLength);
    return 'value' in settle(() => this.#openWith(this.#openerOf(pack, header), this.origin(pack), bytes, undefined, 'in-place'));
  }

  #trailer(pack: PackId): { readonly trailer: PackTrailer; readonly sizeBytes: number } {
    const name = packName(pack);
    const origin = this.origin(pack);
    const sizeBytes = this.#target.size(name) ?? 0;
    if (sizeBytes < packHeaderBytes + packTrailerBytes) throw recordComplaint(origin)('too short');
    const end = this.#target.readRange(name, sizeBytes - packTrailerBytes, packTrailerBytes);
    return { trailer: parsePackTrailer(end, sizeBytes, origin), sizeBytes };
  }

  /** A pack that the disk does not give is damage of that pack, unless the whole storage is gone. */
  #damage<T>(pack: PackId, read: () => T): T {
    try {
      return read();
    } catch (error) {
      const isDisk = isStrataError(error) && error.code.startsWith('path.');
      if (!isDisk || headerNames.every((name) => this.#target.size(name) === undefined)) throw error;
      throw recordComplaint(this.origin(pack))('the disk does not give it', error);
    }
  }
}

const nameOf = (error: unknown): string => (isStrataError(error) ? error.code : 'bug');

const isSameHeader = (a: PackHeader, b: PackHeader): boolean => a.epoch === b.epoch && Buffer.compare(a.salt, b.salt) === 0;

function settle<T>(action: () => T): { readonly value: T } | { readonly failure: StrataError } {
  try {
    return { value: action() };
  } catch (error) {
    if (!isStrataError(error)) throw error;
    return { failure: error };
  }
}

function settleTwice<T>(action: () => T): ReturnType<typeof settle<T>> {
  const first = settle(action);
  return 'failure' in first ? settle(action) : first;
}
