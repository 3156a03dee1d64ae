import { dueAtMs, type PackCount, type Storage } from '../storage/index.ts';
import { total } from './purge.ts';

export interface TrashSummary extends PackCount {
  /** Of it, what the next emptying takes. */
  readonly due: PackCount;
  readonly batches: readonly TrashBatch[];
}

/** What one prune put there. */
export interface TrashBatch extends PackCount {
  /** Names it for `returnFromTrash`. */
  readonly sequence: number;
  readonly sinceMs: number;
  readonly dueAtMs: number;
}

/** How much waits in the trash, and until when. */
export function trashSummary(storage: Storage, graceMs: number, nowMs: number): TrashSummary {
  const batches = storage.trash().map(({ sequence, sinceMs, packs }): TrashBatch => {
    const bytes = packs.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    return { sequence, sinceMs, dueAtMs: dueAtMs(sinceMs, graceMs), packs: packs.length, bytes };
  });
  return { ...total(batches), due: total(batches.filter((batch) => batch.dueAtMs <= nowMs)), batches };
}
