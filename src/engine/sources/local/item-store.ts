import type { ItemKind, Summary } from '../../../shared/domain/item.ts';
import type { JsonObject } from '../../../shared/domain/json.ts';
import { StrataError } from '../../../shared/domain/strata-error.ts';
import { describedBytes } from '../../kernel/describe.ts';
import { errnoOf } from '../../kernel/file-failure.ts';
import type { FileHandle, FileStat, FileSystem } from '../../kernel/file-system.ts';
import type { RunContext } from '../../kernel/run-context.ts';
import { summarizeCalendar } from '../calendar-summary.ts';
import { summarizeContact } from '../contact-summary.ts';
import { summarizeMessage } from '../message-summary.ts';
import { Pauses } from '../pauses.ts';
import type { FolderScan, Reading, Sighting, Wanted } from '../source.ts';
import { failedReading } from '../failed-reading.ts';
import type { Store } from './folder.ts';

type Format = 'message' | 'calendar' | 'contact';

const byExtension: readonly (readonly [extension: RegExp, format: Format])[] = [
  [/\.eml$/i, 'message'],
  [/\.(?:ics|ical|ifb)$/i, 'calendar'],
  [/\.(?:vcf|vcard)$/i, 'contact'],
];
/** By its name; undefined for what is none of these. */
export const formatOf = (name: string): Format | undefined => byExtension.find(([extension]) => extension.test(name))?.[1];

const batchLength = 512;

/** A directory in which each file is an item: its name is the key, and its bytes are the content as they are. */
export class ItemStore implements Store {
  readonly #directory: string;
  readonly #files: FileSystem;
  readonly #format: (name: string) => Format | undefined;

  constructor(directory: string, files: FileSystem, format: (name: string) => Format | undefined) {
    this.#directory = directory;
    this.#files = files;
    this.#format = format;
  }

  scan(_known: unknown, run: RunContext): FolderScan {
    const names = this.#names();
    return {
      completeness: 'full',
      sightings: this.#sightings(names, new Pauses(run)),
      vanished: () => [],
      cursor: () => undefined,
    };
  }

  async *#sightings(names: readonly string[], pauses: Pauses): AsyncIterable<readonly Sighting[]> {
    let batch: Sighting[] = [];
    for (const name of names) {
      await pauses.between();
      const sighting = this.#look(name);
      if (sighting !== undefined) batch.push(sighting);
      if (batch.length < batchLength) continue;
      yield batch;
      batch = [];
    }
    yield batch;
  }

  /** Undefined: it has gone since the directory was listed. */
  #look(name: string): Sighting | undefined {
    try {
      const stat = this.#files.lstat(this.#path(name));
      if (stat === undefined) return undefined;
      const kind = this.#kind(name, stat);
      return { key: name, name, kind, ...revisions(stat), identity: identityOf(stat), sizeBytes: stat.sizeBytes };
    } catch (error) {
      if (errnoOf(error) === undefined) throw error;
      // It is there and says nothing of itself; reading it tells why.
      return { key: name, name, kind: kindOf(this.#format(name)), contentRevision: '', metadataRevision: '', sizeBytes: 0 };
    }
  }

  /** What an iCalendar object is stands in it. */
  #kind(name: string, stat: FileStat): ItemKind {
    const format = this.#format(name);
    if (format !== 'calendar' || stat.type !== 'file') return kindOf(format);
    const handle = this.#files.open(this.#path(name), 'read-no-follow');
    try {
      return summarizeCalendar(startOf(handle, describedBytes)).kind;
    } finally {
      handle.close();
    }
  }

  async *read(wanted: readonly Wanted[], run: RunContext): AsyncIterable<Reading> {
    const pauses = new Pauses(run);
    for (const { sighting, need } of wanted) {
      await pauses.between();
      yield this.#answer(sighting, need);
    }
  }

  #answer(sighting: Sighting, need: Wanted['need']): Reading {
    try {
      return this.#readOne(sighting, need);
    } catch (error) {
      return failedReading(sighting, error);
    }
  }

  #readOne({ key, name }: Sighting, need: Wanted['need']): Reading {
    const path = this.#path(name);
    const handle = this.#files.open(path, 'read-no-follow');
    try {
      const stat = handle.stat();
      if (stat.type !== 'file') throw new StrataError('item.unreadable', 'later', { item: name, reason: stat.type });
      const { sizeBytes, modifyNs, inode } = stat;
      const start = startOf(handle, describedBytes);
      if (start.length < Math.min(sizeBytes, describedBytes))
        throw new StrataError('item.changed-while-reading', 'later', { item: name });
      const timeMs = Number(modifyNs / 1_000_000n);
      const summary = summaryOf(this.#format(name), start, name, timeMs);
      const reading = { key, ...revisions(stat), metadata: metadataOf(this.#format(name), timeMs), summary };
      if (need === 'metadata') return reading;
      const isWhole = sizeBytes <= describedBytes;
      return {
        ...reading,
        content: isWhole ? { kind: 'bytes', bytes: start } : { kind: 'file', path, sizeBytes, modifyNs, inode },
      };
    } finally {
      handle.close();
    }
  }

  count(): number {
    return this.#names().length;
  }

  #names(): string[] {
    return this.#files
      .list(this.#directory)
      .filter(({ name, type }) => type !== 'directory' && this.#format(name) !== undefined)
      .map(({ name }) => name)
      .sort();
  }

  #path(name: string): string {
    return `${this.#directory}/${name}`;
  }
}

const kindOf = (format: Format | undefined): ItemKind =>
  format === 'contact' ? 'contact' : format === 'calendar' ? 'event' : 'message';

function summaryOf(format: Format | undefined, bytes: Uint8Array, name: string, timeMs: number): Summary {
  if (format === 'calendar') return summarizeCalendar(bytes, name).summary;
  return format === 'contact' ? summarizeContact(bytes, name).summary : summarizeMessage(bytes, timeMs);
}

/** The file's time is when a message came, as far as anybody knows. */
const metadataOf = (format: Format | undefined, timeMs: number): JsonObject =>
  format === 'message' ? { flags: [], keywords: [], internalDate: new Date(timeMs).toISOString() } : {};

/** To the millisecond, as a restored file's time is. */
const revisions = ({ sizeBytes, modifyNs }: FileStat): Pick<Sighting, 'contentRevision' | 'metadataRevision'> => ({
  contentRevision: `${sizeBytes.toString(36)}.${(modifyNs / 1_000_000n).toString(36)}`,
  metadataRevision: '',
});

export const identityOf = ({ device, inode, birthNs }: FileStat): string =>
  [device, inode, birthNs].map((value) => value.toString(36)).join('.');

function startOf(handle: FileHandle, limit: number): Uint8Array {
  const bytes = new Uint8Array(Math.min(limit, handle.stat().sizeBytes));
  let have = 0;
  while (have < bytes.length) {
    const count = handle.read(bytes.subarray(have), have);
    if (count === 0) break;
    have += count;
  }
  return bytes.subarray(0, have);
}
