import type { FetchMessageObject, FetchQueryObject } from 'imapflow';
import type { JsonObject } from '../../../shared/domain/json.ts';
import { isStrataError, StrataError } from '../../../shared/domain/strata-error.ts';
import { type RunContext, stopIfCancelled } from '../../kernel/run-context.ts';
import { summarizeMessage } from '../message-summary.ts';
import type { Reading, Sighting, Wanted } from '../source.ts';
import { flagsRevision, sortFlags } from './flags.ts';
import { uidOf } from './listing.ts';
import { messageId } from './message-id.ts';
import type { ReadOnlyImap } from './read-only-imap.ts';
import { type Batch, planBatches, streamAbove } from './batches.ts';
import { toSequenceSet } from './sequence-set.ts';

/** One step of a streamed message: a round trip each, and what the memory holds of it. */
const stepBytes = 1024 * 1024;

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
  const closed = await closedFolder(imap, folder);
  if (closed !== undefined) {
    for (const { sighting } of wanted) yield failed(sighting, closed);
    return;
  }
  const batches = planBatches(wanted);
  let ahead = batches[0] === undefined ? undefined : fetchBatch(imap, folder, batches[0]);
  for (let at = 0; ahead !== undefined; at++) {
    const answers = await ahead;
    const next = batches[at + 1];
    ahead = next === undefined ? undefined : fetchBatch(imap, folder, next);
    // It is awaited in the next round, or by nobody when the taker has had enough.
    ahead?.catch(() => undefined);
    for (const reading of answers) {
      stopIfCancelled(run);
      yield reading;
    }
  }
}

/** Why nothing in the folder can be read now; undefined when it can. */
async function closedFolder(imap: ReadOnlyImap, folder: Folder): Promise<string | undefined> {
  try {
    await imap.open(folder.key, folder.uidValidity);
    return undefined;
  } catch (error) {
    return reasonOf(error);
  }
}

/** Of what concerns the folder or a message; anything else goes on up. */
function reasonOf(error: unknown): string {
  if (!isStrataError(error) || error.code !== 'folder.unreadable') throw error;
  return String(error.facts['reason']);
}

/** A message that the server cannot hand out takes the command down; halving finds it, and the others are read. */
async function fetchBatch(imap: ReadOnlyImap, folder: Folder, batch: Batch): Promise<Reading[]> {
  const { need, sightings } = batch;
  try {
    const { messages } = await imap.fetch({
      folder: folder.key,
      uidValidity: folder.uidValidity,
      uids: toSequenceSet(sightings.map(({ key }) => uidOf(key))),
      query: queryFor(batch),
    });
    return sightings.map((sighting) => answer(imap, folder, sighting, need, messages.get(uidOf(sighting.key))));
  } catch (error) {
    const reason = reasonOf(error);
    if (sightings.length === 1) return sightings.map((sighting) => failed(sighting, reason));
    const middle = Math.ceil(sightings.length / 2);
    const halves = [sightings.slice(0, middle), sightings.slice(middle)];
    const readings: Reading[] = [];
    for (const half of halves) readings.push(...(await fetchBatch(imap, folder, { need, sightings: half })));
    return readings;
  }
}

function queryFor({ need, sightings }: Batch): FetchQueryObject {
  const always = { uid: true, flags: true, internalDate: true, threadId: true };
  if (need === 'metadata') return { ...always, headers: true };
  const isStreamed = (sightings[0]?.sizeBytes ?? 0) > streamAbove;
  return { ...always, source: isStreamed ? { start: 0, maxLength: stepBytes } : true };
}

function answer(
  imap: ReadOnlyImap,
  folder: Folder,
  sighting: Sighting,
  need: Wanted['need'],
  row: FetchMessageObject | undefined,
): Reading {
  const bytes = need === 'content' ? row?.source : row?.headers;
  if (row?.flags === undefined || bytes === undefined) return failed(sighting, noAnswer);
  const time = row.internalDate instanceof Date ? row.internalDate : undefined;
  const reading = {
    key: sighting.key,
    metadata: messageMetadata(folder, sighting, row, bytes, time),
    summary: summarizeMessage(bytes, time?.getTime()),
    contentRevision: sighting.contentRevision,
    metadataRevision: flagsRevision(sortFlags(row.flags)),
  };
  if (need === 'metadata') return reading;
  if (sighting.sizeBytes <= streamAbove) return { ...reading, content: { kind: 'bytes', bytes } };
  return { ...reading, content: { kind: 'stream', chunks: inSteps(imap, folder, sighting, bytes) } };
}

function messageMetadata(
  folder: Folder,
  sighting: Sighting,
  row: FetchMessageObject,
  bytes: Uint8Array,
  time: Date | undefined,
): JsonObject {
  const id = messageId(bytes);
  return {
    ...sortFlags(row.flags ?? []),
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
  const uid = uidOf(sighting.key);
  let start = 0;
  for (let step: Uint8Array | undefined = first; step.length > 0; ) {
    yield step;
    start += step.length;
    if (step.length !== stepBytes) return;
    const query = { uid: true, source: { start, maxLength: stepBytes } };
    const { messages } = await imap.fetch({ folder: folder.key, uidValidity: folder.uidValidity, uids: String(uid), query });
    step = messages.get(uid)?.source;
    if (step === undefined) throw new StrataError('item.unreadable', 'later', { item: sighting.name, reason: noAnswer });
  }
}

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
