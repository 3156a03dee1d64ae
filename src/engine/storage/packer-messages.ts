import type { ChunkId, ContentDigest } from '../../shared/domain/ids.ts';
import type { JsonObject } from '../../shared/domain/json.ts';
import type { Failure } from '../../shared/domain/strata-error.ts';
import type { ChunkerParameters } from '../format/index.ts';
import type { Content } from '../kernel/content.ts';
import type { SealedPack } from './pack-writer.ts';
import type { PackSizes } from './pack-sizes.ts';
import type { StoredContent } from './storage.ts';

/** What a packing thread is given when it starts. The secret stays in this process. */
export interface PackerStart {
  readonly place: JsonObject;
  readonly secret: string;
  readonly chunking: ChunkerParameters;
  readonly sizes: PackSizes;
  readonly known: SharedArrayBuffer;
}

/** Streams stay in the thread that reads them. */
export type PortableContent = Exclude<Content, { kind: 'stream' }>;

export interface StoreRequest {
  readonly number: number;
  readonly content: PortableContent;
  readonly group: string;
}

/**
 * Requests as one list of plain values: copying an object into another thread costs ten times as much as the values in it.
 * Five for bytes (number, group, the bytes, 0, 0), five for a file (number, group, path, size, and time and inode in one text).
 */
export type WireRequests = readonly (number | string | Uint8Array)[];

const valuesPerRequest = 5;

export function requestsToWire(requests: readonly StoreRequest[]): WireRequests {
  return requests.flatMap(({ number, group, content }) =>
    content.kind === 'bytes'
      ? [number, group, content.bytes, 0, 0]
      : [number, group, content.path, content.sizeBytes, `${content.modifyNs} ${content.inode}`],
  );
}

export function requestsFromWire(wire: WireRequests): StoreRequest[] {
  return Array.from({ length: wire.length / valuesPerRequest }, (_, index) => {
    const [number, group, what, size, token] = wire.slice(index * valuesPerRequest, (index + 1) * valuesPerRequest);
    const [modifyNs = '0', inode = '0'] = String(token).split(' ');
    const content: PortableContent =
      what instanceof Uint8Array
        ? { kind: 'bytes', bytes: what }
        : { kind: 'file', path: String(what), sizeBytes: Number(size), modifyNs: BigInt(modifyNs), inode: BigInt(inode) };
    return { number: Number(number), group: String(group), content };
  });
}

/** Answers likewise, four values each: number, digest, size, and the chunks in one text, empty where the digest is the only one. */
export type WireAnswers = readonly (number | string)[];

const valuesPerAnswer = 4;

export function answersToWire(answers: readonly { readonly number: number; readonly stored: StoredContent }[]): WireAnswers {
  return answers.flatMap(({ number, stored: { digest, sizeBytes, chunks } }) => [
    number,
    digest,
    sizeBytes,
    chunks.length === 1 ? '' : chunks.join(' '),
  ]);
}

export function answersFromWire(wire: WireAnswers): { readonly number: number; readonly stored: StoredContent }[] {
  return Array.from({ length: wire.length / valuesPerAnswer }, (_, index) => {
    const [number, digest, size, chunks] = wire.slice(index * valuesPerAnswer, (index + 1) * valuesPerAnswer);
    return { number: Number(number), stored: storedOf(String(digest), Number(size), String(chunks)) };
  });
}

function storedOf(digest: string, sizeBytes: number, chunks: string): StoredContent {
  const ids = sizeBytes === 0 ? [] : chunks === '' ? [digest] : chunks.split(' ');
  return { digest: digest as ContentDigest, sizeBytes, chunks: ids as ChunkId[] };
}

export type ToPacker =
  | { readonly type: 'store'; readonly requests: WireRequests }
  | { readonly type: 'flush' }
  /** A new table in place of the old one. */
  | { readonly type: 'meet'; readonly known: SharedArrayBuffer }
  /** The end: what is unfinished goes, and the thread with it. */
  | { readonly type: 'leave' };

export type FromPacker =
  | { readonly type: 'stored'; readonly answers: WireAnswers; readonly storedBytes: number }
  /** Concerns this item alone. */
  | { readonly type: 'refused'; readonly number: number; readonly failure: Failure }
  /** Everything before the flush is durable in these packs. */
  | { readonly type: 'flushed'; readonly packs: readonly SealedPack[]; readonly storedBytes: number }
  /** Nothing can be committed any more. `failure` undefined: a bug, whose name is in `bug`. */
  | { readonly type: 'broken'; readonly failure: Failure | undefined; readonly bug: string };
