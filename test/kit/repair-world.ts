import type { RunId } from '../../src/shared/domain/ids.ts';
import type { RepairHelp, Repaired, Storage } from '../../src/engine/storage/index.ts';
import { type MapCatalog, type TestDeps, testRun } from './storage-world.ts';

const noHelp: RepairHelp = { twins: [], mirrors: [], remembered: () => undefined };

export interface RepairWish {
  readonly help?: Partial<RepairHelp>;
  /** Whose memory of manifests is asked. */
  readonly catalog?: MapCatalog;
  /** What is known to have been the newest commit; else it is the one that is there. */
  readonly known?: ReturnType<Storage['head']>;
}

/** As maintenance does. The catalog is not brought up to date. */
export async function repair(storage: Storage, deps: TestDeps, { help, catalog, known }: RepairWish = {}): Promise<Repaired> {
  const lock = storage.lock('repair', 'exclusive');
  try {
    const options = optionsOf(storage, deps, false, { ...memoryOf(catalog), ...help });
    return await storage.repair(lock, { ...options, ...(known && { known }) }, testRun(deps));
  } finally {
    lock.release();
  }
}

/** Changes nothing. */
export async function tryRepair(storage: Storage, deps: TestDeps, { help, catalog, known }: RepairWish = {}): Promise<Repaired> {
  const lock = storage.lock('repair', 'read');
  try {
    const options = optionsOf(storage, deps, true, { ...memoryOf(catalog), ...help });
    return await storage.repair(lock, { ...options, ...(known && { known }) }, testRun(deps));
  } finally {
    lock.release();
  }
}

const memoryOf = (catalog: MapCatalog | undefined): Partial<RepairHelp> =>
  catalog === undefined ? {} : { remembered: (from, count, all) => catalog.remembered(from, count, all) };

function optionsOf(
  storage: Storage,
  deps: TestDeps,
  isDry: boolean,
  help: Partial<RepairHelp>,
): Parameters<Storage['repair']>[1] {
  const author = { run: 'repair'.padEnd(20, '0') as RunId, atMs: deps.clock.nowMs() };
  return { known: storage.head(), author, isDry, help: { ...noHelp, ...help } };
}
