import { canonicalJson, type JsonObject, type JsonValue } from '../../../shared/domain/json.ts';

/** A metadata object as two lists, its names and its values: the names are stored once for all that have the same. */
export function splitMetadata(metadata: JsonObject): { readonly names: string; readonly values: string } {
  const names = Object.keys(metadata)
    .filter((name) => metadata[name] !== undefined)
    .sort();
  return {
    names: JSON.stringify(names),
    values: `[${names.map((name) => canonicalJson(metadata[name] as JsonValue)).join(',')}]`,
  };
}

export function joinMetadata(names: readonly string[], values: string): JsonObject {
  const list = JSON.parse(values) as JsonValue[];
  // From entries, because a name may be `__proto__`.
  return Object.fromEntries(names.map((name, at) => [name, list[at] ?? null]));
}
