import type { ImapFlow } from 'imapflow';
import type { RestoreItem } from '../destination.ts';
import { flagsRevision, sortFlags } from '../message-flags.ts';
import { messageId } from '../message-id.ts';
import { isSameMessage } from './destination-same-message.ts';
import { toSequenceSet } from './sequence-set.ts';

/** A message that is there already and could be the one that is restored. */
interface There {
  readonly uid: number;
  readonly size: number;
  readonly messageId: string | undefined;
  readonly timeMs: number | undefined;
  readonly flags: string;
}

/** What a folder holds for an item: `identical` is the same message, `same-name` has its Message-ID and is another. */
export interface Twin {
  readonly kind: 'identical' | 'same-name';
  readonly uid: number;
  /** When it came. */
  readonly timeMs: number | undefined;
  /** As the source that reads this account compares them. */
  readonly flags: string;
}

/** So many searches by the server are cheaper than one listing of a folder, however large; more are not. */
const searchesPerFolder = 20;

/**
 * Finds messages of one folder again. Only what was there when it was first asked counts, and each message stands for one item
 * at most: a mailbox that held the same message twice gets it twice.
 */
export class Twins {
  readonly #endUid: number;
  readonly #taken = new Set<number>();
  #searches = 0;
  #all: readonly There[] | undefined;

  /** `endUid`: above all UIDs that count. */
  constructor(endUid: number) {
    this.#endUid = endUid;
  }

  /** The folder must be open. */
  async find(client: ImapFlow, item: RestoreItem): Promise<Twin | undefined> {
    if (this.#endUid <= 1) return undefined;
    const wanted = await wantedOf(item);
    const free = (await this.#candidates(client, wanted, item.wasBegun === true)).filter(({ uid }) => !this.#taken.has(uid));
    // The likeliest first: a server adds fields to few messages, and takes none away.
    const likely = free.filter(({ size }) => size >= wanted.size).sort((a, b) => a.size - b.size);
    for (const there of likely) {
      if (await isSame(client, there.uid, item)) return this.#take('identical', there);
    }
    const [sameName] = wanted.id === undefined ? [] : free;
    if (sameName === undefined) return undefined;
    // It may be identical to an item that is still to come.
    return item.isLast === true ? this.#take('same-name', sameName) : twinOf('same-name', sameName);
  }

  /** A message that an earlier restore made, whatever became of its bytes. The folder must be open. */
  async findMade(client: ImapFlow, uid: number): Promise<Twin | undefined> {
    if (uid >= this.#endUid || this.#taken.has(uid)) return undefined;
    const [there] = await list(client, String(uid));
    return there === undefined ? undefined : this.#take('identical', there);
  }

  #take(kind: Twin['kind'], there: There): Twin {
    this.#taken.add(there.uid);
    return twinOf(kind, there);
  }

  /** By Message-ID; without one, whatever is as large and has none either, or larger where a restore may have made it. */
  async #candidates(client: ImapFlow, { id, size }: Wanted, wasBegun: boolean): Promise<There[]> {
    const isCandidate = (there: There): boolean =>
      there.messageId === id && (id !== undefined || there.size === size || (wasBegun && there.size > size));
    return [...(this.#all ?? (await this.#search(client, { id, size }, wasBegun)))].filter(isCandidate);
  }

  async #search(client: ImapFlow, { id, size }: Wanted, wasBegun: boolean): Promise<readonly There[]> {
    this.#searches += 1;
    if (this.#searches > searchesPerFolder) {
      this.#all = await list(client, `1:${this.#endUid - 1}`);
      return this.#all;
    }
    const sizes = wasBegun ? { larger: size - 1 } : { larger: size - 1, smaller: size + 1 };
    const query = id === undefined ? sizes : { header: { 'message-id': id } };
    const uids = await client.search(query, { uid: true });
    // imapflow says false where the server refused to search; listing needs no search.
    if (!Array.isArray(uids)) return list(client, `1:${this.#endUid - 1}`);
    const old = uids.filter((uid) => uid < this.#endUid);
    return old.length === 0 ? [] : list(client, toSequenceSet(old));
  }
}

const twinOf = (kind: Twin['kind'], { uid, timeMs, flags }: There): Twin => ({ kind, uid, timeMs, flags });

async function list(client: ImapFlow, uids: string): Promise<There[]> {
  const wanted = { uid: true, size: true, internalDate: true, flags: true, headers: ['message-id'] };
  const rows = await client.fetchAll(uids, wanted, { uid: true });
  return rows.flatMap(({ uid, size, headers, internalDate, flags = new Set<string>() }) =>
    size === undefined || uid === undefined
      ? []
      : [
          {
            ...{ uid, size, timeMs: timeOf(internalDate), flags: flagsRevision(sortFlags(flags)) },
            messageId: headers === undefined ? undefined : messageId(headers),
          },
        ],
  );
}

const timeOf = (date: Date | string | undefined): number | undefined =>
  date instanceof Date && !Number.isNaN(date.getTime()) ? date.getTime() : undefined;

async function isSame(client: ImapFlow, uid: number, item: RestoreItem): Promise<boolean> {
  const row = await client.fetchOne(String(uid), { uid: true, source: true }, { uid: true });
  const there = row === false ? undefined : row?.source;
  return there !== undefined && isSameMessage(there, await wireForm(item));
}

interface Wanted {
  readonly size: number;
  readonly id: string | undefined;
}

/** What was backed up from IMAP says so itself; anything else has to be read. */
async function wantedOf(item: RestoreItem): Promise<Wanted> {
  const { metadata, sizeBytes } = item.manifest;
  const id = metadata['messageId'];
  if (typeof metadata['uidValidity'] === 'string') return { size: sizeBytes, id: typeof id === 'string' ? id : undefined };
  const bytes = await wireForm(item);
  return { size: bytes.length, id: messageId(bytes) };
}

/**
 * The message as it goes to the server: its bytes as they are, except that a Maildir keeps lines without the carriage returns
 * that IMAP asks for (RFC 3501, section 2.2), and servers refuse such messages. One that has any is left alone.
 */
export async function wireForm({ content }: RestoreItem): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  if (content !== undefined) for await (const chunk of content()) parts.push(chunk);
  const bytes = Buffer.concat(parts);
  if (!bytes.includes(lineFeed) || bytes.includes('\r\n')) return bytes;
  return Buffer.from(bytes.toString('latin1').replaceAll('\n', '\r\n'), 'latin1');
}

const lineFeed = 10;
