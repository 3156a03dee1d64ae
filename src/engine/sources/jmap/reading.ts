import { failureOf, isStrataError, StrataError } from '../../../shared/domain/strata-error.ts';
import { type RunContext, stopIfCancelled } from '../../kernel/run-context.ts';
import { messageId } from '../message-id.ts';
import { summarizeMessage } from '../message-summary.ts';
import type { Reading, Sighting, Wanted } from '../source.ts';
import { type Answer, wholeBody } from '../web-connection.ts';
import { isRefused, Unintelligible } from '../web-failure.ts';
import { type EmailSighting, emailMetadata, getHeaders } from './emails.ts';
import { inOrder } from './reading-ahead.ts';
import type { ReadOnlyJmap } from './read-only-jmap.ts';

/** Several at a time, given out in order. */
export async function* readEmails(jmap: ReadOnlyJmap, wanted: readonly Wanted[], run: RunContext): AsyncGenerator<Reading> {
  const content = wanted.filter(({ need }) => need === 'content').map(({ sighting }) => sighting as EmailSighting);
  const metadata = wanted.filter(({ need }) => need === 'metadata').map(({ sighting }) => sighting as EmailSighting);
  yield* readAhead(jmap, content, run, (email) => readContent(jmap, email));
  for (let at = 0; at < metadata.length; at += jmap.objects) {
    stopIfCancelled(run);
    const emails = metadata.slice(at, at + jmap.objects);
    const headers = await headersOf(jmap, emails);
    yield* readAhead(jmap, emails, run, (email) => readMetadata(jmap, email, headers.get(email.key)));
  }
}

const readAhead = (
  jmap: ReadOnlyJmap,
  emails: readonly EmailSighting[],
  run: RunContext,
  read: (email: EmailSighting) => Promise<Reading>,
): AsyncGenerator<Reading> => inOrder(emails, jmap.limits.parallel, run, (email) => orProblem(email, read));

async function orProblem(email: EmailSighting, read: (email: EmailSighting) => Promise<Reading>): Promise<Reading> {
  try {
    return await read(email);
  } catch (error) {
    const failure = asItemFailure(error, email.name);
    if (failure === undefined) throw error;
    const { key } = email;
    return { key, problem: failureOf(failure), metadata: {}, summary: { title: '' }, contentRevision: '', metadataRevision: '' };
  }
}

async function readContent(jmap: ReadOnlyJmap, email: EmailSighting): Promise<Reading> {
  if (email.sizeBytes > jmap.limits.streamAbove) return readLarge(jmap, email);
  const bytes = await wholeMessage(jmap, email);
  return { ...described(email, bytes), content: { kind: 'bytes', bytes } };
}

/** What describes it lies at its beginning; the rest is fetched when it is taken, on a request of its own. */
async function readLarge(jmap: ReadOnlyJmap, email: EmailSighting): Promise<Reading> {
  const beginning = await beginningOf(await jmap.download(email.blobId));
  return { ...described(email, beginning), content: { kind: 'stream', chunks: inPieces(jmap, email) } };
}

async function* inPieces(jmap: ReadOnlyJmap, email: EmailSighting): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  try {
    for await (const piece of (await jmap.download(email.blobId)).body) {
      bytes += piece.length;
      if (bytes > email.sizeBytes) break;
      yield piece;
    }
  } catch (error) {
    // Whether it is the message or the network shows with the next one.
    const isLost = isStrataError(error) && ['source.disconnected', 'source.timed-out'].includes(error.code);
    throw asItemFailure(error, email.name) ?? (isLost ? unreadable(email.name, 'connection lost', error) : error);
  }
  if (bytes !== email.sizeBytes) throw unreadable(email.name, wrongSize(email, bytes));
}

async function readMetadata(jmap: ReadOnlyJmap, email: EmailSighting, headers: Uint8Array | undefined): Promise<Reading> {
  return described(email, headers ?? (await beginningOf(await jmap.download(email.blobId))));
}

/**
 * Where a header holds what is no UTF-8 a server cannot say it in JSON, and some leave it out then: a message that seems to lack what most
 * have is not among them, and is described by its bytes.
 */
async function headersOf(jmap: ReadOnlyJmap, emails: readonly EmailSighting[]): Promise<ReadonlyMap<string, Uint8Array>> {
  const keys = emails.map(({ key }) => key);
  try {
    const found = await getHeaders(jmap, keys);
    return new Map([...found].filter(([, bytes]) => isWhole(Buffer.from(bytes).toString('utf8'))));
  } catch (error) {
    if (isRefused(error) || error instanceof Unintelligible) return new Map();
    throw error;
  }
}

const usual = ['subject', 'from', 'to', 'date', 'message-id', 'content-type'];
const isWhole = (headers: string): boolean =>
  !headers.includes('\ufffd') && usual.every((name) => new RegExp(`^${name}:`, 'im').test(headers));

function described(email: EmailSighting, bytes: Uint8Array): Reading {
  const { key, contentRevision, metadataRevision, timeMs } = email;
  const found = messageId(bytes);
  return {
    key,
    metadata: { ...emailMetadata(email), ...(found === undefined ? {} : { messageId: found }) },
    summary: summarizeMessage(bytes, timeMs),
    contentRevision,
    metadataRevision,
  };
}

async function wholeMessage(jmap: ReadOnlyJmap, email: EmailSighting): Promise<Uint8Array> {
  const bytes = await wholeBody(await jmap.download(email.blobId), email.sizeBytes);
  if (bytes?.length === email.sizeBytes) return bytes;
  throw unreadable(email.name, wrongSize(email, bytes?.length ?? email.sizeBytes + 1));
}

/** Real header blocks are below this. */
const beginningBytes = 256 * 1024;

async function beginningOf({ body }: Answer): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of body) {
    parts.push(piece);
    bytes += piece.length;
    if (bytes >= beginningBytes) break;
  }
  return Buffer.concat(parts).subarray(0, beginningBytes);
}

const wrongSize = ({ sizeBytes }: Sighting, bytes: number): string =>
  bytes < sizeBytes ? `${bytes} of ${sizeBytes} bytes` : `more than ${sizeBytes} bytes`;

const unreadable = (item: string, reason: string, cause?: unknown): StrataError =>
  new StrataError('item.unreadable', 'later', { item, reason }, { cause });

/** Undefined: it concerns more than the one message. */
function asItemFailure(error: unknown, item: string): StrataError | undefined {
  if (isStrataError(error)) return error.code === 'item.unreadable' ? error : undefined;
  if (!isRefused(error) && !(error instanceof Unintelligible)) return undefined;
  return unreadable(item, error.message, error);
}
