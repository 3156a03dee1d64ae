import type { JsonObject } from '../../../shared/domain/json.ts';
import type { FolderScan, Sighting } from '../source.ts';
import { asFolderFailure } from '../web-failure.ts';
import { isFresh } from './cursor.ts';
import type { ObjectsOfAccount } from './object-changes.ts';
import type { RemoteCollection } from './object-collections.ts';
import { type ObjectCursor, toCursor } from './object-cursor.ts';
import type { Dialect } from './object-dialects.ts';
import { revisionAt } from './object-reading.ts';
import type { ObjectSighting } from './object-sighting.ts';
import { keyOf, type RemoteObject } from './objects.ts';
import type { Going } from './place.ts';
import type { ReadOnlyJmap } from './read-only-jmap.ts';

export interface ListedCollection {
  readonly collection: RemoteCollection;
  readonly dialect: Dialect;
  readonly objects: ObjectsOfAccount;
  readonly known: ObjectCursor | undefined;
}

/** What changed where the server can say so, otherwise everything. */
export class ObjectListing implements FolderScan {
  readonly #jmap: ReadOnlyJmap;
  readonly #listed: ListedCollection;
  readonly #run: Going;
  #completeness: 'full' | 'changes' = 'full';
  #vanished: readonly string[] = [];
  #cursor: ObjectCursor | undefined;
  readonly sightings: AsyncIterable<readonly Sighting[]>;

  constructor(jmap: ReadOnlyJmap, listed: ListedCollection, run: Going) {
    this.#jmap = jmap;
    this.#listed = listed;
    this.#run = run;
    this.sightings = this.#list();
  }

  get completeness(): 'full' | 'changes' {
    return this.#completeness;
  }

  vanished(): readonly string[] {
    return this.#vanished;
  }

  cursor(): JsonObject | undefined {
    return this.#cursor && toCursor(this.#cursor);
  }

  async *#list(): AsyncGenerator<readonly Sighting[]> {
    try {
      const changed = await this.#changed();
      if (changed !== undefined) this.#completeness = 'changes';
      yield changed ?? (await this.#all());
    } catch (error) {
      throw asFolderFailure(error, this.#listed.collection.name);
    }
  }

  async #changed(): Promise<readonly Sighting[] | undefined> {
    const { known, objects, dialect } = this.#listed;
    const { id: account } = this.#jmap.account;
    if (known === undefined || known.account !== account || !isFresh(known, this.#run.clock.nowMs())) return undefined;
    const told = await objects.since(known.states);
    const here = told && keyed(this.#lyingHere(told.rows), dialect);
    // Two of one name: by their names it cannot be told which of them went.
    if (told === undefined || here === undefined || here.hasTwins) return undefined;
    const sightings = await this.#sight(here.rows);
    this.#vanished = [...told.touched].filter((key) => !here.rows.has(key));
    this.#cursor = { ...known, states: told.states };
    return sightings;
  }

  async #all(): Promise<readonly Sighting[]> {
    const { objects, dialect } = this.#listed;
    const listedAtMs = this.#run.clock.nowMs();
    const { rows, hasTwins } = keyed(this.#lyingHere(await objects.all()), dialect);
    const sightings = await this.#sight(rows);
    if (!hasTwins) this.#cursor = { account: this.#jmap.account.id, states: objects.now, collections: [], listedAtMs };
    return sightings;
  }

  #lyingHere(rows: readonly RemoteObject[]): readonly RemoteObject[] {
    return rows.filter(({ collections }) => collections.has(this.#listed.collection.id));
  }

  async #sight(rows: ReadonlyMap<string, RemoteObject>): Promise<Sighting[]> {
    const sightings: Sighting[] = [];
    for (const [key, { blobId, address, size }] of rows) {
      const sighting: ObjectSighting = {
        ...{ key, name: key, kind: this.#listed.dialect.kind, metadataRevision: '', sizeBytes: size ?? 0 },
        // What an id of a blob names never changes (RFC 8620, section 6). Its size stands guard over servers that use one again.
        contentRevision: blobId === undefined ? '' : `${blobId}:${size ?? ''}`,
        ...(blobId === undefined ? {} : { blobId }),
        ...(blobId !== undefined || address === undefined ? {} : { address }),
      };
      // It says nothing of itself: its bytes have to.
      const revision = blobId === undefined ? await revisionAt(this.#jmap, sighting, this.#run) : {};
      sightings.push({ ...sighting, ...revision });
    }
    return sightings;
  }
}

/** Where two in one collection have one id, which the standards forbid and servers let happen, what names their bytes tells them apart. */
function keyed(rows: readonly RemoteObject[], dialect: Dialect) {
  const times = new Map<string, number>();
  for (const row of rows) times.set(keyOf(row, dialect), (times.get(keyOf(row, dialect)) ?? 0) + 1);
  const found = new Map<string, RemoteObject>();
  for (const row of rows) {
    const key = keyOf(row, dialect);
    found.set(times.get(key) === 1 ? key : `${key} (${row.blobId ?? row.address ?? ''})`, row);
  }
  return { rows: found, hasTwins: [...times.values()].some((many) => many > 1) };
}
