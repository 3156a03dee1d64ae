import type { ItemRow, RestoreSelection } from '../state/index.ts';

/** What of a row decides which state of it can be restored. */
export type Restorable = Pick<ItemRow, 'item' | 'version' | 'deleted' | 'validFromMs' | 'vanishedAtMs'>;

/**
 * The state in which all of the chosen items are there. Items that are gone at the moment that is looked at are taken as they were
 * just before they went. Null: they were never there together, so they have to be restored one after the other.
 */
export function momentOf(rows: readonly Restorable[], at: number | null): RestoreSelection['asOf'] | null {
  const gone = rows.filter(({ deleted }) => deleted);
  if (gone.length === 0) return at === null ? { kind: 'now' } : { kind: 'time', atMs: at };
  const [only] = rows;
  if (rows.length === 1 && only) return { kind: 'version', version: only.version };
  const atMs = Math.min(...gone.map(({ vanishedAtMs }) => vanishedAtMs ?? Number.NEGATIVE_INFINITY)) - 1;
  return rows.every(({ validFromMs }) => validFromMs <= atMs) ? { kind: 'time', atMs } : null;
}
