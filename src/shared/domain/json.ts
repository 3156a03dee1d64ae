export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: JsonValue;
}

/**
 * The same value always gives the same text: keys are sorted, nothing is indented.
 * Two metadata values are equal exactly when their canonical texts are. What is no JSON, whatever its type claims, is refused.
 */
export function canonicalJson(value: JsonValue): string {
  if (value === null || typeof value !== 'object') return plainText(value);
  let text = '';
  if (Array.isArray(value)) {
    for (const element of value as readonly JsonValue[]) text += `${text === '' ? '' : ','}${canonicalJson(element)}`;
    return `[${text}]`;
  }
  const object = value as JsonObject;
  for (const key of sortedKeys(object))
    text += `${text === '' ? '' : ','}${quoted(key)}:${canonicalJson(object[key] as JsonValue)}`;
  return `{${text}}`;
}

/** In place and by insertion: the sort of the language copies the few names of each of millions of objects twice. */
function sortedKeys(object: JsonObject): readonly string[] {
  const keys = Object.keys(object);
  if (keys.length > mostInserted) return keys.sort();
  for (let at = 1; at < keys.length; at += 1) {
    const key = keys[at] as string;
    let to = at;
    for (; to > 0 && (keys[to - 1] as string) > key; to -= 1) keys[to] = keys[to - 1] as string;
    keys[to] = key;
  }
  return keys;
}

/** Insertion grows with the square of their number. */
const mostInserted = 32;

function plainText(value: boolean | number | string | null): string {
  const text = JSON.stringify(value) as string | undefined;
  if (text === undefined || (typeof value === 'number' && !Number.isFinite(value))) throw new RangeError('not JSON');
  return text;
}

/** The few names of members that come again and again: quoting them took half of the time. */
const quotedNames = new Map<string, string>();

function quoted(name: string): string {
  const known = quotedNames.get(name);
  if (known !== undefined) return known;
  const text = JSON.stringify(name);
  if (quotedNames.size < 1000) quotedNames.set(name, text);
  return text;
}
