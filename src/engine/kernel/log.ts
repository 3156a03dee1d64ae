import type { Facts } from '../../shared/domain/strata-error.ts';

/** Facts carry ids, counts and codes. Never a secret, a subject, an address, or a file's content. */
export interface Log {
  info(event: string, facts?: Facts): void;
  warn(event: string, facts?: Facts): void;
  error(event: string, facts?: Facts): void;
}

export const silentLog: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };
