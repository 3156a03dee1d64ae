import { Unintelligible } from '../web-failure.ts';
import type { Dialect, ObjectType } from './object-dialects.ts';
import type { ReadOnlyJmap } from './read-only-jmap.ts';
import { count, id, isHalf, list, names, said, text } from './values.ts';

/** An event or a contact as the server lists it. */
export interface RemoteObject {
  readonly id: string;
  readonly type: ObjectType['type'];
  readonly collections: ReadonlySet<string>;
  /** What can be downloaded: its bytes, for ever the same under one id. */
  readonly blobId: string | undefined;
  /** Where it lies, if there is no blob of it. */
  readonly address: string | undefined;
  /** Undefined: the server does not say. */
  readonly size: number | undefined;
}

/** Of one type; `null`: all. What the server does not find is not in the answer. One id may stand for several (Cyrus names by UID). */
export async function getObjects(
  jmap: ReadOnlyJmap,
  type: ObjectType,
  wanted: readonly string[] | null,
): Promise<{ readonly rows: readonly RemoteObject[]; readonly state: string }> {
  const properties = ['id', type.liesIn, ...[type.blob, type.size, type.address].filter((one) => one !== undefined)];
  const [answer] = await jmap.ask([`${type.type}/get`, { ids: wanted, properties }]);
  const rows = list(answer?.['list'], type.type).map((row) => asObject(row, type));
  const isWanted = wanted === null ? undefined : new Set(wanted);
  return {
    rows: rows.filter((row) => isWanted === undefined || isWanted.has(row.id)),
    state: text(answer?.['state'], 'state'),
  };
}

/** Ids in pieces that one question has room for. */
export function* inQuestions(jmap: ReadOnlyJmap, ids: Iterable<string>): Generator<readonly string[]> {
  let piece: string[] = [];
  let bytes = 0;
  for (const one of ids) {
    const length = Buffer.byteLength(JSON.stringify(one)) + 1;
    if (piece.length > 0 && (piece.length === jmap.objects || bytes + length > jmap.session.mostBytes - roomForRest)) {
      yield piece;
      [piece, bytes] = [[], 0];
    }
    piece.push(one);
    bytes += length;
  }
  if (piece.length > 0) yield piece;
}
const roomForRest = 1024;

function asObject(value: unknown, { type, liesIn, blob, size, address }: ObjectType): RemoteObject {
  const row = said(value, type);
  const lies = row[liesIn];
  const blobId = blob === undefined ? undefined : row[blob];
  const told = size === undefined ? undefined : row[size];
  const place = address === undefined ? undefined : row[address];
  return {
    id: objectId(row['id'], type),
    type,
    collections: new Set((typeof lies === 'string' ? [lies] : names(lies, liesIn)).map((one) => objectId(one, liesIn))),
    blobId: blobId === undefined || blobId === null ? undefined : id(blobId, 'blob'),
    address: place === undefined ? undefined : text(place, 'address'),
    size: told === undefined || told === null ? undefined : count(told, 'size'),
  };
}

/** Cyrus takes the UID of an event or contact for its id, and the name of a collection, whatever that is; they are no paths anywhere. */
export function objectId(value: unknown, what: string): string {
  const known = text(value, what);
  if (known === '' || known.length > 4096 || isHalf(known) || known.includes('\0')) throw new Unintelligible(`no id: ${what}`);
  return known;
}

/** Unique in the collection as far as ids are. */
export const keyOf = ({ id: own, type }: Pick<RemoteObject, 'id' | 'type'>, { types }: Dialect): string =>
  type === types[0].type ? own : `${type} ${own}`;
