import { create } from 'zustand';
import type { ItemId, RunId, SourceId, StorageId } from '../../shared/domain/ids.ts';

/** What Browse hands to the restore wizard. Empty `items` and `sources`: everything in the storage. */
export interface RestoreSelection {
  readonly storage: StorageId;
  /** Folders stand for all below them. */
  readonly items: readonly ItemId[];
  readonly sources: readonly SourceId[];
  readonly asOf:
    | { readonly kind: 'now' }
    | { readonly kind: 'time'; readonly atMs: number }
    | { readonly kind: 'run'; readonly run: RunId }
    | { readonly kind: 'version'; readonly version: number }
    | { readonly kind: 'vanished'; readonly fromMs: number; readonly toMs: number };
  /** Where it is to go, if that was said already. */
  readonly target?: 'pocket';
  /** How a person would name it: a subject, a folder, "3 items". */
  readonly label: string;
}

/** Outside the address, since a selection can be thousands of ids. Gone after a reload; the wizard then begins by asking. */
export const useRestoreSelection = create<{ readonly selection: RestoreSelection | null }>(() => ({ selection: null }));

export const selectForRestore = (selection: RestoreSelection | null): void => useRestoreSelection.setState({ selection });
