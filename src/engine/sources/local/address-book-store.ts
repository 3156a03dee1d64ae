import { canonicalJson, type JsonObject, type JsonValue } from '../../../shared/domain/json.ts';
import { isStrataError, StrataError } from '../../../shared/domain/strata-error.ts';
import { errnoOf } from '../../kernel/file-failure.ts';
import type { RunContext } from '../../kernel/run-context.ts';
import { summarizeContact } from '../contact-summary.ts';
import { noSightings } from '../empty-scan.ts';
import { failedReading } from '../failed-reading.ts';
import { Pauses } from '../pauses.ts';
import type { FolderScan, Reading, Sighting, Wanted } from '../source.ts';
import { readBook } from './address-book-rows.ts';
import { cardMetadata, cardText, listText } from './address-card.ts';
import { identityOf } from './item-store.ts';
import type { Store } from './folder.ts';
import type { PlaceWithDatabases } from './place.ts';

const batchLength = 512;
const attempts = 3;
const coarsestTimeMs = 3000n;
/** Together with what is not in it yet. */
const mostBytes = 256 * 1024 * 1024;

interface BookItem {
  readonly sighting: Sighting;
  readonly bytes: Uint8Array;
  readonly metadata: JsonObject;
  readonly tooLarge: number | undefined;
}

/** One of Thunderbird's address books: each card, and each list, as a vCard. Read whole, from copies of its files in memory. */
export class AddressBookStore implements Store {
  readonly #path: string;
  readonly #place: PlaceWithDatabases;
  #scanned: string | undefined;

  constructor(path: string, place: PlaceWithDatabases) {
    this.#path = path;
    this.#place = place;
  }

  scan(known: JsonValue | undefined, run: RunContext): FolderScan {
    const now = this.#state();
    // What was written a moment ago can be written again within what the disk takes for the same time.
    const isSettled = now.modifiedMs + coarsestTimeMs < BigInt(run.clock.nowMs());
    const isKnown = known === now.token;
    if (isKnown) this.#scanned = now.token;
    return {
      completeness: isKnown ? 'changes' : 'full',
      sightings: isKnown ? noSightings() : this.#sightings(),
      vanished: () => [],
      cursor: () => (isSettled ? this.#scanned : undefined),
    };
  }

  async *#sightings(): AsyncIterable<readonly Sighting[]> {
    const { items, token } = this.#load();
    this.#scanned = token;
    const sightings = [...items.values()].map(({ sighting }) => sighting);
    for (let at = 0; at < sightings.length; at += batchLength) yield sightings.slice(at, at + batchLength);
  }

  async *read(wanted: readonly Wanted[], run: RunContext): AsyncIterable<Reading> {
    const pauses = new Pauses(run);
    const items = this.#tried();
    for (const { sighting, need } of wanted) {
      await pauses.between();
      if (isStrataError(items)) yield unanswered(sighting, String(items.facts['reason']));
      else yield answer(sighting, need, items.get(sighting.key));
    }
  }

  count(): number | null {
    const items = this.#tried();
    return isStrataError(items) ? null : items.size;
  }

  /** Where all is asked for at once, why there is nothing. */
  #tried(): ReadonlyMap<string, BookItem> | StrataError {
    try {
      return this.#load().items;
    } catch (error) {
      if (!isStrataError(error)) throw error;
      return error;
    }
  }

  /** One state of both files, or a failure. */
  #load(): { readonly items: ReadonlyMap<string, BookItem>; readonly token: string } {
    try {
      for (let attempt = 0; attempt < attempts; attempt += 1) {
        const { token, sizeBytes } = this.#state();
        if (sizeBytes > mostBytes) throw this.#unreadable('EFBIG');
        const { files } = this.#place;
        const log = files.stat(`${this.#path}-wal`) === undefined ? undefined : files.readWhole(`${this.#path}-wal`);
        const file = files.readWhole(this.#path);
        if (this.#state().token === token) return { items: this.#itemsOf(file, log), token };
      }
    } catch (error) {
      const reason = errnoOf(error);
      if (reason === undefined) throw error;
      throw this.#unreadable(reason, error);
    }
    throw this.#unreadable('changed while it was read');
  }

  #state(): { readonly token: string; readonly sizeBytes: number; readonly modifiedMs: bigint } {
    const { files } = this.#place;
    const stats = [this.#path, `${this.#path}-wal`].flatMap((path) => files.stat(path) ?? []);
    const token = stats.map((stat) => `${identityOf(stat)}.${stat.sizeBytes.toString(36)}.${stat.modifyNs.toString(36)}`);
    const times = stats.map(({ modifyNs }) => modifyNs / 1_000_000n);
    const sizeBytes = stats.reduce((sum, stat) => sum + stat.sizeBytes, 0);
    return { token: token.join(' '), sizeBytes, modifiedMs: times.reduce((last, time) => (time > last ? time : last), 0n) };
  }

  #itemsOf(file: Uint8Array, log: Uint8Array | undefined): Map<string, BookItem> {
    const database = this.#place.openDatabase({ path: this.#path, file, log });
    try {
      const { cards, lists } = readBook(database, this.#path);
      const items = [
        ...cards.map((card) => this.#item(card.uid, cardText(card), cardMetadata(card), card.tooLarge)),
        ...lists.map((list) => this.#item(`list:${list.uid}`, listText(list), {}, undefined)),
      ];
      return new Map(items.map((item) => [item.sighting.key, item]));
    } finally {
      database.close();
    }
  }

  #item(key: string, text: string, metadata: JsonObject, tooLarge: number | undefined): BookItem {
    const bytes = Buffer.from(text);
    const digest = this.#place.newDigest();
    digest.update(bytes);
    const sighting: Sighting = {
      key,
      name: `${key.replace(/^list:/, '')}.vcf`,
      kind: 'contact',
      contentRevision: digest.hex(),
      metadataRevision: canonicalJson(metadata),
      identity: key,
      sizeBytes: bytes.length,
    };
    return { sighting, bytes, metadata, tooLarge };
  }

  #unreadable(reason: string, cause?: unknown): StrataError {
    return new StrataError('folder.unreadable', 'later', { folder: this.#path, reason }, { cause });
  }
}

const unanswered = (wanted: Sighting, reason: string): Reading =>
  failedReading(wanted, new StrataError('item.unreadable', 'later', { item: wanted.name, reason }));

function answer(wanted: Sighting, need: Wanted['need'], item: BookItem | undefined): Reading {
  const { name } = wanted;
  if (item === undefined) return unanswered(wanted, 'ENOENT');
  const { sighting, bytes, metadata, tooLarge } = item;
  if (tooLarge !== undefined)
    return failedReading(wanted, new StrataError('item.too-large', 'later', { item: name, size: tooLarge }));
  const { key, contentRevision, metadataRevision } = sighting;
  const reading = { key, contentRevision, metadataRevision, metadata, summary: summarizeContact(bytes, name).summary };
  return need === 'metadata' ? reading : { ...reading, content: { kind: 'bytes', bytes } };
}
