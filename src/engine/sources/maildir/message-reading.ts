import { StrataError } from '../../../shared/domain/strata-error.ts';
import type { JsonObject } from '../../../shared/domain/json.ts';
import type { FileHandle, FileStat, FileSystem } from '../../kernel/file-system.ts';
import { describedBytes } from '../../kernel/describe.ts';
import { summarizeMessage } from '../message-summary.ts';
import type { Reading, Sighting } from '../source.ts';
import type { FoundMessage, ListedName } from './listing.ts';
import { flagsOf } from './message-name.ts';

/** Letter → keyword, as a folder's own list says. */
export type Keywords = ReadonlyMap<string, string>;

/** Where it was seen hangs on the sighting, so that reading need not list the folder again. */
export interface MessageSighting extends Sighting {
  readonly seen: ListedName;
  /** What its file must still be when it is opened, see {@link mark}. Undefined: no file, or it said nothing of itself. */
  readonly mark: string | undefined;
}

/** As text: what waits to be read is packed where there is much of it, and takes less room until then. */
const mark = ({ modifyNs, inode }: FileStat): string => `${modifyNs} ${inode}`;

/** Joined, not put together piece by piece: the language would keep all the pieces for as long as nobody reads the text. */
const tokens = (...values: readonly (bigint | number)[]): string => values.map((value) => value.toString(36)).join('.');

/**
 * Messages never change, so size and time are enough; both survive a copy of the whole Maildir, inode numbers do not. To the
 * millisecond, because that is how exactly the date is kept: a restored message is then the same as before.
 */
const contentRevisionOf = (stat: FileStat): string => tokens(stat.sizeBytes, stat.modifyNs / 1_000_000n);

const metadataRevisionOf = ({ place, letters }: ListedName, keywords: Keywords): string => {
  const { flags, keywords: named, unknown } = flagsOf(letters, keywords);
  return [place, ...flags, ...named, unknown].join(' ');
};

export const messageSighting = ({ key, name, stat }: FoundMessage, keywords: Keywords): MessageSighting => ({
  key,
  name: key,
  kind: 'message',
  contentRevision: contentRevisionOf(stat),
  metadataRevision: metadataRevisionOf(name, keywords),
  // Servers move a message by giving its file a second name; the birth tells apart who got the same number later.
  identity: tokens(stat.device, stat.inode, stat.birthNs),
  sizeBytes: stat.sizeBytes,
  timeMs: Number(stat.modifyNs / 1_000_000n),
  seen: name,
  mark: stat.type === 'file' ? mark(stat) : undefined,
});

/** What was seen of it, for whoever opens it; undefined: it must be looked at. He finds out by himself whether it still is that. */
export function seenMessage(sighting: MessageSighting, directory: string, keywords: Keywords): Reading | undefined {
  const { key, name, seen, mark: seenAs, sizeBytes, contentRevision, metadataRevision } = sighting;
  if (seenAs === undefined) return undefined;
  const [modifyNs = 0n, inode = 0n] = seenAs.split(' ').map(BigInt);
  return {
    key,
    contentRevision,
    metadataRevision,
    metadata: messageMetadata(seen, keywords, Number(modifyNs / 1_000_000n)),
    summary: { title: name },
    content: { kind: 'file', path: `${directory}/${seen.file}`, sizeBytes, modifyNs, inode, describe: 'message' },
  };
}

/** What is worth two steps of reading: below it a message is read whole at once, and needs no further opening. */
const wholeLimit = describedBytes;

export function readMessage(
  sighting: MessageSighting,
  directory: string,
  need: 'content' | 'metadata',
  keywords: Keywords,
  files: FileSystem,
): Reading {
  const { key, seen } = sighting;
  const path = `${directory}/${seen.file}`;
  const handle = files.open(path, 'read-no-follow');
  try {
    const stat = handle.stat();
    if (stat.type !== 'file') throw new StrataError('item.unreadable', 'later', { item: key, reason: stat.type });
    // Only what lies beside the content was asked for, and the content is another by now: the next cycle reads both.
    if (need === 'metadata' && contentRevisionOf(stat) !== sighting.contentRevision) throw changed(key);
    const start = readStart(handle, Math.min(stat.sizeBytes, wholeLimit));
    if (start.length < Math.min(stat.sizeBytes, wholeLimit)) throw changed(key);
    const timeMs = Number(stat.modifyNs / 1_000_000n);
    const isWhole = stat.sizeBytes <= wholeLimit;
    const { sizeBytes, modifyNs, inode } = stat;
    return {
      key,
      contentRevision: contentRevisionOf(stat),
      metadataRevision: metadataRevisionOf(seen, keywords),
      metadata: messageMetadata(seen, keywords, timeMs),
      summary: summarizeMessage(start, timeMs),
      ...(need === 'metadata'
        ? {}
        : { content: isWhole ? { kind: 'bytes', bytes: start } : { kind: 'file', path, sizeBytes, modifyNs, inode } }),
    };
  } finally {
    handle.close();
  }
}

const changed = (item: string): StrataError => new StrataError('item.changed-while-reading', 'later', { item });

/** The file's time is when the message came: servers set it so. */
function messageMetadata({ place, letters }: ListedName, keywords: Keywords, timeMs: number): JsonObject {
  const { flags, keywords: named, unknown } = flagsOf(letters, keywords);
  return {
    flags,
    keywords: named,
    internalDate: new Date(timeMs).toISOString(),
    place,
    ...(unknown === '' ? {} : { unknownFlags: unknown }),
  };
}

function readStart(handle: FileHandle, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let have = 0;
  while (have < length) {
    const count = handle.read(bytes.subarray(have), have);
    if (count === 0) break;
    have += count;
  }
  return bytes.subarray(0, have);
}
