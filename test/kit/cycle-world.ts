import type { JobId, RunId, SourceId } from '../../src/shared/domain/ids.ts';
import { type ConflictRule, noCounts, type PlaceRule, type RestoreReport, type RunCounts } from '../../src/shared/domain/run.ts';
import type { SourceSettings } from '../../src/shared/domain/source-settings.ts';
import { type CycleOutcome, runCycle } from '../../src/engine/backup/index.ts';
import { type Catalog, openCatalog, openRestoreJournal } from '../../src/engine/catalog/index.ts';
import { NodeFileSystem } from '../../src/engine/kernel/node-file-system.ts';
import { newId } from '../../src/engine/kernel/random.ts';
import type { RunContext } from '../../src/engine/kernel/run-context.ts';
import { type RestoreInput, runRestore } from '../../src/engine/restore/index.ts';
import { emptyFirst } from '../../src/engine/service/emptying.ts';
import { sayGivenBack } from '../../src/engine/service/given-back.ts';
import type { Destination } from '../../src/engine/sources/destination.ts';
import type { Source } from '../../src/engine/sources/source.ts';
import { testRun } from '../../src/engine/sources/testing/test-run.ts';
import { createStorage } from '../../src/engine/storage/index.ts';
import { openLocalTarget } from '../../src/engine/targets/local/index.ts';
import { testDeps, testStorage } from './storage-world.ts';

interface Cycle {
  readonly outcome: CycleOutcome;
  readonly counts: RunCounts;
  readonly atMs: number;
}

interface AskedOfRestore extends Partial<Pick<RestoreInput, 'selection' | 'dryRun' | 'verify' | 'vanished'>> {
  /** `empty-first` only where it goes back. */
  readonly conflict?: ConflictRule;
  /** The name of the place, under which it is written down what is made there. Absent: nothing is. */
  readonly place?: string;
}

/** A real storage in a folder, that one source is backed up into, cycle after cycle, and given back from. */
export interface CycleWorld {
  /** A minute after the last one, or `later`; `from`: the same source with other settings; `mayBeEmpty`: somebody said that it is right so. */
  cycle(but?: { readonly from?: Source; readonly later?: number; readonly mayBeEmpty?: boolean }): Promise<Cycle>;
  /** All that was there at that moment, or what is asked for; null: now. */
  restore(to: Destination, atMs?: number | null, asked?: AskedOfRestore): Promise<RestoreReport>;
  readonly catalog: Catalog;
  close(): void;
}

export async function openCycleWorld(directory: string, settings: SourceSettings, source: Source): Promise<CycleWorld> {
  const files = new NodeFileSystem();
  const deps = testDeps(files);
  const { storage } = await createStorage(openLocalTarget(files, `${directory}/storage`, deps.random), testStorage, deps);
  const catalog = openCatalog({ path: `${directory}/catalog.sqlite`, key: storage.catalogKey(), files });
  const journal = openRestoreJournal({ path: `${directory}/journal.sqlite`, key: storage.catalogKey(), files });
  const description = { id: 'source00000000000000' as SourceId, name: 'Source', settings };
  return {
    async cycle({ from = source, later = 60_000, mayBeEmpty = false } = {}) {
      await deps.clock.advance(later);
      const counts: { -readonly [Key in keyof RunCounts]: number } = { ...noCounts };
      const quiet = testRun();
      const run: RunContext = {
        ...quiet,
        clock: deps.clock,
        progress: { ...quiet.progress, count: (which, by = 1) => void (counts[which] += by) },
      };
      const lock = storage.lock('backup', 'write');
      await sayGivenBack({ storage, catalog, journal }, lock, newId<RunId>(deps.random), run);
      const input = {
        runId: newId<RunId>(deps.random),
        job: { id: 'job00000000000000000' as JobId, name: 'Job' },
        sources: [{ description, source: from }],
        storage,
        lock,
        catalog,
        random: deps.random,
        checkpoint: { everyMs: 300_000, everyBytes: 512 * 1024 * 1024, everyItems: 200_000 },
        counts: () => counts,
        guards: {
          tallies: [],
          captured: [],
          acceptsEmpty: new Set(mayBeEmpty ? [description.id] : []),
          dayOf: (timeMs: number) => timeMs,
        },
        servers: 2,
        peek: () => undefined,
      };
      return { outcome: await runCycle(input, run), counts, atMs: deps.clock.nowMs() };
    },
    async restore(to, atMs = null, { place, conflict = 'skip', ...asked } = {}) {
      const id = newId<RunId>(deps.random);
      const run = { ...testRun(), clock: deps.clock };
      const remembering = place !== undefined && {
        remembering: { journal, run: id, placeOf: () => place, goesBack: () => place === description.id },
      };
      const chosen = { selection: { items: [], sources: [], recursive: true }, dryRun: false, ...asked };
      const wish = { storage, catalog, atMs, version: null, destinationFor: () => to, ...chosen, ...remembering };
      const restore = (rule: PlaceRule, gone?: RestoreInput['gone']): Promise<RestoreReport> =>
        runRestore({ ...wish, conflict: rule, gone }, run);
      if (conflict !== 'empty-first') return restore(conflict);
      const emptying = {
        request: { ...chosen, target: { kind: 'original' }, restoreRoot: null },
        what: { target: description, from: description.id, name: description.name },
        restoring: to,
        chosen: { catalog, selection: chosen.selection, atMs, version: null },
        run: id,
      } as const;
      const at = { open: { storage, catalog, journal }, random: deps.random, source, home: to };
      const { report, gone } = await emptyFirst(at, emptying, run);
      return { ...(await restore('skip', gone)), emptied: report };
    },
    catalog,
    close() {
      journal.close();
      catalog.close();
      storage.close();
    },
  };
}
