import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ItemId, SourceId } from '../../../shared/domain/ids.ts';
import type { SizesSearch, SizesWay } from '../../search-params.ts';
import { address, above, type Shares, type SizesPlace } from './shares.ts';

interface Looking {
  readonly place: SizesPlace;
  readonly by: SizesWay;
  /** What is there now, instead of all versions. */
  readonly now: boolean;
  go(search: SizesSearch): void;
  /** To what this is a part of. */
  goUp(): void;
}

/** What is looked at is the address, so Back and links bring it again. What the storage does not hold counts as not said. */
export function useSizesPlace(shares: Shares): Looking {
  const search = useSearch({ from: '/storages/$storage/sizes' });
  const navigate = useNavigate({ from: '/storages/$storage/sizes' });
  const said: SizesPlace = {
    source: (search.source ?? null) as SourceId | null,
    folder: (search.folder ?? null) as ItemId | null,
    alone: search.alone === true,
    kind: search.kind ?? null,
  };
  const isThere = said.source === null ? said.folder === null : shares.folderOf(said)?.source === said.source;
  const place = isThere ? said : { ...said, source: null, folder: null, alone: false };
  const ways = shares.ways(place);
  const now = search.now === true;
  const go = (next: SizesSearch): void => void navigate({ search: now ? { ...next, now } : next });
  return {
    place,
    by: ways.find((way) => way === search.by) ?? ways[0] ?? 'sender',
    now,
    go,
    goUp: () => {
      const next = above(place, shares.path(place));
      if (next) go(address(next));
    },
  };
}
