import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { beforeEach, expect, it } from 'vitest';
import type { StorageId } from '../../src/shared/domain/ids.ts';
import { CaptureWorld } from '../kit/capture-world.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';

let root: string;
let world: CaptureWorld;
let second: StorageId;

const at = (name: string): string => path.join(root, name);
const save = (name: string): void => fs.writeFileSync(at(`files/${name}`), name);
const has = async (storage: StorageId, name: string): Promise<boolean> =>
  (await world.names(storage)).some((one) => one.endsWith(`/${name}`));
async function untilHas(storage: StorageId, name: string): Promise<void> {
  while (!(await has(storage, name))) await wait(200);
}
/** As the app does each minute. */
async function beat(): Promise<void> {
  world.engine.surroundings.look(undefined, false);
  await world.engine.jobs.tick();
  for (const { id } of world.engine.parts.runs.going()) await world.engine.parts.runs.ended(id);
}

beforeEach(async () => {
  root = temporaryFolder();
  fs.mkdirSync(at('files'));
  save('first');
  world = new CaptureWorld(root);
  await world.make({ kind: 'files', paths: [at('files')], exclude: [], excludeIfPresent: [], oneFileSystem: false });
  second = await world.alsoInto('second');
  expect((await world.scan()).status).toBe('success');
  await beat();
}, 120_000);

it('what is noticed is soon in both storages of a job, and is counted once', { timeout: 120_000 }, async () => {
  const { changes } = await world.idle();
  save('b.txt');
  await untilHas(world.storage, 'b.txt');
  await untilHas(second, 'b.txt');
  expect(await world.idle()).toMatchObject({ missed: [], failure: null, scanDue: null, changes: changes + 1 });
});

it.each(['first', 'second'] as const)(
  'where the %s is away the other has it at once, and the one that is back is served alone',
  { timeout: 180_000 },
  async (away) => {
    const [lacking, there] = away === 'first' ? [world.storage, second] : [second, world.storage];
    const place = at(away === 'first' ? 'storage' : 'second');
    fs.renameSync(place, at('unplugged'));
    save('b.txt');
    await untilHas(there, 'b.txt');
    expect((await world.idle()).missed).toMatchObject([{ storage: lacking, failure: { code: 'path.missing' } }]);
    save('c.txt');
    await untilHas(there, 'c.txt');
    await beat();
    expect((await world.view()).missed).toHaveLength(1);

    // It is known after a restart as well.
    await world.close();
    await world.open();
    await beat();
    expect((await world.view()).missed).toMatchObject([{ storage: lacking }]);
    fs.renameSync(at('unplugged'), place);
    await beat();
    const [run] = world.engine.parts.store.runs({ job: world.job, storage: null, kind: 'backup', limit: 1 });
    expect(run?.cause?.wish?.storages).toEqual([lacking]);
    for (const name of ['b.txt', 'c.txt']) expect(await has(lacking, name)).toBe(true);
    expect((await world.view()).missed).toEqual([]);
    save('d.txt');
    for (const storage of [lacking, there]) await untilHas(storage, 'd.txt');
  },
);
