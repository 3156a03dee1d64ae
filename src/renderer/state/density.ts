import { useEffect } from 'react';
import { create } from 'zustand';
import type { ItemId, StorageId } from '../../shared/domain/ids.ts';
import { engine } from '../client/index.ts';
import { useConnection } from './connection.ts';
import type { DensityDay } from './types.ts';

interface Known {
  readonly epoch: number;
  readonly days: readonly DensityDay[];
}

/** By storage and folder. An older epoch's days are shown until the newer are here. */
const useDensities = create<{ readonly known: ReadonlyMap<string, Known> }>(() => ({ known: new Map() }));

interface Wish {
  readonly key: string;
  readonly epoch: number;
  readonly storage: StorageId;
  readonly folder: ItemId | null;
}

const wishes: Wish[] = [];
let working = false;

/** One after the other: a tree may wish for dozens at once, and the list that a person waits for goes first. */
async function work(): Promise<void> {
  if (working) return;
  working = true;
  for (let wish = wishes.shift(); wish; wish = wishes.shift()) {
    const { key, epoch, storage, folder } = wish;
    if (useDensities.getState().known.get(key)?.epoch === epoch) continue;
    // Without an answer there is no curve; whatever is wrong is told by the list beside it.
    const days = await engine.call('browse.density', { storage, folder }).catch(() => []);
    useDensities.setState(({ known }) => ({ known: new Map([...known, [key, { epoch, days }]]) }));
  }
  working = false;
}

/** Changes a day in a folder, or in the whole storage; null until they are known. `first`: before all other wishes. */
export function useDensity(storage: StorageId | null, folder: ItemId | null, first = false): readonly DensityDay[] | null {
  const epoch = useConnection((connection) => connection.epoch);
  const key = `${storage ?? ''} ${folder ?? ''}`;
  const days = useDensities(({ known }) => known.get(key)?.days ?? null);
  useEffect(() => {
    if (storage === null) return;
    const wish = { key, epoch, storage, folder };
    if (first) wishes.unshift(wish);
    else wishes.push(wish);
    void work(); // never rejects
  }, [key, epoch, storage, folder, first]);
  return days;
}
