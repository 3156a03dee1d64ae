import { type ContentPart, changes, itemKinds, type Manifest, type Summary } from '../../shared/domain/item.ts';
import { canonicalJson, type JsonObject } from '../../shared/domain/json.ts';
import { newerFormat, type Origin, recordComplaint, requireLimit } from './damage.ts';
import { limits } from './limits.ts';
import {
  anyJson,
  array,
  atLeastOne,
  count,
  digest,
  finite,
  flag,
  id,
  jsonObject,
  nullable,
  object,
  oneOf,
  optional,
  text,
  timeMs,
  yes,
} from './shape.ts';

export const manifestFormat = 1;

const part = object<ContentPart>({ part: text, digest, sizeBytes: count, chunks: array(digest, limits.chunksPerContent) });
const summary = object<Summary>({
  title: text,
  from: optional(text),
  to: optional(text),
  timeMs: optional(finite),
  hasAttachment: optional(flag),
});
const manifestShape = object<Manifest>({
  item: id,
  version: atLeastOne,
  kind: oneOf(itemKinds),
  source: id,
  folder: nullable(id),
  key: text,
  name: text,
  change: oneOf(changes),
  validFromMs: timeMs,
  run: id,
  contentRevision: text,
  metadataRevision: text,
  identity: optional(text),
  sizeBytes: count,
  metadata: jsonObject,
  summary,
  contents: array(part, limits.contentsPerManifest),
  removed: optional(yes),
});
const headShape = object<{ manifests: number; count: number }>({ manifests: anyJson, count });

/**
 * One line of a batch, without its line feed. What could not be read one day is a bug today: the same shape is asked of it that a
 * reader asks, and what is no JSON is not written. docs/format/manifest.md
 */
export function encodeManifest(manifest: Manifest): string {
  const wrong = manifestShape(manifest);
  if (wrong !== undefined) throw new RangeError(`manifest${wrong}`);
  return canonicalLine(manifest);
}

/**
 * The canonical text of a manifest that has its shape, in a third of the time: there are millions of them. Whatever is a number, an
 * id or one of a few words needs no quoting.
 */
function canonicalLine(manifest: Manifest): string {
  const { change, contentRevision, contents, folder, identity, item, key, kind, metadataRevision, name, run } = manifest;
  const shownIdentity = identity === undefined ? '' : `"identity":${quoted(identity)},`;
  return (
    `{"change":"${change}","contentRevision":${quoted(contentRevision)},"contents":[${contents.map(partText).join(',')}],` +
    `"folder":${folder === null ? 'null' : `"${folder}"`},${shownIdentity}"item":"${item}","key":${quoted(key)},"kind":"${kind}",` +
    `"metadata":${canonicalJson(manifest.metadata)},"metadataRevision":${quoted(metadataRevision)},"name":${quoted(name)},` +
    `${manifest.removed === undefined ? '' : '"removed":true,'}"run":"${run}","sizeBytes":${manifest.sizeBytes},"source":"${manifest.source}",` +
    `"summary":${canonicalJson(manifest.summary as unknown as JsonObject)},"validFromMs":${manifest.validFromMs},"version":${manifest.version}}`
  );
}

const quoted = (text: string): string => JSON.stringify(text);

function partText({ part: name, digest: hash, sizeBytes, chunks }: ContentPart): string {
  const ids = chunks.length === 0 ? '' : `"${chunks.join('","')}"`;
  return `{"chunks":[${ids}],"digest":"${hash}","part":${quoted(name)},"sizeBytes":${sizeBytes}}`;
}

/** The plain bytes of a record of manifests. Written line by line: as one text first, they took half as long again. */
export function joinManifests(lines: readonly string[]): Uint8Array<ArrayBuffer> {
  const head = canonicalJson({ manifests: manifestFormat, count: lines.length });
  // A character of a text takes three bytes at most.
  const room = Buffer.from(new ArrayBuffer(lines.reduce((sum, line) => sum + line.length + 1, head.length + 1) * 3));
  let end = 0;
  for (const line of [head, ...lines]) {
    end += room.write(line, end);
    room[end++] = lineFeed;
  }
  return new Uint8Array(room.buffer, room.byteOffset, end);
}

const lineFeed = 10;

export const parseManifests = (plain: Uint8Array, origin: Origin): Manifest[] => [...eachManifest(plain, origin)];

/** One after the other: thousands at once outlive what clears away the short-lived. Throws at the first that is not right. */
export function* eachManifest(plain: Uint8Array, origin: Origin): Generator<Manifest> {
  requireLimit(origin, 'manifests', plain.length, limits.plainBytes);
  const complain = recordComplaint(origin);
  const lines = decodeLines(plain, origin);
  const head = parseLine(lines[0] ?? '', origin);
  const wrong = headShape(head);
  if (wrong !== undefined) throw complain(`head of the manifests${wrong}`);
  const { manifests: format, count: claimed } = head as { manifests: number; count: number };
  if (format !== manifestFormat)
    throw format > manifestFormat ? newerFormat(origin, format) : complain('format of the manifests');
  if (claimed !== lines.length - 1) throw complain('number of manifests');
  for (let index = 0; index < claimed; index += 1) {
    const manifest = parseLine(lines[index + 1] as string, origin);
    const mismatch = manifestShape(manifest);
    if (mismatch !== undefined) throw complain(`manifest ${index}${mismatch}`);
    yield manifest as Manifest;
  }
}

function decodeLines(plain: Uint8Array, origin: Origin): string[] {
  const complain = recordComplaint(origin);
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(plain);
    if (!text.endsWith('\n')) throw complain('last manifest is cut off');
    return text.slice(0, -1).split('\n');
  } catch (error) {
    throw error instanceof TypeError ? complain('manifests are not UTF-8', error) : error;
  }
}

function parseLine(line: string, origin: Origin): unknown {
  try {
    return JSON.parse(line);
  } catch {
    // The parser's message quotes the text, which is a person's; it must not travel as a cause.
    throw recordComplaint(origin)('manifest is not JSON');
  }
}
