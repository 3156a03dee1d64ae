import type { HoldId, ItemId, SourceId } from './ids.ts';

/** What a hold keeps: a whole source, a folder with all below it, an item with all its versions, or one version. */
export type HoldScope =
  | { readonly what: 'source'; readonly source: SourceId }
  | { readonly what: 'folder'; readonly item: ItemId }
  | { readonly what: 'item'; readonly item: ItemId }
  | { readonly what: 'version'; readonly item: ItemId; readonly version: number };

/** An exception that keeps for ever what it names, also what comes into it later. */
export interface Hold {
  readonly id: HoldId;
  readonly scope: HoldScope;
  /** In the words of whoever set it; may be empty. */
  readonly reason: string;
  readonly atMs: number;
}
