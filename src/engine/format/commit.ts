import type { ArchiveChoice } from '../../shared/domain/archive.ts';
import { choosableKinds } from '../../shared/domain/choice.ts';
import type {
  Commit,
  CommitDraft,
  CommitOrigin,
  CommitWriter,
  JobDescription,
  PackSummary,
  SourceCursors,
  SourceDescription,
} from '../../shared/domain/commit.ts';
import { commitKinds } from '../../shared/domain/commit.ts';
import type { CommitId, PackId, StorageId } from '../../shared/domain/ids.ts';
import { canonicalJson, type JsonValue } from '../../shared/domain/json.ts';
import type { RunCounts } from '../../shared/domain/run.ts';
import { sourceKinds } from '../../shared/domain/source-settings.ts';
import { ByteReader } from './byte-reader.ts';
import { ByteWriter } from './byte-writer.ts';
import { fileComplaint, newerFormat, type Origin, requireLimit } from './damage.ts';
import { fromHex, toHex } from './hex.ts';
import { limits } from './limits.ts';
import { actShapes } from './commit-acts.ts';
import { commitMagic } from './magic.ts';
import {
  anyJson,
  array,
  atLeastOne,
  count,
  digest,
  id,
  jsonObject,
  nullable,
  object,
  oneOf,
  optional,
  record,
  type Shape,
  text,
  timeMs,
} from './shape.ts';

export const commitFormat = 1;
export const commitHeadBytes = 112;
const macBytes = 32;
const tagBytes = 16;

/** What anybody can read of a commit; associated data of the sealed rest. docs/format/commit.md */
export interface CommitHead {
  readonly epoch: number;
  readonly storage: StorageId;
  /** 1, 2, 3 … */
  readonly sequence: number;
  /** SHA-256 of the previous commit's file; null for the first. */
  readonly previous: CommitId | null;
  /** 32 random bytes, drawn anew for every commit: its key comes from them. */
  readonly salt: Uint8Array;
  /** Body and tag. */
  readonly sealedLength: number;
}

export interface ParsedCommit extends CommitHead {
  readonly head: Uint8Array;
  readonly sealed: Uint8Array;
  /** What `mac` authenticates: head and sealed. */
  readonly authenticated: Uint8Array;
  readonly mac: Uint8Array;
}

/** A record of manifests that became true by the commit. */
export interface ManifestRoot {
  readonly pack: PackId;
  readonly record: number;
  readonly count: number;
}

/** What is sealed: the draft and what the storage adds. Order, storage and predecessor are in the readable head. */
export interface CommitPayload extends CommitDraft {
  readonly appVersion: string;
  readonly packs: readonly PackSummary[];
  readonly writer?: CommitWriter;
  /** In the order in which manifests were added. */
  readonly manifests: readonly ManifestRoot[];
}

export function encodeCommitHead(head: CommitHead): Uint8Array {
  const previous = head.previous === null ? new Uint8Array(32) : fromHex(head.previous, 32);
  if (previous === undefined || head.salt.length !== 32 || head.sequence < 1) throw new RangeError('commit head');
  return new ByteWriter(commitHeadBytes)
    .put(commitMagic)
    .u16(commitFormat)
    .u16(0)
    .u32(head.epoch)
    .ascii(head.storage, 20)
    .u64(head.sequence)
    .put(previous)
    .put(head.salt)
    .u32(head.sealedLength)
    .done();
}

/** The file. Its SHA-256 is the commit's id. */
export function joinCommit(head: Uint8Array, sealed: Uint8Array, mac: Uint8Array): Uint8Array {
  return new ByteWriter(head.length + sealed.length + macBytes).put(head).put(sealed).put(mac).done();
}

/** The caller checks `mac` before it believes anything, and opens `sealed` with `head`. */
export function parseCommit(bytes: Uint8Array, origin: Origin): ParsedCommit {
  requireLimit(origin, 'size', bytes.length, limits.commitBytes);
  const complain = fileComplaint(origin);
  const reader = new ByteReader(bytes, complain);
  reader.magic(commitMagic, 'magic');
  const format = reader.u16('format');
  if (format > commitFormat) throw newerFormat(origin, format);
  if (format === 0) throw complain('format');
  reader.zeros(2, 'reserved field');
  const epoch = reader.u32('epoch');
  const storage = reader.ascii(20, 'storage') as StorageId;
  const sequence = reader.u64('sequence');
  const previousBytes = reader.take(32, 'previous commit');
  const salt = reader.take(32, 'salt');
  const sealedLength = reader.u32('length');
  if (epoch === 0 || sequence === 0 || !/^[0-9a-z]{20}$/.test(storage)) throw complain('head');
  const previous = previousBytes.every((byte) => byte === 0) ? null : (toHex(previousBytes) as CommitId);
  if ((previous === null) !== (sequence === 1)) throw complain('predecessor does not fit the sequence');
  if (sealedLength < tagBytes || sealedLength + macBytes !== reader.left) throw complain('length');
  const head = bytes.subarray(0, reader.at);
  const sealed = reader.take(sealedLength, 'payload');
  const authenticated = bytes.subarray(0, reader.at);
  const mac = reader.take(macBytes, 'mac');
  return { epoch, storage, sequence, previous, salt, sealedLength, head, sealed, authenticated, mac };
}

const counts: Shape = object<RunCounts>({
  seen: count,
  new: count,
  changed: count,
  metadataOnly: count,
  moved: count,
  unchanged: count,
  vanished: count,
  failed: count,
});
const packSummary = object<PackSummary>({ id: digest, sizeBytes: count });
const many = 1_000_000;
const only = optional(
  object<ArchiveChoice>({
    sources: nullable(array(id, many)),
    kinds: nullable(array(oneOf(choosableKinds), choosableKinds.length)),
  }),
);
const payloadShape = object<CommitPayload & { commit: number }>({
  commit: anyJson,
  kind: oneOf(commitKinds),
  run: id,
  job: nullable(object<JobDescription>({ id, name: text })),
  atMs: timeMs,
  // Settings belong to the source's kind and grow with it; whoever uses them checks them.
  sources: array(object<SourceDescription>({ id, name: text, settings: jsonObject }), many),
  completeSources: array(id, many),
  cursors: array(object<SourceCursors>({ source: id, folders: record(anyJson) }), many),
  counts,
  appVersion: text,
  packs: array(packSummary, many),
  manifests: array(object<ManifestRoot>({ pack: digest, record: count, count: atLeastOne }), many),
  writer: optional(object<CommitWriter>({ installation: text, host: text, sinceMs: timeMs })),
  origin: optional(object<CommitOrigin>({ storage: id, sequence: atLeastOne, id: digest, only })),
  ...actShapes,
});

/** The payload's plain bytes: canonical JSON. The storage compresses them into a body and seals it. */
export function encodeCommitPayload(payload: CommitPayload): Uint8Array {
  const line = canonicalJson({ ...payload, commit: commitFormat } as unknown as JsonValue);
  const wrong = payloadShape(JSON.parse(line));
  if (wrong !== undefined) throw new RangeError(`commit${wrong}`);
  return new TextEncoder().encode(line);
}

export function parseCommitPayload(plain: Uint8Array, origin: Origin): CommitPayload {
  const complain = fileComplaint(origin);
  const { commit: format, ...payload } = parseObject(plain, origin);
  if (typeof format === 'number' && format > commitFormat) throw newerFormat(origin, format);
  const wrong = payloadShape({ ...payload, commit: format });
  // A kind that this program does not know was written by a newer one: the reserved kinds of commits and later sources.
  if (wrong === '.kind') throw newerFormat(origin, commitFormat);
  if (wrong !== undefined || format !== commitFormat) throw complain(`commit${wrong ?? ''}`);
  const known = payload as unknown as CommitPayload;
  if (known.sources.some((source) => !sourceKinds.includes(source.settings.kind))) throw newerFormat(origin, commitFormat);
  return known;
}

/** The domain's commit, of what was read of its file. */
export function commitOf(head: CommitHead, { manifests: _, ...payload }: CommitPayload, id: CommitId): Commit {
  return { ...payload, id, storage: head.storage, sequence: head.sequence, previous: head.previous };
}

function parseObject(plain: Uint8Array, origin: Origin): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(plain));
    if (jsonObject(value) === undefined) return value as Record<string, unknown>;
  } catch {
    // The parser's message quotes the text, which may name a person's folders; it must not travel as a cause.
  }
  throw fileComplaint(origin)('payload is not JSON');
}
