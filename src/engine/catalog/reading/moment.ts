/** A state to look at: the newest (null), or the one at a time. Intervals are half-open: a version is not valid at its end. */
export type At = number | null;

/** A condition on a row of `versions`; its values are those of {@link momentValues}. */
export const validAt = (at: At, row: string): string =>
  at === null ? `${row}.valid_to IS NULL` : `${row}.valid_from <= ? AND (${row}.valid_to IS NULL OR ${row}.valid_to > ?)`;

export const momentValues = (at: At): number[] => (at === null ? [] : [at, at]);
