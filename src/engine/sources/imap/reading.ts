import type { FetchQueryObject } from 'imapflow';
import type { JsonObject } from '../../../shared/domain/json.ts';
import { StrataError } from '../../../shared/domain/strata-error.ts';
import { type RunContext, stopIfCancelled } from '../../kernel/run-context.ts';
import { summarizeMessage } from '../message-summary.ts';
import type { Reading, Sighting, Wanted } from '../source.ts';
import { isDisconnect, isFolderFailure } from './failure.ts';
import { uidOf } from './listing.ts';
import { messageId } from '../message-id.ts';
import type { FetchedMessage } from './fetch-answer.ts';
import { marksOf, marksRevision } from './labels.ts';
import type { ReadOnlyImap } from './read-only-imap.ts';
import { type Batch, isStreamed, planBatches, stepOf } from './batches.ts';
import { toSequenceSet } from './sequence-set.ts';

interface Folder {
  readonly key: string;
  readonly uidValidity: string;
}

/**
 * Fetches one batch ahead of the one that is being taken, so that the server works while the taker does. A batch is in memory
 * before any of it is given out: a slow taker never keeps the server waiting in the middle of an answer.
 */
export async function* readMessages(
  imap: ReadOnlyImap,
  folder: Folder,
  wanted: readonly Wanted[],
  run: RunContext,
): AsyncGenerator<Reading> {
  const batches = planBatches(wanted, imap.pieceBytes);
  let ahead = batches[0] === undefined ? undefined : readBatch(imap, folder, batches[0]);
  for (let at = 0; ahead !== undefined; at++) {
    const answers = await ahead;
    const next = batches[at + 1];
    ahead = next === undefined ? undefined : readBatch(imap, folder, next);
    // It is awaited in the next round, or by nobody when the taker has had enough.
    ahead?.catch(() => undefined);
    for (const reading of answers) {
      stopIfCancelled(run);
      yield reading;
    }
  }
}

/** A folder that cannot be opened any more is a problem of each of its messages. */
async function readBatch(imap: ReadOnlyImap, folder: Folder, batch: Batch): Promise<Reading[]> {
  try {
    return await fetchBatch(imap, folder, batch);
  } catch (error) {
    if (!isFolderFailure(error)) throw error;
    return batch.sightings.map((sighting) => failed(sighting, reasonOf(error)));
  }
}

/** So many messages in a row may take the connection down; then it is not the messages. */
const hangUps = 3;

/**
 * Servers hang up, or refuse the whole command, over a message that they cannot hand out (Dovecot does). What came before it is
 * kept, it alone becomes a problem (the first that was not answered, when that happens to it twice), and the rest is asked for.
 */
async function fetchBatch(imap: ReadOnlyImap, folder: Folder, batch: Batch): Promise<Reading[]> {
  const readings: Reading[] = [];
  let left = batch.sightings;
  let suspect: Sighting | undefined;
  let blamed = 0;
  while (left.length > 0) {
    const uids = toSequenceSet(left.map(({ key }) => uidOf(key)));
    const { messages, failure } = await imap.fetch({
      folder: folder.key,
      uidValidity: folder.uidValidity,
      uids,
      query: queryFor(batch, imap.pieceBytes),
    });
    const silent: Sighting[] = [];
    for (const sighting of left) {
      const reading = answer(imap, folder, sighting, batch.need, messages.get(uidOf(sighting.key)));
      if (reading === undefined) silent.push(sighting);
      else readings.push(reading);
    }
    if (failure === undefined) return [...readings, ...silent.map((sighting) => failed(sighting, noAnswer))];
    if (silent.length < left.length) blamed = 0;
    left = silent;
    const [first] = left;
    if (first === undefined) break;
    if (isDisconnect(failure) && first !== suspect) {
      suspect = first;
      await imap.pause();
      continue;
    }
    blamed += 1;
    if (isDisconnect(failure) && blamed === hangUps) throw failure;
    readings.push(failed(first, reasonOf(failure)));
    left = left.slice(1);
  }
  return readings;
}

function queryFor({ need, sightings }: Batch, pieceBytes: number): FetchQueryObject {
  const always = { uid: true, flags: true, labels: true, internalDate: true, threadId: true };
  if (need === 'metadata') return { ...always, headers: true };
  const isInSteps = isStreamed(sightings[0]?.sizeBytes ?? 0, pieceBytes);
  return { ...always, source: isInSteps ? { start: 0, maxLength: stepOf(pieceBytes) } : true };
}

function answer(
  imap: ReadOnlyImap,
  folder: Folder,
  sighting: Sighting,
  need: Wanted['need'],
  row: FetchedMessage | undefined,
): Reading | undefined {
  const bytes = need === 'content' ? row?.source : row?.headers;
  // A message that is gone may be answered with NIL, which imapflow gives as false.
  if (row?.flags === undefined || !(bytes instanceof Uint8Array)) return undefined;
  const time = row.internalDate instanceof Date ? row.internalDate : undefined;
  const reading = {
    key: sighting.key,
    metadata: messageMetadata(folder, sighting, row, bytes, time),
    summary: summarizeMessage(bytes, time?.getTime()),
    contentRevision: sighting.contentRevision,
    metadataRevision: marksRevision(marksOf(row)),
  };
  if (need === 'metadata') return reading;
  if (!isStreamed(sighting.sizeBytes, imap.pieceBytes))
    return { ...reading, content: { kind: 'bytes', bytes, isGivenAway: true } };
  return { ...reading, content: { kind: 'stream', chunks: inSteps(imap, folder, sighting, bytes) } };
}

function messageMetadata(
  folder: Folder,
  sighting: Sighting,
  row: FetchedMessage,
  bytes: Uint8Array,
  time: Date | undefined,
): JsonObject {
  const id = messageId(bytes);
  return {
    ...marksOf(row),
    internalDate: time?.toISOString() ?? null,
    uid: row.uid,
    uidValidity: folder.uidValidity,
    size: sighting.sizeBytes,
    ...(id === undefined ? {} : { messageId: id }),
    ...(row.emailId === undefined ? {} : { emailId: row.emailId }),
    ...(row.threadId === undefined ? {} : { threadId: row.threadId }),
  };
}

/** The end is a step that comes back short; a server that does not know steps sends everything at once. */
async function* inSteps(imap: ReadOnlyImap, folder: Folder, sighting: Sighting, first: Uint8Array): AsyncGenerator<Uint8Array> {
  let start = 0;
  for (let step = first; step.length > 0; ) {
    yield step;
    start += step.length;
    if (step.length !== stepOf(imap.pieceBytes)) return;
    step = await nextStep(imap, folder, sighting, start);
  }
}

async function nextStep(imap: ReadOnlyImap, folder: Folder, sighting: Sighting, start: number): Promise<Uint8Array> {
  const uid = uidOf(sighting.key);
  const query = { uid: true, source: { start, maxLength: stepOf(imap.pieceBytes) } };
  const request = { folder: folder.key, uidValidity: folder.uidValidity, uids: String(uid), query };
  let reason = noAnswer;
  try {
    const step = (await imap.fetchWhole(request)).messages.get(uid)?.source;
    if (step instanceof Uint8Array) return step;
  } catch (error) {
    // Whether it is the message or the network shows with the next one.
    if (!isDisconnect(error) && !isFolderFailure(error)) throw error;
    reason = reasonOf(error);
  }
  throw new StrataError('item.unreadable', 'later', { item: sighting.name, reason });
}

const reasonOf = (failure: StrataError): string => String(failure.facts['reason'] ?? 'connection lost');

/** Gone meanwhile, or an answer that could not be parsed: the two look the same. */
const noAnswer = 'not answered';

const failed = (sighting: Sighting, reason: string): Reading => ({
  key: sighting.key,
  problem: { code: 'item.unreadable', retry: 'later', facts: { item: sighting.name, reason } },
  metadata: {},
  summary: { title: '' },
  contentRevision: '',
  metadataRevision: '',
});
