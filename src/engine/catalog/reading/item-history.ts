import type { ItemId } from '../../../shared/domain/ids.ts';
import type { Manifest } from '../../../shared/domain/item.ts';
import type { HistoryEntry } from '../shown.ts';
import type { Connection, Statement } from '../sql/connection.ts';
import { FoldersAt, type FolderStatements } from './folders-at.ts';
import type { StoredVersion, Versions } from './versions.ts';

/** When a part had a digest: begins with the transaction that brought it, ends with the first that has it no longer. */
interface DigestInterval {
  readonly validFromMs: number;
  validToMs: number | null;
}

export class ItemHistory {
  readonly #versions: Versions;
  readonly #folders: FolderStatements;
  readonly #folderNumber: Statement<number | null>;

  constructor(connection: Connection, versions: Versions, folders: FolderStatements) {
    this.#versions = versions;
    this.#folders = folders;
    this.#folderNumber = connection.column('SELECT folder FROM versions WHERE id = ?');
  }

  /** All transactions, oldest first. */
  history(item: ItemId): HistoryEntry[] {
    const ids = this.#versions.idsOf(item);
    const transactions = ids.map((id) => this.#versions.stored(id));
    const intervals = digestIntervals(transactions);
    return transactions.map(({ manifest, validToMs, isHidden }, at) => ({
      manifest,
      validToMs,
      change: manifest.change,
      isHidden,
      folderPath: this.#pathWhenItBegan(ids[at] ?? 0, manifest),
      contents: manifest.contents.map(({ part, digest, sizeBytes }) => ({
        part,
        digest,
        sizeBytes,
        validFromMs: intervals[at]?.get(part)?.validFromMs ?? manifest.validFromMs,
        validToMs: intervals[at]?.get(part)?.validToMs ?? null,
      })),
    }));
  }

  #pathWhenItBegan(id: number, manifest: Manifest): string {
    return new FoldersAt(this.#folders, manifest.validFromMs).pathText(this.#folderNumber.get(id) ?? null);
  }
}

/**
 * For each transaction, part → the interval of its digest. A transaction that keeps a digest goes on with the interval of the
 * one before; a digest that comes back later, or after a deletion, begins a new one.
 */
function digestIntervals(transactions: readonly StoredVersion[]): ReadonlyMap<string, DigestInterval>[] {
  let running = new Map<string, { readonly digest: string; readonly interval: DigestInterval }>();
  return transactions.map(({ manifest }) => {
    // A removed version tells no digest, but what kind of change it was: where that left the content alone, the interval goes on.
    if (manifest.removed === true && (manifest.change === 'metadata' || manifest.change === 'moved')) return new Map();
    const now: typeof running = new Map();
    for (const { part, digest } of manifest.contents) {
      const before = running.get(part);
      const interval = before?.digest === digest ? before.interval : { validFromMs: manifest.validFromMs, validToMs: null };
      now.set(part, { digest, interval });
    }
    for (const [part, { interval }] of running)
      if (now.get(part)?.interval !== interval) interval.validToMs = manifest.validFromMs;
    running = now;
    return new Map([...now].map(([part, { interval }]) => [part, interval]));
  });
}
