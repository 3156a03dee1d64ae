import { StrataError } from '../../../shared/domain/strata-error.ts';
import type { JsonObject, JsonValue } from '../../../shared/domain/json.ts';
import { describedBytes } from '../../kernel/describe.ts';
import { errnoOf } from '../../kernel/file-failure.ts';
import type { FileHandle, FileStat, FileSystem } from '../../kernel/file-system.ts';
import type { RunContext } from '../../kernel/run-context.ts';
import { summarizeMessage } from '../message-summary.ts';
import { Pauses } from '../pauses.ts';
import type { FolderScan, Reading, Sighting, Wanted } from '../source.ts';
import { failedReading } from '../failed-reading.ts';
import type { Beside } from './beside.ts';
import type { Store } from './folder.ts';
import { splitHeader, type StatusHeader } from './mbox-header.ts';
import { type Framed, messagesIn } from './mbox-messages.ts';
import { unquoted } from './mbox-quoting.ts';
import { separatorTimeMs } from './mbox-separator.ts';
import { Pieces } from './pieces.ts';
import type { NewDigest, Place } from './place.ts';
import { noSightings } from '../empty-scan.ts';

interface MboxSighting extends Sighting {
  readonly place: Framed;
  readonly metadata: JsonObject;
}

const batchLength = 256;
/** Below it a message is read whole. */
const wholeLimit = 1024 * 1024;
/** Beyond it, counting takes longer than a person wants to wait for a look. */
const countedLimit = 64 * 1024 * 1024;
/** File systems keep times to two seconds (FAT) at the worst. */
const coarsestTimeMs = 3000n;
/** How often a file that changes while it is read is read again. */
const attempts = 3;

/**
 * One mbox file. A message's key is the digest of all of it but what programs note in its header, so that it stays the same when it
 * is read or answered, and when others before it are taken out; of equal messages the later ones are counted.
 */
export class MboxStore implements Store {
  readonly #path: string;
  readonly #files: FileSystem;
  readonly #newDigest: NewDigest;
  readonly metadata: JsonObject;
  readonly #beside: Beside | undefined;
  #scanned: string | undefined;

  constructor(path: string, { files, newDigest }: Place, beside?: Beside) {
    this.#path = path;
    this.#files = files;
    this.#newDigest = newDigest;
    this.#beside = beside;
    this.metadata = beside?.metadata ?? {};
  }

  scan(known: JsonValue | undefined, run: RunContext): FolderScan {
    const stat = this.#stat();
    const cursor = this.#cursor(stat);
    // What was written a moment ago can be written again within what the disk takes for the same time.
    const isSettled = stat.modifyNs / 1_000_000n + coarsestTimeMs < BigInt(run.clock.nowMs());
    const isKnown = known === cursor;
    if (isKnown) this.#scanned = cursor;
    return {
      completeness: isKnown ? 'changes' : 'full',
      sightings: isKnown ? noSightings() : this.#sightings(new Pauses(run)),
      vanished: () => [],
      cursor: () => (isSettled ? this.#scanned : undefined),
    };
  }

  /** All at once, since a message counts only if the file did not change while it was read. */
  async *#sightings(pauses: Pauses): AsyncIterable<readonly Sighting[]> {
    for (let attempt = 0; attempt < attempts; attempt++) {
      const before = this.#cursor(this.#stat());
      const found = await this.#list(pauses);
      if (this.#cursor(this.#stat()) !== before) continue;
      this.#scanned = before;
      for (let at = 0; at < found.length; at += batchLength) yield found.slice(at, at + batchLength);
      return;
    }
    throw new StrataError('folder.unreadable', 'later', { folder: this.#path, reason: 'changed while it was read' });
  }

  async #list(pauses: Pauses): Promise<MboxSighting[]> {
    const handle = this.#files.open(this.#path, 'read');
    try {
      const pieces = piecesOf(handle);
      const found: MboxSighting[] = [];
      const times = new Map<string, number>();
      let index = 0;
      for (const framed of messagesIn(pieces, this.#beside)) {
        const sighting = sightingOf(pieces, framed, times, this.#newDigest, this.#beside?.of(index, framed.at));
        if (sighting !== undefined) found.push(sighting);
        index++;
        await pauses.between();
      }
      if (index === 0 && pieces.sizeBytes > 0)
        throw new StrataError('folder.unreadable', 'later', { folder: this.#path, reason: 'no mbox' });
      return found;
    } catch (error) {
      const reason = errnoOf(error);
      if (reason === undefined) throw error;
      throw new StrataError('folder.unreadable', 'later', { folder: this.#path, reason }, { cause: error });
    } finally {
      handle.close();
    }
  }

  async *read(wanted: readonly Wanted[], run: RunContext): AsyncIterable<Reading> {
    const pauses = new Pauses(run);
    const reader = new MboxReader(this.#path, { files: this.#files, newDigest: this.#newDigest });
    try {
      for (const { sighting, need } of wanted) {
        await pauses.between();
        yield await this.#answer(reader, sighting as MboxSighting, need, pauses);
      }
    } finally {
      reader.close();
    }
  }

  async #answer(reader: MboxReader, sighting: MboxSighting, need: Wanted['need'], pauses: Pauses): Promise<Reading> {
    try {
      const now = this.#cursor(this.#stat());
      if (now !== this.#scanned) {
        // Messages came, or others were taken out: this one lies elsewhere now.
        reader.now = new Map((await this.#list(pauses)).map((one) => [one.key, one]));
        reader.close();
        this.#scanned = now;
      }
      const found = reader.now === undefined ? sighting : reader.now.get(sighting.key);
      if (found === undefined) throw changed(sighting);
      return reader.read(found, need);
    } catch (error) {
      return failedReading(sighting, error);
    }
  }

  count(): number | null {
    const { sizeBytes } = this.#stat();
    if (sizeBytes > countedLimit) return null;
    const handle = this.#files.open(this.#path, 'read');
    try {
      let items = 0;
      for (const _ of messagesIn(piecesOf(handle), this.#beside)) items++;
      return items;
    } finally {
      handle.close();
    }
  }

  #cursor(stat: FileStat): string {
    return [cursorOf(stat), ...(this.#beside === undefined ? [] : [this.#beside.token])].join(' ');
  }

  #stat(): FileStat {
    const stat = this.#files.stat(this.#path);
    if (stat === undefined) throw Object.assign(new Error('ENOENT'), { code: 'ENOENT' });
    return stat;
  }
}

/** One open file for many messages, which are asked for in their order as a rule. */
class MboxReader {
  /** Where messages are since the file changed. */
  now: ReadonlyMap<string, MboxSighting> | undefined;
  readonly #path: string;
  readonly #place: Place;
  #open: { readonly handle: FileHandle; readonly pieces: Pieces } | undefined;

  constructor(path: string, place: Place) {
    this.#path = path;
    this.#place = place;
  }

  read(sighting: MboxSighting, need: Wanted['need']): Reading {
    const { key, place, metadata, contentRevision, metadataRevision, sizeBytes } = sighting;
    const { pieces } = (this.#open ??= this.#begin());
    const isWhole = need === 'content' && sizeBytes <= wholeLimit;
    const bytes = startOf(pieces, place, isWhole ? wholeLimit : describedBytes);
    if (isWhole && digestOf(bytes, this.#place.newDigest) !== contentRevision) throw changed(sighting);
    const summary = summarizeMessage(bytes, separatorTimeMs(place.separator));
    const reading = { key, contentRevision, metadataRevision, metadata, summary };
    if (need === 'metadata') return reading;
    return { ...reading, content: isWhole ? { kind: 'bytes', bytes } : { kind: 'stream', chunks: this.#stream(sighting) } };
  }

  /** A message that is too long to be held in memory; that it is still the one that was sighted is known at its end. */
  async *#stream(sighting: MboxSighting): AsyncGenerator<Uint8Array> {
    const { handle, pieces } = this.#begin();
    try {
      const hash = this.#place.newDigest();
      const { start, end, quoting } = sighting.place;
      for (const piece of unquoted(pieces.range(start, end), quoting)) {
        hash.update(piece);
        yield piece;
      }
      if (hash.hex() !== sighting.contentRevision) throw changed(sighting);
    } finally {
      handle.close();
    }
  }

  #begin(): { readonly handle: FileHandle; readonly pieces: Pieces } {
    const handle = this.#place.files.open(this.#path, 'read');
    return { handle, pieces: piecesOf(handle) };
  }

  close(): void {
    this.#open?.handle.close();
    this.#open = undefined;
  }
}

const changed = ({ name }: Sighting): StrataError => new StrataError('item.changed-while-reading', 'later', { item: name });

const piecesOf = (handle: FileHandle): Pieces => new Pieces(handle, handle.stat().sizeBytes);

const cursorOf = ({ sizeBytes, modifyNs, changeNs, inode }: FileStat): string =>
  [sizeBytes, modifyNs, changeNs, inode].map((value) => value.toString(36)).join('.');

const digestOf = (bytes: Uint8Array, newDigest: NewDigest): string => {
  const digest = newDigest();
  digest.update(bytes);
  return digest.hex();
};

/** Undefined: the program has deleted it, and only not taken it out of the file yet. */
function sightingOf(
  pieces: Pieces,
  place: Framed,
  times: Map<string, number>,
  newDigest: NewDigest,
  beside: ReturnType<Beside['of']>,
): MboxSighting | undefined {
  const head = Buffer.concat([...unquoted([pieces.at(place.start, place.body - place.start)], place.quoting)]);
  const header = splitHeader(head);
  if (header.status.isExpunged) return undefined;
  const whole = newDigest();
  const own = newDigest();
  for (const field of header.own) own.update(field);
  let sizeBytes = 0;
  let inHeader = head.length;
  for (const piece of unquoted(pieces.range(place.start, place.end), place.quoting)) {
    whole.update(piece);
    sizeBytes += piece.length;
    own.update(piece.subarray(Math.min(inHeader, piece.length)));
    inHeader -= Math.min(inHeader, piece.length);
  }
  const digest = own.hex().slice(0, 40);
  const time = (times.get(digest) ?? 0) + 1;
  times.set(digest, time);
  const key = time === 1 ? digest : `${digest}.${time}`;
  const metadata = metadataOf(place, beside === undefined ? header.status : { ...header.status, ...beside });
  return {
    key,
    name: key,
    kind: 'message',
    contentRevision: whole.hex(),
    metadataRevision: JSON.stringify(metadata),
    identity: key,
    sizeBytes,
    place,
    metadata,
  };
}

/** As IMAP names it. The separator tells when the message came, and from whom by its envelope. */
function metadataOf({ separator }: Framed, { flags, keywords, uid }: StatusHeader & { readonly uid?: number }): JsonObject {
  const timeMs = separatorTimeMs(separator);
  return {
    flags: [...flags],
    keywords: [...keywords],
    ...(timeMs === undefined ? {} : { internalDate: new Date(timeMs).toISOString() }),
    ...(uid === undefined ? {} : { uid }),
    separator,
  };
}

function startOf(pieces: Pieces, place: Framed, limit: number): Buffer {
  const parts: Buffer[] = [];
  let have = 0;
  for (const piece of unquoted(pieces.range(place.start, place.end), place.quoting)) {
    parts.push(Buffer.from(piece));
    have += piece.length;
    if (have > limit) break;
  }
  return Buffer.concat(parts).subarray(0, limit);
}
