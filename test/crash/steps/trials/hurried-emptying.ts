import { isStrataError } from '../../../../src/shared/domain/strata-error.ts';
import { act, dayMs, emptyTrash, hide, prune, returnFromTrash } from '../../../kit/removal-world.ts';
import type { SimFileSystem } from '../../../kit/sim-file-system.ts';
import { MapCatalog, readBack, someBytes, type TestDeps } from '../../../kit/storage-world.ts';
import { openOn, type OpenedWorld, startDisks } from '../../sim-world.ts';

const goes = { a: someBytes(40_000, 1), d: someBytes(9000, 4) };
const stays = { b: someBytes(20_000, 2) };

interface Thrown {
  readonly disk: SimFileSystem;
  open(): Promise<OpenedWorld>;
}

/** Something lies in the trash since today. */
async function thrown(): Promise<Thrown> {
  const disks = await startDisks();
  const disk = await disks.with(goes, stays);
  const { storage, deps } = await openOn(disk, disks.secret);
  const catalog = MapCatalog.rebuilt(storage);
  await hide(storage, deps, catalog, Object.keys(goes));
  await prune(storage, deps, catalog);
  if (packsIn(disk, '/trash/').length === 0) throw new Error('nothing is in the trash');
  return { disk, open: () => openOn(disk, disks.secret) };
}

const packsIn = (disk: SimFileSystem, place: string): string[] =>
  [...disk.files().keys()].filter((path) => path.includes(place) && path.endsWith('.pack'));

/** Nothing goes for good before its time, nor while something that is needed is missing; and what comes back is what went. */
export async function tryHurriedEmptying(): Promise<string | undefined> {
  return (await tooEarly()) ?? (await inNeed()) ?? (await damagedMeanwhile());
}

const waits: Readonly<Record<string, (deps: TestDeps, storage: OpenedWorld['storage']) => Promise<number | undefined>>> = {
  'after ten days': async (deps, storage) => {
    await deps.clock.advance(10 * dayMs);
    await act(storage, deps, MapCatalog.rebuilt(storage), {});
    return undefined;
  },
  'by a clock that is ten years ahead': async (deps) => {
    await deps.clock.advance(3650 * dayMs);
    return undefined;
  },
  'without any grace': () => Promise.resolve(0),
};

async function tooEarly(): Promise<string | undefined> {
  for (const [name, wait] of Object.entries(waits)) {
    const { disk, open } = await thrown();
    const { storage, deps } = await open();
    const before = packsIn(disk, '/trash/').length;
    await emptyTrash(storage, deps, await wait(deps, storage));
    if (packsIn(disk, '/trash/').length < before) return `the trash is emptied ${name}`;
  }
  return undefined;
}

/** A pack in use is not there: it may be one of those in the trash. */
async function inNeed(): Promise<string | undefined> {
  const { disk, open } = await thrown();
  const first = await open();
  await first.deps.clock.advance(40 * dayMs);
  await act(first.storage, first.deps, MapCatalog.rebuilt(first.storage), {});
  const before = packsIn(disk, '/trash/').length;
  disk.takeAway(packsIn(disk, '/packs/')[0] ?? '');
  const { storage, deps } = await open();
  await deps.clock.advance(40 * dayMs);
  await emptyTrash(storage, deps).catch(unlessNamed);
  return packsIn(disk, '/trash/').length < before ? 'the trash is emptied although a pack is missing' : undefined;
}

/** Each pack in the trash becomes another in its turn. */
async function damagedMeanwhile(): Promise<string | undefined> {
  const { disk, open } = await thrown();
  for (const path of packsIn(disk, '/trash/')) {
    const bytes = (disk.files().get(path) ?? new Uint8Array(0)).slice();
    disk.plant(path, bytes.fill(0, 100, 120));
  }
  const { storage, deps } = await open();
  await returnFromTrash(storage, deps, storage.trash()[0]?.sequence ?? 0).catch(unlessNamed);
  const catalog = MapCatalog.rebuilt(storage);
  for (const { name } of catalog.manifests) {
    if (!(await readBack(storage, catalog, name).catch(unlessNamed))) return `${name} came back, and cannot be read`;
  }
  return undefined;
}

function unlessNamed(error: unknown): undefined {
  if (!isStrataError(error)) throw error;
}
