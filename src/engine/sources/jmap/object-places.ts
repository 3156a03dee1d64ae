import type { JsonValue } from '../../../shared/domain/json.ts';
import { failureOf } from '../../../shared/domain/strata-error.ts';
import { emptyScan } from '../empty-scan.ts';
import { asFolderFailure, isFolderFailure } from '../web-failure.ts';
import { isFresh } from './cursor.ts';
import { ObjectsOfAccount } from './object-changes.ts';
import { listCollections, type RemoteCollection, unlisted } from './object-collections.ts';
import { fromCursor, type ObjectCursor, toCursor } from './object-cursor.ts';
import { type Dialect, dialectsOf } from './object-dialects.ts';
import { ObjectListing } from './object-listing.ts';
import { readObjects } from './object-reading.ts';
import { type Above, apart, type Going, holder, type Place } from './place.ts';
import type { ReadOnlyJmap } from './read-only-jmap.ts';

/** What was said of a folder at its last commit. */
export type Remembered = (key: string) => JsonValue | undefined;

/** Where they go; `beside`: what lies there already; `skips`: of what nobody wants nothing is asked. */
export interface Where {
  readonly above: Above;
  readonly beside: readonly Place[];
  readonly skips: Skips;
}

export type Skips = (path: readonly string[]) => boolean;

/** The calendars and the address books of an account, each kind in a folder of its own. */
export async function objectPlaces(
  jmap: ReadOnlyJmap,
  where: Where,
  remembered: Remembered,
  run: Going,
): Promise<readonly Place[]> {
  const places: Place[] = [];
  for (const dialect of dialectsOf(jmap.account.offers))
    places.push(...(await placesOfDialect(jmap, dialect, where, remembered, run)));
  return places;
}

/** What cannot be listed is unreadable, and the account's other folders are read. */
export async function placesOfDialect(
  jmap: ReadOnlyJmap,
  dialect: Dialect,
  { above, beside, skips }: Where,
  remembered: Remembered,
  run: Going,
): Promise<readonly Place[]> {
  const name = apart(dialect.name, 'JMAP', beside, above.key);
  const own = { key: keyOf(above, dialect), parentKey: above.key, path: [...above.path, name], isShared: jmap.account.isShared };
  if (skips(own.path)) return [];
  try {
    return await placesIn(jmap.using(dialect.capabilities), dialect, own, remembered(own.key), run);
  } catch (error) {
    const failure = asFolderFailure(error, name);
    if (!isFolderFailure(failure)) throw error;
    return [holder({ ...own, problem: failureOf(failure) })];
  }
}

/** No id of a mailbox begins so. */
const keyOf = ({ prefix }: Above, { kind }: Dialect): string => `${prefix}:${kind === 'event' ? 'calendars' : 'contacts'}`;

type Own = Pick<Place, 'key' | 'parentKey' | 'path' | 'isShared'>;

async function placesIn(
  jmap: ReadOnlyJmap,
  dialect: Dialect,
  own: Own,
  cursor: JsonValue | undefined,
  run: Going,
): Promise<readonly Place[]> {
  const { collections: listed, states } = await listCollections(jmap, dialect);
  const objects = new ObjectsOfAccount(jmap, dialect, states, run);
  const found =
    listed === undefined
      ? await booksOf(jmap, objects, fromCursor(cursor), run)
      : { collections: listed, scan: () => emptyScan() };
  const knows = (known: JsonValue | undefined): boolean => fromCursor(known) !== undefined;
  const placeOf = (collection: RemoteCollection): Place => ({
    key: `${own.key}:${encodeURIComponent(collection.id)}`,
    parentKey: own.key,
    path: [...own.path, collection.name],
    metadata: collection.metadata,
    specialUse: null,
    isShared: own.isShared,
    count: async () => (await objects.all()).filter((one) => one.collections.has(collection.id)).length,
    knows,
    scan: (known) => new ObjectListing(jmap, { collection, dialect, objects, known: fromCursor(known) }, run),
    read: (wanted, reading) => readObjects(jmap, wanted, reading),
  });
  return [holder({ ...own, scan: found.scan }), ...found.collections.map(placeOf)];
}

/** Address books of which there is no list: those that contacts lie in. One that became empty is seen to be so when all are listed again. */
async function booksOf(jmap: ReadOnlyJmap, objects: ObjectsOfAccount, known: ObjectCursor | undefined, run: Going) {
  const nowMs = run.clock.nowMs();
  const isOurs = known?.account === jmap.account.id && isFresh(known, nowMs);
  const changes = isOurs ? await objects.since(known.states) : undefined;
  const rows = changes?.rows ?? (await objects.all());
  const ids = new Set([
    ...(changes === undefined || known === undefined ? [] : known.collections),
    ...rows.flatMap((row) => [...row.collections]),
  ]);
  const collections = [...ids].sort();
  const cursor = toCursor({
    account: jmap.account.id,
    states: changes?.states ?? objects.now,
    collections,
    listedAtMs: changes === undefined || known === undefined ? nowMs : known.listedAtMs,
  });
  return { collections: collections.map(unlisted), scan: () => emptyScan('full', cursor) };
}
