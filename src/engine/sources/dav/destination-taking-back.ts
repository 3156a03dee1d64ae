import type { FolderTakenBack, Made, RestoreItem, TakenBack } from '../destination.ts';
import { isRefused } from '../web-failure.ts';
import { asCollection, keyIn } from './address.ts';
import type { Target } from './destination-collections.ts';
import type { DestinationObjects } from './destination-objects.ts';
import type { WritingDav } from './destination-requests.ts';
import { isSameObject } from './destination-same-object.ts';
import type { ReadObject, ReadOnlyDav } from './read-only-dav.ts';
import { davName } from './xml.ts';

interface DavTools {
  readonly dav: ReadOnlyDav;
  readonly writing: WritingDav;
}

/** Removes an object that a restore made, provided that it says what it said then; and only while it is still the one that was looked at. */
export async function takeObject(
  { dav, writing }: DavTools,
  { target, objects, made, bytes }: { target: Target; objects: DestinationObjects; made: Made | undefined; bytes: Uint8Array },
  item: RestoreItem,
  how: 'look' | 'take',
): Promise<TakenBack> {
  const path = made === undefined ? await pathByContent(objects, item, bytes) : `${target.path}${encodeURIComponent(made.key)}`;
  const there = path === undefined ? undefined : await readObject(dav, path);
  if (path === undefined || there === undefined) return 'gone';
  const isAsMade =
    (made !== undefined && made.revision !== '' && there.etag === made.revision) || isSameObject(there.bytes, bytes);
  if (!isAsMade) return 'changed';
  // Without an etag there is no saying that it is still the one that was looked at.
  if (there.etag === undefined) return 'unknown';
  if (how === 'take') await writing.remove(path, there.etag);
  return 'taken';
}

/** Right before: a collection goes with whatever lies in it. */
export async function takeCollection({ dav, writing }: DavTools, path: string): Promise<FolderTakenBack> {
  try {
    const listed = await dav.propfind(asCollection(path), 1, [davName('resourcetype')]);
    if (listed.rows.some(({ href }) => keyIn(path, dav.pathOf(href, listed.path)) !== '')) return 'in-use';
    await writing.remove(asCollection(path), null);
    return 'taken';
  } catch (error) {
    if (!isRefused(error)) throw error;
    // A server that does not let anybody remove it.
    return isRefused(error, 404, 410) ? 'gone' : 'in-use';
  }
}

/** The restore was killed before the server's answer. */
async function pathByContent(objects: DestinationObjects, item: RestoreItem, bytes: Uint8Array): Promise<string | undefined> {
  const twin = await objects.find(item, bytes);
  return twin?.path;
}

/** Undefined: it is not there. */
export async function readObject(dav: ReadOnlyDav, path: string): Promise<ReadObject | undefined> {
  try {
    return await dav.get(path, path);
  } catch (error) {
    if (isRefused(error, 404, 410)) return undefined;
    throw error;
  }
}
