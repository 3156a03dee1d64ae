import { cpSync, rmSync } from 'node:fs';
import type { FileSystem } from '../../../src/engine/kernel/file-system.ts';
import { NodeFileSystem } from '../../../src/engine/kernel/node-file-system.ts';
import { createStorage, openStorage } from '../../../src/engine/storage/index.ts';
import { openLocalTarget } from '../../../src/engine/targets/local/index.ts';
import { seededRandom } from '../../kit/seeded-random.ts';
import { MapCatalog, readBack, testDeps, testMachine, testRun, testStorage } from '../../kit/storage-world.ts';
import { killContents } from '../kill-contents.ts';
import { commitContents, type Contents, type OpenedWorld } from '../sim-world.ts';

const nextName = 'next';
const next: Contents = { [nextName]: new TextEncoder().encode('the next cycle '.repeat(50)) };
let boots = 0;

/** Opens the storage in `<folder>/storage` on a real disk, after another start of the computer. */
export async function openReal(folder: string, secret: string, files: FileSystem = new NodeFileSystem()): Promise<OpenedWorld> {
  boots += 1;
  const random = seededRandom(boots);
  const deps = testDeps(files, { random, machine: testMachine({ bootId: `boot-${boots}` }) });
  return {
    deps,
    storage: await openStorage(openLocalTarget(files, `${folder}/storage`, random), { by: 'device', secret }, deps),
  };
}

/** A storage with so many cycles, numbered from 1. Gives the secret that opens it. */
export async function createReal(folder: string, cycles: number): Promise<string> {
  const files = new NodeFileSystem();
  const deps = testDeps(files);
  const target = openLocalTarget(files, `${folder}/storage`, deps.random);
  const secret = (await createStorage(target, testStorage, deps)).storage.exportDeviceSecret();
  const world = await openReal(folder, secret);
  const catalog = new MapCatalog();
  for (let cycle = 1; cycle <= cycles; cycle++) await commitContents(world, catalog, killContents(cycle));
  world.storage.close();
  return secret;
}

/** A storage that was made once, as it was then. */
export function putBack(from: string, folder: string): void {
  rmSync(`${folder}/storage`, { recursive: true, force: true });
  cpSync(`${from}/storage`, `${folder}/storage`, { recursive: true });
}

/**
 * At least so many cycles are there, and at most one more; each gives back its bytes; the next one succeeds, and a check of everything
 * finds nothing. Gives how many are there.
 */
export async function holdReal(folder: string, secret: string, certain: number): Promise<number> {
  const world = await openReal(folder, secret);
  try {
    const catalog = MapCatalog.rebuilt(world.storage);
    const commits = catalog.commits.length - catalog.manifests.filter(({ name }) => name === nextName).length;
    if (commits !== certain && commits !== certain + 1) throw new Error(`${commits} commits instead of ${certain}`);
    await requireCycles(world, catalog, commits);
    await commitContents(world, catalog, next);
    const { findings } = await world.storage.check('all', () => [], testRun(world.deps));
    if (findings.length > 0) throw new Error(`a check found ${JSON.stringify(findings[0])}`);
    return commits;
  } finally {
    world.storage.close();
  }
}

/** So many cycles give back their bytes. */
export async function requireCycles({ storage }: OpenedWorld, catalog: MapCatalog, cycles: number): Promise<void> {
  for (let cycle = 1; cycle <= cycles; cycle++) {
    for (const [name, bytes] of Object.entries(killContents(cycle)))
      if (Buffer.compare(await readBack(storage, catalog, name), bytes) !== 0) throw new Error(`wrong bytes of ${name}`);
  }
}
