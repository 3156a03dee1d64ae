import type { StorageId } from '../../../shared/domain/ids.ts';
import { engine } from '../../client/index.ts';
import { type Answer, useAnswer } from '../../state/index.ts';
import type { Share, Shares, SizesPlace } from './shares.ts';

/** So many are listed; what comes after them is one row. */
const most = 500;

/** Asked for only where they are looked at: the engine reads all items for them. */
export function useSenders(storage: StorageId, shares: Shares, place: SizesPlace | null): Answer<readonly Share[]> {
  return useAnswer(place && `senders ${storage} ${JSON.stringify(place)}`, async () => {
    if (place === null) return [];
    const { rows, others } = await engine.call('storage.senders', {
      storage,
      folders: shares.foldersIn(place),
      kind: place.kind,
      limit: most,
    });
    const named = rows.map(
      ({ address, name, ...size }): Share => ({ key: address, what: { is: 'sender', address, name }, size, to: null }),
    );
    const { senders, ...size } = others;
    return senders === 0 ? named : [...named, { key: 'others', what: { is: 'others', senders }, size, to: null }];
  });
}
