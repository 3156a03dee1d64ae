import type { ImapFlow } from 'imapflow';
import type { RestoreItem } from '../destination.ts';
import { messageId } from '../message-id.ts';
import { toSequenceSet } from './sequence-set.ts';

/** A message that is there already and could be the one that is restored. */
interface There {
  readonly uid: number;
  readonly size: number;
  readonly messageId: string | undefined;
}

/** What a folder holds for an item: `identical` has the same bytes, `same-name` the same Message-ID and other bytes. */
export interface Twin {
  readonly kind: 'identical' | 'same-name';
  readonly uid: number;
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
    const { size, id } = await wantedOf(item);
    const free = (await this.#candidates(client, id, size)).filter(({ uid }) => !this.#taken.has(uid));
    for (const { uid } of free.filter((one) => one.size === size)) {
      if (await hasBytes(client, uid, item)) return this.#take('identical', uid);
    }
    const [sameName] = id === undefined ? [] : free;
    return sameName === undefined ? undefined : this.#take('same-name', sameName.uid);
  }

  #take(kind: Twin['kind'], uid: number): Twin {
    this.#taken.add(uid);
    return { kind, uid };
  }

  /** By Message-ID; without one, whatever is as large and has none either. */
  async #candidates(client: ImapFlow, id: string | undefined, size: number): Promise<There[]> {
    const isCandidate = (there: There): boolean => (id === undefined ? there.size === size : true) && there.messageId === id;
    return [...(this.#all ?? (await this.#search(client, id, size)))].filter(isCandidate);
  }

  async #search(client: ImapFlow, id: string | undefined, size: number): Promise<readonly There[]> {
    this.#searches += 1;
    if (this.#searches > searchesPerFolder) {
      this.#all = await list(client, `1:${this.#endUid - 1}`);
      return this.#all;
    }
    const query = id === undefined ? { larger: size - 1, smaller: size + 1 } : { header: { 'message-id': id } };
    const uids = await client.search(query, { uid: true });
    // imapflow says false where the server refused to search; listing needs no search.
    if (!Array.isArray(uids)) return list(client, `1:${this.#endUid - 1}`);
    const old = uids.filter((uid) => uid < this.#endUid);
    return old.length === 0 ? [] : list(client, toSequenceSet(old));
  }
}

async function list(client: ImapFlow, uids: string): Promise<There[]> {
  const rows = await client.fetchAll(uids, { uid: true, size: true, headers: ['message-id'] }, { uid: true });
  return rows.flatMap(({ uid, size, headers }) =>
    size === undefined || uid === undefined
      ? []
      : [{ uid, size, messageId: headers === undefined ? undefined : messageId(headers) }],
  );
}

async function hasBytes(client: ImapFlow, uid: number, item: RestoreItem): Promise<boolean> {
  const row = await client.fetchOne(String(uid), { uid: true, source: true }, { uid: true });
  const there = row === false ? undefined : row?.source;
  return there?.equals(await wireForm(item)) === true;
}

/** What was backed up from IMAP says so itself; anything else has to be read. */
async function wantedOf(item: RestoreItem): Promise<{ readonly size: number; readonly id: string | undefined }> {
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
