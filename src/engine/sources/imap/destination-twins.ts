import type { ImapFlow } from 'imapflow';
import type { RestoreItem } from '../destination.ts';
import { headerBytes, messageId } from './message-id.ts';
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
    const id = await idOf(item);
    const size = item.manifest.sizeBytes;
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

async function hasBytes(client: ImapFlow, uid: number, { content }: RestoreItem): Promise<boolean> {
  if (content === undefined) return false;
  const row = await client.fetchOne(String(uid), { uid: true, source: true }, { uid: true });
  const there = row === false ? undefined : row?.source;
  return there?.equals(await wholeOf(content())) === true;
}

export async function wholeOf(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  return Buffer.concat(parts);
}

/** As kept when it was backed up from IMAP, else from its header. */
async function idOf({ manifest, content }: RestoreItem): Promise<string | undefined> {
  const kept = manifest.metadata['messageId'];
  if (typeof kept === 'string' || content === undefined) return typeof kept === 'string' ? kept : undefined;
  const start: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of content()) {
    start.push(chunk);
    bytes += chunk.length;
    if (bytes >= headerBytes) break;
  }
  return messageId(Buffer.concat(start));
}
