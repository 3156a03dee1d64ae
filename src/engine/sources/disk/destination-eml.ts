import type { Destination } from '../destination.ts';
import { basePath, type DiskPlace } from './destination-place.ts';
import { DiskSession } from './destination-session.ts';

/**
 * A tree of directories with one `.eml` file per message: the message's very bytes. The file's time is when the server got it;
 * flags and keywords have no place in such a file and are not written.
 */
export const emlDestination = (place: DiskPlace): Destination => ({
  label: basePath(place),
  open: (run, making) => Promise.resolve(new DiskSession(place, 'mail', run, making)),
});
