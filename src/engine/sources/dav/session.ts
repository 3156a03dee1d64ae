import { canonicalJson, type JsonObject } from '../../../shared/domain/json.ts';
import type { DavSettings } from '../../../shared/domain/source-settings.ts';
import { failureOf, type StrataError } from '../../../shared/domain/strata-error.ts';
import { type RunContext, stopIfCancelled } from '../../kernel/run-context.ts';
import type { CredentialReader } from '../credential.ts';
import { folderPatterns } from '../folder-patterns.ts';
import {
  type FolderOverview,
  type FolderVisit,
  type KnownCursors,
  leftOutBySettings,
  type Reading,
  type Sighting,
  type SourceSession,
  type Wanted,
} from '../source.ts';
import { addressOf } from '../web-address.ts';
import { listCollections, type RemoteCollection } from './collections.ts';
import { WebConnection } from '../web-connection.ts';
import { type DavLimits, davLimits } from './limits.ts';
import { fromCursor } from './cursor.ts';
import { type Account, discover } from './discovery.ts';
import { asSourceFailure, folderUnreadable, isFolderFailure } from '../web-failure.ts';
import { CollectionListing } from './listing.ts';
import { readObjects } from './reading.ts';
import { ReadOnlyDav } from './read-only-dav.ts';
import { type Service, serviceOf } from './service.ts';
import { emptyScan } from '../empty-scan.ts';

export async function openSession(
  settings: DavSettings,
  credential: CredentialReader,
  run: RunContext,
  limits: Partial<DavLimits> = {},
): Promise<SourceSession> {
  const all = { ...davLimits, ...limits };
  const dav = new ReadOnlyDav(new WebConnection(settings, credential, all, run), all);
  const service = serviceOf(settings);
  try {
    const account = await discover(dav, service, addressOf(settings).pathname);
    const abilities = await dav.abilities(account.homes[0] ?? account.only ?? '/');
    return new DavSession(dav, service, account, settings.exclude, abilities);
  } catch (error) {
    dav.close();
    throw asSourceFailure(error, dav.origin);
  }
}

class DavSession implements SourceSession {
  readonly capabilities: readonly string[];
  readonly #dav: ReadOnlyDav;
  readonly #service: Service;
  readonly #account: Account;
  readonly #exclude: readonly string[];
  readonly #visited = new Map<string, RemoteCollection>();
  readonly #isExcluded: ReturnType<typeof folderPatterns>;
  /** Names of those that are there and left out, be it by the last part of their address. */
  readonly #leftOut = new Set<string>();

  constructor(dav: ReadOnlyDav, service: Service, account: Account, exclude: readonly string[], capabilities: readonly string[]) {
    this.#dav = dav;
    this.#service = service;
    this.#account = account;
    this.#exclude = exclude;
    this.#isExcluded = folderPatterns(exclude);
    this.capabilities = capabilities;
  }

  async *walk(known: KnownCursors, run: RunContext): AsyncGenerator<FolderVisit> {
    stopIfCancelled(run);
    const collections = await this.#collections();
    yield { folder: root, parentKey: null, scan: emptyScan() };
    for (const collection of collections) {
      stopIfCancelled(run);
      if (collection.excluded) {
        this.#leftOut.add(collection.name);
        if (known.tellsLeftOut !== true) continue;
      }
      const why = collection.excluded ? { leftOut: leftOutBySettings } : {};
      if (!collection.isTold) {
        yield {
          folder: folderSighting(collection),
          parentKey: '',
          scan: undefined,
          problem: failureOf(untold(collection)),
          ...why,
        };
        continue;
      }
      this.#visited.set(collection.key, collection);
      const cursor = fromCursor(known.cursor(collection.key));
      const scan = new CollectionListing(this.#dav, this.#service, collection, cursor, run);
      yield { folder: folderSighting(collection), parentKey: '', scan, ...why };
    }
  }

  async folders(parentKey: string | null | undefined, run: RunContext): Promise<readonly FolderOverview[]> {
    if (typeof parentKey === 'string') return [];
    const shown: FolderOverview[] = [];
    for (const collection of await this.#collections()) {
      stopIfCancelled(run);
      const { key, name, excluded } = collection;
      shown.push({ key, parentKey: null, name, specialUse: null, items: await this.#count(collection, run), excluded });
    }
    return shown;
  }

  async *read(folderKey: string, wanted: readonly Wanted[], run: RunContext): AsyncGenerator<Reading> {
    const objects: Wanted[] = [];
    for (const item of wanted) {
      if (item.sighting.kind === 'folder') yield this.#readFolder(folderKey, item.sighting);
      else objects.push(item);
    }
    try {
      yield* readObjects(this.#dav, this.#service, objects, run);
    } catch (error) {
      throw asSourceFailure(error, this.#dav.origin);
    }
  }

  leavesOut([name = '']: readonly string[]): boolean {
    return this.#isExcluded([name]) || this.#leftOut.has(name);
  }

  async close(): Promise<void> {
    this.#dav.close();
  }

  #collections(): Promise<RemoteCollection[]> {
    return listCollections(this.#dav, this.#service, this.#account, this.#exclude);
  }

  /** Null: it could not be listed. */
  async #count(collection: RemoteCollection, run: RunContext): Promise<number | null> {
    if (!collection.isTold) return null;
    try {
      let items = 0;
      const listing = new CollectionListing(this.#dav, this.#service, collection, undefined, run);
      for await (const batch of listing.sightings) items += batch.length;
      return items;
    } catch (error) {
      if (!isFolderFailure(error)) throw error;
      return null;
    }
  }

  #readFolder(folderKey: string, { name, contentRevision, metadataRevision }: Sighting): Reading {
    const collection = this.#visited.get(folderKey);
    return {
      key: folderKey,
      metadata: collection === undefined ? {} : folderMetadata(collection),
      summary: { title: name },
      contentRevision,
      metadataRevision,
    };
  }
}

const untold = ({ name }: RemoteCollection): StrataError => folderUnreadable(name, 'a row that does not say what it is');

const root: Sighting = { key: '', name: '', kind: 'folder', contentRevision: '', metadataRevision: '', sizeBytes: 0 };

/** What a restore needs to make the collection again, and what a person may want to know of it. */
const folderMetadata = ({ key, metadata }: RemoteCollection): JsonObject => ({ path: key, ...metadata });

const folderSighting = (collection: RemoteCollection): Sighting => ({
  key: collection.key,
  name: collection.name,
  kind: 'folder',
  contentRevision: '',
  metadataRevision: canonicalJson(folderMetadata(collection)),
  identity: collection.key,
  sizeBytes: 0,
});
