import type { Catalog, Selection } from '../catalog/index.ts';

/** So many moments are looked at, newest first. */
const moments = 100;
/** Fewer are not worth a word, unless all are gone. */
const worthSaying = 10;

/**
 * Whether there was far more before the chosen state: the newest earlier moment that held more than twice as much, provided that ten
 * items or more are missing, or that nothing at all is left. An account that was emptied is a correct newest state, and restores nothing.
 */
export function beforeLoss(
  catalog: Catalog,
  selection: Selection,
  atMs: number | null,
  items: number,
): { readonly atMs: number; readonly items: number } | null {
  for (const moment of catalog.moments(moments)) {
    if (atMs !== null && moment.atMs >= atMs) continue;
    const before = catalog.measure(selection, moment.atMs).items;
    if (before > items * 2 && (before - items >= worthSaying || items === 0)) return { atMs: moment.atMs, items: before };
  }
  return null;
}
