import type { Sighting } from '../source.ts';

/** Where it was seen hangs on the sighting, in the server's own spelling. */
export interface ObjectSighting extends Sighting {
  readonly path: string;
  /** Nobody says whether it changed without reading it. */
  readonly isWithoutEtag: boolean;
}
