import type { StrataErrorCode } from './error-codes.ts';

/** When trying again makes sense. */
export type Retry = 'never' | 'later' | 'after-user-action';
/** What the sentence needs to name. Never a secret, never an item's content. */
export type Facts = Readonly<Record<string, string | number>>;

/** An error as plain data, as it crosses between processes. */
export interface Failure {
  readonly code: StrataErrorCode;
  readonly retry: Retry;
  readonly facts: Facts;
}

/** An expected failure. Anything else that is thrown is a bug and is reported as the code `bug`. */
export class StrataError extends Error {
  override readonly name = 'StrataError';
  readonly code: StrataErrorCode;
  readonly retry: Retry;
  readonly facts: Facts;

  constructor(code: StrataErrorCode, retry: Retry, facts: Facts = {}, options?: ErrorOptions) {
    super(code, options);
    this.code = code;
    this.retry = retry;
    this.facts = facts;
  }
}

export const isStrataError = (error: unknown): error is StrataError => error instanceof StrataError;

/** Cancelling is not a failure: it has a species of its own and is never shown as an error. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled';
}

/** A bug's text may hold anything, so only its name crosses; the whole goes to the log. */
export function failureOf(error: unknown): Failure {
  if (isStrataError(error)) return { code: error.code, retry: error.retry, facts: error.facts };
  return { code: 'bug', retry: 'never', facts: { name: error instanceof Error ? error.name : typeof error } };
}
