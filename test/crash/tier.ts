/** `npm test` asks for the quick tier, `npm run test:full` for the full one. */
export const isFull = process.env['STRATA_TIER'] === 'full';

/** Of every promise the same is asked in both; how often, differs. */
export const inTier = <T>({ quick, full }: { readonly quick: T; readonly full: T }): T => (isFull ? full : quick);

/** Printed with every figure; the same seed repeats the run. */
export const seed = Number(process.env['STRATA_SEED'] ?? 1);
