import { StrataError } from '../../../shared/domain/strata-error.ts';
import { packName } from '../../format/index.ts';
import type { Target } from '../../targets/target.ts';
import type { EmptyTrashOptions, PackCount, TrashFolder } from './removal.ts';
import { type Standing, timeOf } from './standing.ts';
import { listInTrash, nameInTrash, trashFolders } from './trash.ts';

const slotPattern = /^trash\/([0-9]{4}-[0-9]{2}-[0-9]{2})\/(?:copies\/)?keys\/[0-9a-z]{1,40}\.key$/;

/** Never shorter: what a wrong decision did is often noticed on a weekday only. */
const leastGraceMs = 7 * 24 * 3_600_000;

export const dueAtMs = (sinceMs: number, graceMs: number): number => sinceMs + Math.max(graceMs, leastGraceMs);

/** What lay in the trash longer than the grace, by the times of commits, and was not put there by this very run. Oldest first. */
export function dueFolders(standing: Standing, { graceMs, nowMs, run }: EmptyTrashOptions, target: Target): TrashFolder[] {
  const timeMs = Math.min(nowMs, timeOf(standing));
  return trashFolders(standing, target).filter((folder) => dueAtMs(folder.sinceMs, graceMs) <= timeMs && folder.run !== run);
}

/** Throws `storage.needs-repair` when a pack in use is not where it should be: it may lie in the trash. */
export function requireAllInPlace({ packs }: Standing, target: Target): void {
  for (const [id, sizeBytes] of packs) {
    if (target.size(packName(id)) === sizeBytes) continue;
    throw new StrataError('storage.needs-repair', 'after-user-action', { path: target.label, file: packName(id) });
  }
}

export function deleteFolders(folders: readonly TrashFolder[], target: Target): void {
  for (const { name, packs } of folders) {
    for (const { id } of packs) target.free(nameInTrash(name, id));
    target.remove(listInTrash(name));
  }
}

/** Ways to unlock that were taken away lie under the day on which that was done. */
export function deleteDueSlots(standing: Standing, { graceMs, nowMs }: EmptyTrashOptions, target: Target): void {
  const timeMs = Math.min(nowMs, timeOf(standing));
  for (const name of target.list('trash')) if (dueAtMs(slotSinceMs(name), graceMs) <= timeMs) target.remove(name);
}

function slotSinceMs(name: string): number {
  const day = slotPattern.exec(name)?.[1];
  return day === undefined ? Infinity : Date.parse(`${day}T23:59:59.999Z`);
}

export const countOf = (folders: readonly TrashFolder[]): PackCount => ({
  packs: folders.reduce((sum, { packs }) => sum + packs.length, 0),
  bytes: folders.reduce((sum, { packs }) => packs.reduce((all, { sizeBytes }) => all + sizeBytes, sum), 0),
});
