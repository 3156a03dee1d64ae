import type { CheckReport } from '../../shared/domain/run.ts';
import type { Catalog } from '../catalog/index.ts';
import type { RunContext } from '../kernel/run-context.ts';
import type { Storage } from '../storage/index.ts';
import { shareOf } from './scrub/due-packs.ts';
import { type ReadingBook, readingOf } from './scrub/reading-book.ts';

/** What a person may ask for. `percent`: of all packs, those that were not read for longest. */
export type CheckWish = { readonly level: 'quick' | 'structure' | 'all' } | { readonly level: 'part'; readonly percent: number };

/** Checks under a shared lock, and remembers each pack that it read; the catalog only names the items that damage concerns. */
export async function checkStorage(
  { storage, catalog }: { readonly storage: Storage; readonly catalog: Catalog },
  book: ReadingBook,
  wish: CheckWish,
  run: RunContext,
): Promise<CheckReport> {
  const lock = storage.lock('check', 'read');
  try {
    run.progress.phase('checking');
    const nowMs = run.clock.nowMs();
    const percent = wish.level === 'part' ? wish.percent : null;
    const report = await storage.check(wish.level, (damaged, lostPacks) => catalog.affected(damaged, lostPacks), run, {
      choose: (packs) => shareOf(packs, percent ?? 0, book.all(), nowMs),
      onRead: (pack, reading) => book.put(readingOf(pack, reading, run.clock.nowMs())),
    });
    return { ...report, percent };
  } finally {
    lock.release();
  }
}
