import type { JsonObject, JsonValue } from '../../../shared/domain/json.ts';
import type { States } from './object-collections.ts';

/** What is known of a calendar or an address book since it was last listed; of all address books, where they lie in no list. */
export interface ObjectCursor {
  readonly account: string;
  readonly states: States;
  /** Ids of the collections, where only what lies in them tells that they are there. */
  readonly collections: readonly string[];
  /** When all were listed. */
  readonly listedAtMs: number;
}

export const toCursor = (cursor: ObjectCursor): JsonObject => ({ ...cursor });

/** Undefined for anything that this version did not write. */
export function fromCursor(value: JsonValue | undefined): ObjectCursor | undefined {
  if (!isObject(value)) return undefined;
  const { account, states, collections, listedAtMs } = value;
  if (typeof account !== 'string' || typeof listedAtMs !== 'number' || !isObject(states) || !Array.isArray(collections))
    return undefined;
  if (!Object.values(states).every((one) => typeof one === 'string')) return undefined;
  if (!collections.every((one) => typeof one === 'string')) return undefined;
  return { account, states: states as States, collections, listedAtMs };
}

const isObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
