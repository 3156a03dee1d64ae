import { MapCatalog, someBytes, testRun } from '../../../kit/storage-world.ts';
import { commitContents, openOn, startDisks } from '../../sim-world.ts';

/** Each pack is lost in its turn. A cycle of the same contents stores again what lay there. */
export async function tryLostPack(): Promise<string | undefined> {
  const disks = await startDisks();
  const contents = { a: someBytes(60_000, 1), b: someBytes(9000, 2, 'text'), c: someBytes(120_000, 3) };
  const before = await disks.with(contents);
  for (const path of [...before.files().keys()].filter((name) => name.includes('/packs/'))) {
    const disk = before.copy();
    const catalog = MapCatalog.rebuilt((await openOn(disk, disks.secret)).storage);
    disk.takeAway(path);
    const world = await openOn(disk, disks.secret);
    await commitContents(world, catalog, contents);
    const again = MapCatalog.rebuilt((await openOn(disk, disks.secret)).storage);
    const missing = again.manifests.flatMap(({ contents: parts }) =>
      parts.flatMap(({ chunks }) => chunks.filter((id) => again.locate(id) === undefined)),
    );
    if (missing.length > 0) return `${missing.length} chunks were not stored again`;
    const { findings } = await world.storage.check('structure', () => [], testRun(world.deps));
    if (findings.some(({ file }) => file === 'packs')) return 'a check misses chunks';
  }
  return undefined;
}
