import { StrataError } from '../../shared/domain/strata-error.ts';
import type { PlaceRule } from '../../shared/domain/run.ts';
import type { RunContext } from '../kernel/run-context.ts';
import type { DestinationSession, Found, RestoreItem } from '../sources/destination.ts';

/**
 * Whether what stands in an item's place gives way to it. `changed`: where its content is another. `newer`: where the item is known to be
 * the newer one; what cannot be told stays. `keep-both`: never. A folder that is there keeps what it is under all rules but `replace`.
 */
export async function givesWay(
  session: Pick<DestinationSession, 'look'>,
  item: RestoreItem,
  there: Exclude<Found, 'absent' | 'identical'>,
  rule: PlaceRule,
  run: RunContext,
): Promise<boolean> {
  if (rule === 'replace') return true;
  if (rule === 'skip') {
    // Of an earlier restore, or somebody's who keeps the time of what he changes: only a person knows.
    if (there === 'other-bytes') throw new StrataError('restore.other-bytes', 'after-user-action', { item: item.manifest.name });
    return false;
  }
  if (item.manifest.kind === 'folder' || rule === 'keep-both') return false;
  const standing = await session.look?.(item, run);
  return rule === 'changed' ? standing?.isSameContent === false : standing?.isOlder === true;
}

/** So many of one day are enough. */
const mostBeside = 1000;

/** The item as it goes beside what is in its place. Undefined: it is there already. */
export async function besides(
  session: Pick<DestinationSession, 'probe'>,
  item: RestoreItem,
  day: string,
  run: RunContext,
): Promise<RestoreItem | undefined> {
  for (let nth = 1; nth <= mostBeside; nth++) {
    const placed = { ...item, beside: { day, nth } };
    const there = await session.probe(placed, run);
    if (there === 'identical') return undefined;
    if (there === 'absent') return placed;
  }
  throw new StrataError('restore.write-failed', 'after-user-action', { item: item.manifest.name, reason: 'EEXIST' });
}

/** Folders are merged into. An account has settings of its own, and no second ones. */
export const goesBeside = (rule: PlaceRule, session: DestinationSession, { manifest: { kind } }: RestoreItem): boolean =>
  rule === 'keep-both' && kind !== 'folder' && !(kind === 'account' && session.holdsBoth === true);

/** Where the person is. */
export function dayOf(timeMs: number): string {
  const date = new Date(timeMs);
  const two = (number: number): string => String(number).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
