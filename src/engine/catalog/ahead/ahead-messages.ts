import type { Commit } from '../../../shared/domain/commit.ts';
import type { Failure } from '../../../shared/domain/strata-error.ts';
import type { RowsBasis } from '../catalog.ts';
import type { PackedChunks } from './packed-chunks.ts';

export type ToAhead =
  /** The first manifests of a commit. */
  | { readonly type: 'begin'; readonly basis: RowsBasis }
  /** A record of them. */
  | { readonly type: 'manifests'; readonly plain: Uint8Array }
  /** The commit is true: with it, the rows are. */
  | { readonly type: 'commit'; readonly commit: Commit; readonly chunks: PackedChunks }
  /** There will be no such commit. */
  | { readonly type: 'undo' }
  | { readonly type: 'leave' };

export type FromAhead =
  | { readonly type: 'committed' }
  | { readonly type: 'undone' }
  /** Nothing was kept of what was not committed, and the file is closed. `failure` undefined: a bug, whose name is in `bug`. */
  | { readonly type: 'broken'; readonly failure: Failure | undefined; readonly bug: string };
