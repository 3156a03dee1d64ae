import type { Destination } from '../destination.ts';
import { basePath, type DiskPlace } from './destination-place.ts';
import { DiskSession } from './destination-session.ts';

/**
 * A directory of this computer: files come back with everything that was kept of them, messages as `.eml` files.
 * With `original` it is the root of the file system, and files go back to where they were.
 */
export const directoryDestination = (place: DiskPlace): Destination => ({
  label: basePath(place),
  open: (run, making) => Promise.resolve(new DiskSession(place, 'files', run, making)),
});
