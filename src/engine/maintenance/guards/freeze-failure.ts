import type { StrataErrorCode } from '../../../shared/domain/error-codes.ts';
import type { FreezeReason } from '../../../shared/domain/freeze.ts';
import type { Failure, Facts } from '../../../shared/domain/strata-error.ts';

const bySign: Readonly<Record<string, StrataErrorCode>> = {
  deleted: 'guard.deleted',
  changed: 'guard.changed',
  scrambled: 'guard.scrambled',
  unlike: 'guard.unlike',
  renamed: 'guard.renamed',
  canary: 'guard.canary',
};
const byReason: Readonly<Record<FreezeReason, StrataErrorCode>> = {
  emptied: 'source.empty',
  missing: 'source.missing',
  swapped: 'source.swapped',
  'mass-change': 'guard.changed',
  'listing-errors': 'folder.unreadable',
};

/** The sentence of a freeze. Its facts say which sign raised it. */
export function freezeFailure(reason: FreezeReason, facts: Facts): Failure {
  const sign = bySign[String(facts['sign'])];
  return { code: (reason === 'mass-change' && sign) || byReason[reason], retry: 'after-user-action', facts };
}
