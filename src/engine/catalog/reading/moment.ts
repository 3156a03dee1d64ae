/** A state to look at: the newest (null), or the one at a time. Intervals are half-open: a version is not valid at its end. */
export type At = number | null;

/** A condition on a row `v` of `versions`; its values are those of {@link momentValues}. */
export const validAt = (at: At): string =>
  at === null ? 'v.valid_to IS NULL' : 'v.valid_from <= ? AND (v.valid_to IS NULL OR v.valid_to > ?)';

export const momentValues = (at: At): number[] => (at === null ? [] : [at, at]);
