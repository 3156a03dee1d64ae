import { StrataError } from '../../../shared/domain/strata-error.ts';
import { checkVitals } from '../check-vitals.ts';
import type { RemovalParts } from './parts.ts';
import type { KnownCommit } from './removal.ts';

/**
 * Nothing is removed from a storage that is not whole in its tiny parts, that forked, or that went back in time: its commits would
 * say less than there was.
 */
export function requireSound({ target, keys, chain }: RemovalParts, known: KnownCommit): void {
  const [damage] = checkVitals({ target, keys, chain });
  if (damage !== undefined) {
    const facts = { ...damage.failure.facts, path: target.label, file: damage.file };
    throw new StrataError('storage.needs-repair', 'after-user-action', facts, { cause: damage.failure });
  }
  if (known === null) return;
  const head = chain.head();
  const isThere = head !== null && head.sequence >= known.sequence && chain.read(known.sequence).commit.id === known.id;
  if (!isThere) throw new StrataError('storage.went-back', 'after-user-action', { path: target.label });
}
