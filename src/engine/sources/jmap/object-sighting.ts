import type { Sighting } from '../source.ts';

/** What reading an event or a contact needs hangs on the sighting: one of the two. */
export interface ObjectSighting extends Sighting {
  readonly blobId?: string;
  readonly address?: string;
}
