import { useState } from 'react';
import type { ItemId } from '../../../shared/domain/ids.ts';
import type { ItemRow } from '../../state/index.ts';

export interface Selection {
  /** The whole folder, whatever of it was loaded. */
  readonly all: boolean;
  readonly rows: ReadonlyMap<ItemId, ItemRow>;
  has(item: ItemId): boolean;
  toggle(row: ItemRow): void;
  add(rows: readonly ItemRow[]): void;
  setAll(all: boolean): void;
  clear(): void;
}

/** Rows that were chosen, by their ids, so that they stay chosen when time moves. */
export function useSelection(): Selection {
  const [all, setAll] = useState(false);
  const [rows, setRows] = useState<ReadonlyMap<ItemId, ItemRow>>(new Map());
  return {
    all,
    rows,
    has: (item) => all || rows.has(item),
    toggle(row) {
      const next = new Map(rows);
      if (!next.delete(row.item)) next.set(row.item, row);
      setAll(false);
      setRows(next);
    },
    add: (more) => setRows(new Map([...rows, ...more.map((row) => [row.item, row] as const)])),
    setAll(next) {
      setAll(next);
      setRows(new Map());
    },
    clear() {
      setAll(false);
      setRows(new Map());
    },
  };
}
