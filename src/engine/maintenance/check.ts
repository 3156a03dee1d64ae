import type { PackId } from '../../shared/domain/ids.ts';
import type { CheckReport } from '../../shared/domain/run.ts';
import type { Catalog } from '../catalog/index.ts';
import type { RunContext } from '../kernel/run-context.ts';
import type { Storage } from '../storage/index.ts';
import { shareOf } from './scrub/due-packs.ts';
import { type ReadingBook, readingOf } from './scrub/reading-book.ts';

/** What a person may ask for. `percent`: of all packs, those that were not read for longest. `sinceMs`: packs of commits since then. */
export type CheckWish =
  | { readonly level: 'quick' | 'structure' | 'all' }
  | { readonly level: 'part'; readonly percent: number }
  | { readonly level: 'since'; readonly sinceMs: number };

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
      choose: (packs) => {
        if (wish.level === 'since') return packsSince(catalog, wish.sinceMs);
        return wish.level === 'part' ? shareOf(packs, wish.percent, book.all(), nowMs) : new Set();
      },
      onRead: (pack, reading) => book.put(readingOf(pack, reading, run.clock.nowMs())),
    });
    return { ...report, percent };
  } finally {
    lock.release();
  }
}

/** By the time that the commit says, as moments are shown. */
const packsSince = (catalog: Pick<Catalog, 'commits'>, sinceMs: number): ReadonlySet<PackId> =>
  new Set(
    catalog
      .commits()
      .filter(({ atMs }) => atMs >= sinceMs)
      .flatMap(({ packs }) => packs.map(({ id }) => id)),
  );
