import { StrataError } from '../../../shared/domain/strata-error.ts';
import type { Target } from '../../targets/target.ts';
import type { Ballast } from '../ballast.ts';

/** Footers, trailers, what fills packs up, and the commit. */
const spareBytes = 256 * 1024;

/** Before anything is changed. What does not fit beside the ballast may have its place. */
export function requireRoom(bytes: number, target: Target, ballast: Ballast): void {
  const neededBytes = bytes + spareBytes;
  const { freeBytes } = target.space();
  if (freeBytes >= neededBytes) return;
  if (freeBytes + ballast.heldBytes >= neededBytes) return ballast.release();
  const facts = { path: target.label, mebibytes: Math.ceil((neededBytes - freeBytes) / (1024 * 1024)) };
  throw new StrataError('storage.no-room-to-repair', 'after-user-action', facts);
}
