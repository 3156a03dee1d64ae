import type { StrataErrorCode } from '../domain/error-codes.ts';

/**
 * One sentence or two per failure: what happened, what it means, what to do. `{{name}}` is replaced by the fact of that name,
 * `{{span}}` by the fact `hours` or `minutes` in the unit that people say.
 */
export type FailureWords = Readonly<Record<StrataErrorCode, string>>;

export type FailureHints = Readonly<
  Record<'spaces' | 'older' | 'app-password' | 'switched-off' | 'browser-only' | 'bridge', string>
>;

/** In what something that was read back after a restore differs from what was written. */
type ReadBackDifference = 'other content' | 'other flags' | 'other date' | 'other rights';

/** What stands for a fact "reason" that is a word of ours. */
export type FailureReasons = Readonly<
  Record<'self-signed' | 'expired' | 'not-yet-valid' | 'wrong-name' | 'unknown-issuer' | ReadBackDifference, string>
>;
