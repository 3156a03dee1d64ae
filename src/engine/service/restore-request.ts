import type { RunId, SourceId, StorageId } from '../../shared/domain/ids.ts';
import type { RestorePart } from '../../shared/domain/restore-parts.ts';
import type { ConflictRule } from '../../shared/domain/run.ts';
import type { Selection } from '../catalog/index.ts';

export type AsOf =
  | { readonly kind: 'now' }
  | { readonly kind: 'time'; readonly atMs: number }
  | { readonly kind: 'run'; readonly run: RunId }
  | { readonly kind: 'version'; readonly version: number }
  | { readonly kind: 'vanished'; readonly fromMs: number; readonly toMs: number };

export type RestoreTarget =
  | { readonly kind: 'original' }
  | { readonly kind: 'directory' | 'eml' | 'mbox' | 'pocket'; readonly path: string }
  | { readonly kind: 'source'; readonly source: SourceId; readonly folder: string | null }
  | { readonly kind: 'matched'; readonly matches: Match[] };

/** Where one source's items go: to another source, below a folder of it, or to its folders as they were. */
export interface Match {
  readonly from: SourceId;
  readonly to: SourceId;
  readonly folder: string | null;
}

export interface RestoreRequest {
  readonly storage: StorageId;
  readonly selection: Selection;
  readonly asOf: AsOf;
  readonly target: RestoreTarget;
  readonly restoreRoot: string | null;
  readonly conflict: ConflictRule;
  readonly tag: string | null;
  /** Absent: nothing is left out. */
  readonly without?: readonly RestorePart[] | undefined;
  readonly dryRun: boolean;
  /** What is emptied first, as a person typed it. */
  readonly confirm?: string | undefined;
  /** Reads back what was written. Absent: no. */
  readonly verify?: boolean | undefined;
}
