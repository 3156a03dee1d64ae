import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';
import type { ItemId, StorageId } from '../../../shared/domain/ids.ts';
import type { BrowseMode, BrowseSearch, BrowseSort, PreviewTab } from '../../search-params.ts';

/** Where in which storage somebody looks, and at which moment. It is the address, so Back and links bring it again. */
export interface Place {
  readonly storage: StorageId | null;
  readonly folder: ItemId | null;
  readonly at: number | null;
  readonly mode: BrowseMode;
  readonly sort: BrowseSort;
  readonly descending: boolean;
  readonly item: ItemId | null;
  /** Of `item`; null: the one of the moment. */
  readonly version: number | null;
  readonly tab: PreviewTab;
}

type Change = { readonly [Key in keyof BrowseSearch]?: BrowseSearch[Key] | undefined };

interface Moving {
  readonly place: Place;
  /** A new place in the history. */
  go(change: Change): void;
  /** The same place with another thing chosen in it. */
  adjust(change: Change): void;
}

export function usePlace(): Moving {
  const search = useSearch({ from: '/browse' });
  const navigate = useNavigate({ from: '/browse' });
  const move = useCallback(
    (change: Change, replace: boolean): void =>
      void navigate({ replace, search: (former) => ({ ...former, ...change }) as BrowseSearch }),
    [navigate],
  );
  const go = useCallback((change: Change) => move(change, false), [move]);
  const adjust = useCallback((change: Change) => move(change, true), [move]);
  return {
    // Whether ids in an address are real is for the engine to say.
    place: {
      storage: (search.storage ?? null) as StorageId | null,
      folder: (search.folder ?? null) as ItemId | null,
      at: search.at ?? null,
      mode: search.mode ?? 'as-of',
      sort: search.sort ?? 'time',
      descending: search.up !== true,
      item: (search.item ?? null) as ItemId | null,
      version: search.version ?? null,
      tab: search.tab ?? 'read',
    },
    go,
    adjust,
  };
}
