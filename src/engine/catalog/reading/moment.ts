/** A state to look at: the newest (null), or the one at a time. Intervals are half-open: a version is not valid at its end. */
export type At = number | null;

/** A condition on a row of `versions`; its values are those of {@link momentValues}. */
export const validAt = (at: At, row: string): string =>
  at === null ? `${row}.valid_to IS NULL` : `${row}.valid_from <= ? AND (${row}.valid_to IS NULL OR ${row}.valid_to > ?)`;

/** Row number of an item's last version before another that was not a deletion, as far as versions are seen. */
export const shownBefore = (item: string, id: string): string =>
  `(SELECT max(p.id) FROM versions p INDEXED BY versions_by_item WHERE p.item = ${item} AND p.id < ${id} AND p.gone = 0)`;

export const momentValues = (at: At): number[] => (at === null ? [] : [at, at]);
