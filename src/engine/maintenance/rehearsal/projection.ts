/** What a rehearsal found out about items of about the same size, and how many of that size there are now. */
export interface StratumTried {
  readonly presentItems: number;
  readonly presentBytes: number;
  readonly triedItems: number;
  readonly triedBytes: number;
  readonly milliseconds: number;
}

/**
 * How long all that is there now would take to come back, one after the other, to a disk: of each size by how long those of that size
 * took, since large ones are drawn far more often than they occur. What no one of its size was tried of counts by its bytes, as the
 * largest that were tried. Undefined: nothing was tried.
 */
export function wholeMs(strata: readonly StratumTried[]): number | undefined {
  const tried = strata.filter(({ triedItems }) => triedItems > 0);
  const largest = tried.at(-1);
  if (largest === undefined) return undefined;
  const perByte = largest.milliseconds / Math.max(1, largest.triedBytes);
  const all = strata.reduce(
    (sum, one) =>
      sum + (one.triedItems > 0 ? (one.milliseconds / one.triedItems) * one.presentItems : perByte * one.presentBytes),
    0,
  );
  return Math.round(all);
}
