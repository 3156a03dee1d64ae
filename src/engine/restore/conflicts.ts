import { StrataError } from '../../shared/domain/strata-error.ts';
import type { ConflictRule } from '../../shared/domain/run.ts';
import type { RunContext } from '../kernel/run-context.ts';
import type { DestinationSession, Found, RestoreItem } from '../sources/destination.ts';

/**
 * Whether what stands in an item's place gives way to it. `changed`: where its content is another. `newer`: where the item is known to be
 * the newer one; what cannot be told stays. A folder that is there keeps what it is under all rules but `replace`.
 */
export async function givesWay(
  session: Pick<DestinationSession, 'look'>,
  item: RestoreItem,
  there: Exclude<Found, 'absent' | 'identical'>,
  rule: ConflictRule,
  run: RunContext,
): Promise<boolean> {
  if (rule === 'replace') return true;
  if (rule === 'skip') {
    // Of an earlier restore, or somebody's who keeps the time of what he changes: only a person knows.
    if (there === 'other-bytes') throw new StrataError('restore.other-bytes', 'after-user-action', { item: item.manifest.name });
    return false;
  }
  if (item.manifest.kind === 'folder') return false;
  const standing = await session.look?.(item, run);
  return rule === 'changed' ? standing?.isSameContent === false : standing?.isOlder === true;
}
