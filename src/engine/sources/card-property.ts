import { type Property, parsedProperty } from './calendar-property.ts';
import type { ContentLine } from './content-lines.ts';
import { decodeBytes, decodeUnlabelled, quotedPrintable } from './encoded-words.ts';

/** A property of a vCard of any version. */
export function cardProperty({ bytes }: ContentLine, version: string): Property {
  const { head, value } = divided(bytes);
  const [name = '', ...written] = partsOf(head);
  const parameters = written.map(namedParameter);
  const parameter = (wanted: string): string | undefined => parameters.find(([key]) => key === wanted)?.[1];
  const isQuoted = /^quoted-printable$/i.test(parameter('ENCODING') ?? '');
  const raw = isQuoted ? quotedPrintable(value) : value;
  const charset = parameter('CHARSET');
  const text = charset === undefined ? decodeUnlabelled(raw) : decodeBytes(raw, charset.toLowerCase());
  const kept = parameters.filter(([key]) => key !== 'CHARSET' && key !== 'ENCODING');
  // Lines inside a value are escaped, as ical.js and the later versions of the format expect them.
  const line = [name.replace(/^[^.]*\./, ''), ...kept.map(([key, one]) => `${key}=${one}`)].join(';');
  return parsedProperty(
    `${line}:${isQuoted ? text.replace(/\r?\n|\r/g, '\\n') : text}`,
    version.startsWith('4') ? 'vcard' : 'vcard3',
  );
}

/** At the first colon that is not between quotation marks. */
function divided(bytes: Buffer): { readonly head: string; readonly value: Buffer } {
  const text = bytes.toString('latin1');
  let isQuoted = false;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '"') isQuoted = !isQuoted;
    else if (text[at] === ':' && !isQuoted) return { head: text.slice(0, at), value: bytes.subarray(at + 1) };
  }
  const at = text.indexOf(':');
  return { head: text.slice(0, Math.max(at, 0)), value: bytes.subarray(at + 1) };
}

const partsOf = (head: string): readonly string[] =>
  decodeUnlabelled(Buffer.from(head, 'latin1')).match(/(?:"[^"]*"|[^;"])+/g) ?? [];

const encodings = /^(?:quoted-printable|base64|b|7bit|8bit)$/i;

/** Version 2.1 leaves the names of parameters away: `TEL;HOME;VOICE:`. */
function namedParameter(part: string): readonly [string, string] {
  const at = part.indexOf('=');
  if (at > 0) return [part.slice(0, at).trim().toUpperCase(), part.slice(at + 1)];
  return encodings.test(part) ? ['ENCODING', part] : ['TYPE', part];
}
