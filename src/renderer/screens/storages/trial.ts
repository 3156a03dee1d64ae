import type { RunId } from '../../../shared/domain/ids.ts';

/** A dry run of a repair, and where it may take missing pieces from; null: from the mirrors of the storage. */
export interface Trial {
  readonly run: RunId;
  readonly from: string | null;
}
