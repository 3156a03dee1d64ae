import type { JsonObject, JsonValue } from '../../../shared/domain/json.ts';
import { Unintelligible } from '../web-failure.ts';
import type { Dialect } from './object-dialects.ts';
import { objectId } from './objects.ts';
import type { Question, ReadOnlyJmap } from './read-only-jmap.ts';
import { list, said, type Said, text } from './values.ts';

/** A calendar or an address book as the server lists it. */
export interface RemoteCollection {
  readonly id: string;
  /** Unique among those of its kind in the account. */
  readonly name: string;
  readonly metadata: JsonObject;
}

/** By type: from where the server can tell what changed. */
export type States = Readonly<Record<string, string>>;

export interface CollectionList {
  /** Undefined: the server has no list of them. */
  readonly collections: readonly RemoteCollection[] | undefined;
  /** From before anything of them was listed. */
  readonly states: States;
  /** Of the collections themselves; undefined: the server has no list of them. */
  readonly state: string | undefined;
}

/** All in one request. */
export async function listCollections(jmap: ReadOnlyJmap, { collections, types }: Dialect): Promise<CollectionList> {
  const questions: Question[] = types.map(({ type }) => [`${type}/get`, { ids: [] }]);
  const answers = await jmap.ask(
    ...questions,
    ...(collections === undefined ? [] : [[`${collections}/get`, { ids: null }] as const]),
  );
  const states = Object.fromEntries(types.map(({ type }, at) => [type, text(answers[at]?.['state'], 'state')]));
  if (collections === undefined) return { collections, states, state: undefined };
  const answer = answers.at(-1);
  return { collections: arrange(list(answer?.['list'], collections)), states, state: text(answer?.['state'], 'state') };
}

function arrange(rows: readonly unknown[]): readonly RemoteCollection[] {
  const found = rows.map((row) => said(row, 'collection')).map((row) => ({ row, id: objectId(row['id'], 'collection') }));
  if (new Set(found.map(({ id }) => id)).size !== found.length) throw new Unintelligible('a collection twice');
  const shown = found.map(({ row, id }) => {
    const name = row['name'];
    return { row, id, name: typeof name === 'string' && name !== '' && name.length <= longestName ? name.normalize('NFC') : id };
  });
  const isAlone = (name: string): boolean => shown.filter((other) => other.name === name).length === 1;
  return shown
    .map(({ row, id, name }) => ({
      id,
      name: isAlone(name) ? name : `${name} (${id})`,
      metadata: { displayName: name, ...kept(row) },
    }))
    .sort((one, other) => (one.id < other.id ? -1 : 1));
}
const longestName = 255;

/** What the server tells of it, but for what says where it is and who asks. */
const kept = (row: Said): JsonObject =>
  Object.fromEntries(
    Object.entries(row)
      .filter(([name, value]) => keptProperties.has(name) && value !== null && value !== undefined)
      .map(([name, value]): [string, JsonValue] => [name, value as JsonValue])
      .sort(([one], [other]) => (one < other ? -1 : 1)),
  );

const keptProperties: ReadonlySet<string> = new Set([
  ...['description', 'color', 'sortOrder', 'timeZone', 'isSubscribed', 'isVisible', 'isDefault', 'role'],
  ...[
    'includeInAvailability',
    'shareWith',
    'myRights',
    'mayReadItems',
    'mayAddItems',
    'mayModifyItems',
    'mayRemoveItems',
    'mayAdmin',
  ],
]);

/** An address book that the server has no list of: its id is all that is known. */
export const unlisted = (id: string): RemoteCollection => ({ id, name: id, metadata: {} });
