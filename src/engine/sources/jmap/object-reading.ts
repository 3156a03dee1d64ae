import type { ItemKind } from '../../../shared/domain/item.ts';
import { failureOf, isStrataError, StrataError } from '../../../shared/domain/strata-error.ts';
import { type RunContext, stopIfCancelled } from '../../kernel/run-context.ts';
import { objectFacts, summaryOf } from '../object-facts.ts';
import type { Reading, Sighting, Wanted } from '../source.ts';
import { wholeBody } from '../web-connection.ts';
import { isRefused, Unintelligible } from '../web-failure.ts';
import type { ObjectSighting } from './object-sighting.ts';
import { inOrder } from './reading-ahead.ts';
import type { Going } from './place.ts';
import type { ReadOnlyJmap } from './read-only-jmap.ts';

/** Several at a time, given out in order. */
export const readObjects = (jmap: ReadOnlyJmap, wanted: readonly Wanted[], run: RunContext): AsyncGenerator<Reading> =>
  inOrder(wanted, jmap.limits.parallel, run, (item) => readObject(jmap, item));

async function readObject(jmap: ReadOnlyJmap, { sighting, need }: Wanted): Promise<Reading> {
  const { key, name, kind, metadataRevision, contentRevision } = sighting;
  try {
    const bytes = await bytesOf(jmap, sighting);
    return {
      key,
      metadata: { ...objectFacts(bytes) },
      summary: summaryOf(bytes, name, kind),
      contentRevision: 'blobId' in sighting ? contentRevision : await digestOf(bytes),
      metadataRevision,
      ...(need === 'metadata' ? {} : { content: { kind: 'bytes', bytes } }),
    };
  } catch (error) {
    const failure = asItemFailure(error, name);
    if (failure === undefined) throw error;
    return { key, problem: failureOf(failure), metadata: {}, summary: { title: '' }, contentRevision: '', metadataRevision: '' };
  }
}

/** Of one that has no blob, and so nothing that says whether it changed. Read once to know, and once more where it is new. */
export async function revisionAt(
  jmap: ReadOnlyJmap,
  sighting: ObjectSighting,
  run: Going,
): Promise<Pick<Sighting, 'contentRevision' | 'sizeBytes'>> {
  stopIfCancelled(run);
  try {
    const bytes = await bytesOf(jmap, sighting);
    return { contentRevision: await digestOf(bytes), sizeBytes: bytes.length };
  } catch (error) {
    // Sighted all the same, so that it is not taken for vanished; reading it will tell why.
    if (asItemFailure(error, sighting.name) === undefined) throw error;
    return { contentRevision: '', sizeBytes: sighting.sizeBytes };
  }
}

async function bytesOf(jmap: ReadOnlyJmap, sighting: ObjectSighting): Promise<Uint8Array> {
  const { blobId, address, name, kind } = sighting;
  const most = jmap.limits.objectBytes;
  if (sighting.sizeBytes > most) throw tooLarge(name, sighting.sizeBytes);
  if (blobId === undefined && address === undefined) throw new Unintelligible('the server names no bytes of it');
  const answer = await (blobId === undefined ? jmap.at(address ?? '') : jmap.download(blobId, nameOf(kind)));
  const bytes = await wholeBody(answer, most);
  if (bytes === undefined) throw tooLarge(name, most);
  if (blobId !== undefined && sighting.sizeBytes !== 0 && bytes.length !== sighting.sizeBytes)
    throw new Unintelligible(`${bytes.length} of ${sighting.sizeBytes} bytes`);
  if (bytes.length === 0) throw new Unintelligible('no bytes');
  return bytes;
}

const nameOf = (kind: ItemKind): string => (kind === 'contact' ? 'contact.vcf' : 'event.ics');

const tooLarge = (item: string, size: number): StrataError => new StrataError('item.too-large', 'never', { item, size });

const digestOf = async (bytes: Uint8Array): Promise<string> =>
  `sha256:${Buffer.from(await crypto.subtle.digest('SHA-256', Buffer.from(bytes))).toString('hex')}`;

/** Undefined: it concerns more than the one object. One that the server says lies elsewhere is not asked for there. */
function asItemFailure(error: unknown, item: string): StrataError | undefined {
  if (isStrataError(error) && error.code === 'item.too-large') return error;
  const isElsewhere = isStrataError(error) && error.code === 'source.elsewhere';
  if (!isElsewhere && !isRefused(error) && !(error instanceof Unintelligible)) return undefined;
  const reason = isElsewhere ? 'it lies on another server' : (error as Error).message;
  return new StrataError('item.unreadable', 'later', { item, reason }, { cause: error });
}
