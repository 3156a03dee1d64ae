import { failureOf, isStrataError, StrataError } from '../../../shared/domain/strata-error.ts';
import { type RunContext, stopIfCancelled } from '../../kernel/run-context.ts';
import type { Reading, Wanted } from '../source.ts';
import { isRefused, Unintelligible } from '../web-failure.ts';
import type { ObjectSighting } from './object-sighting.ts';
import { objectFacts, summaryOf } from '../object-facts.ts';
import type { ReadOnlyDav, ReadObject } from './read-only-dav.ts';
import type { Service } from './service.ts';

/** Undefined for a weak one: the bytes may be others under it (RFC 9110, section 8.8.1). */
export const strongEtag = (etag: string | undefined): string | undefined =>
  etag === undefined || etag.startsWith('W/') ? undefined : etag;

/** Several at a time, given out in order. */
export async function* readObjects(
  dav: ReadOnlyDav,
  service: Service,
  wanted: readonly Wanted[],
  run: RunContext,
): AsyncGenerator<Reading> {
  const ahead: Promise<Reading>[] = [];
  for (const item of wanted) {
    stopIfCancelled(run);
    const reading = readObject(dav, service, item);
    // Awaited in its turn, or by nobody when the taker has had enough.
    reading.catch(() => undefined);
    ahead.push(reading);
    const first = ahead.length < dav.parallel ? undefined : ahead.shift();
    if (first !== undefined) yield await first;
  }
  for (const reading of ahead) yield await reading;
}

async function readObject(dav: ReadOnlyDav, service: Service, { sighting, need }: Wanted): Promise<Reading> {
  const object = sighting as ObjectSighting;
  const { key, name, metadataRevision } = object;
  try {
    const read = await dav.get(object.path, name);
    return {
      key,
      metadata: { ...objectFacts(read.bytes) },
      summary: summaryOf(read.bytes, name, service.kind),
      contentRevision: await revisionOf(object, read),
      metadataRevision,
      ...(need === 'metadata' ? {} : { content: { kind: 'bytes', bytes: read.bytes } }),
    };
  } catch (error) {
    const failure = asItemFailure(error, name);
    if (failure === undefined) throw error;
    return { key, problem: failureOf(failure), metadata: {}, summary: { title: '' }, contentRevision: '', metadataRevision: '' };
  }
}

/**
 * Of what was really read. Proxies that could compress an answer call its etag weak although it is the same; an answer that says
 * nothing is of what was sighted, as far as anybody can know.
 */
async function revisionOf({ contentRevision, isWithoutEtag }: ObjectSighting, { bytes, etag }: ReadObject): Promise<string> {
  if (isWithoutEtag) return digestOf(bytes);
  return etag?.replace(/^W\//, '') ?? contentRevision;
}

/** Where no etag tells whether an object changed, what it is does. Read once to know, and once more where it is new. */
export async function readRevision(
  dav: ReadOnlyDav,
  sighting: ObjectSighting,
): Promise<Pick<ObjectSighting, 'contentRevision' | 'sizeBytes'>> {
  try {
    const { bytes } = await dav.get(sighting.path, sighting.name);
    return { contentRevision: await digestOf(bytes), sizeBytes: bytes.length };
  } catch (error) {
    // Sighted all the same, so that it is not taken for vanished; reading it will tell why.
    if (asItemFailure(error, sighting.name) === undefined) throw error;
    return { contentRevision: '', sizeBytes: sighting.sizeBytes };
  }
}

const digestOf = async (bytes: Uint8Array): Promise<string> =>
  `sha256:${Buffer.from(await crypto.subtle.digest('SHA-256', Buffer.from(bytes))).toString('hex')}`;

/** Undefined: it concerns more than the one object. */
function asItemFailure(error: unknown, item: string): StrataError | undefined {
  if (isStrataError(error)) return error.code === 'item.too-large' ? error : undefined;
  if (!isRefused(error) && !(error instanceof Unintelligible)) return undefined;
  return new StrataError('item.unreadable', 'later', { item, reason: error.message }, { cause: error });
}
