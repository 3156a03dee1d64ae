import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { temporaryFolder } from '../../../test/kit/temporary-folder.ts';
import type { JobId, StorageId } from '../../shared/domain/ids.ts';
import { keepNothing } from '../../shared/domain/retention.ts';
import type { Run } from '../../shared/domain/run.ts';
import { silentLog } from '../kernel/log.ts';
import { type Engine, openEngine } from './engine.ts';

/** As in the app but for the cost of a password: what it takes to guess one is not what is tried here. */
vi.mock(import('../crypto/open-sodium.ts'), async (original) => {
  const [real, { cheapenArgon }] = await Promise.all([original(), import('../../../test/kit/remembered-argon.ts')]);
  const cheap = real.openSodium().then(cheapenArgon);
  return { ...real, openSodium: () => cheap };
});

const keychain = {
  status: () => Promise.resolve('unavailable' as const),
  read: () => Promise.resolve(undefined),
  write: () => Promise.resolve(),
  remove: () => Promise.resolve(),
};

let root: string;
let engine: Engine;
let storages: readonly StorageId[];
let job: JobId;

const at = (name: string): string => path.join(root, name);
const write = (name: string, text: string): void => fs.writeFileSync(at(`files/${name}`), text);

beforeEach(async () => {
  root = temporaryFolder();
  fs.mkdirSync(at('files'));
  for (const name of 'abcdefghij') write(`${name}.txt`, 'first');
  engine = await openEngine({ profileDir: at('profile'), keychain, appVersion: '0', log: silentLog });
  const create = async (name: string): Promise<StorageId> =>
    (await engine.storages.create({ name, path: at(name), password: 'correct horse battery', keepInKeychain: false })).id;
  storages = [await create('A'), await create('B')];
  const [storage, ...alsoTo] = storages as [StorageId, StorageId];
  const settings = { kind: 'files', paths: [at('files')], exclude: [], excludeIfPresent: [], oneFileSystem: false } as const;
  const source = await engine.sources.add({ name: 'F', settings, secret: null, keepInKeychain: false });
  const rules = { keep: { ...keepNothing, last: 1 }, deletedDays: 0, goneSourceDays: 0, maxAgeDays: null, maxVersions: null };
  job = engine.jobs.create({
    ...{ name: 'J', sources: [source.id], storage, alsoTo, schedule: { mode: 'manual' } },
    retention: { rules, byKind: {} },
  }).id;
});
afterEach(() => engine.close('now'));

async function cycle(): Promise<Run> {
  const run = await engine.parts.runs.ended(await engine.jobs.run(job, 'person'));
  return run ?? expect.unreachable();
}
const stepsOf = ({ steps }: Run): string[] =>
  steps.filter(({ kind }) => kind === 'storage').map(({ name, state }) => `${name} ${state}`);

/** Of the file that changes. */
const itemOf = async (storage: StorageId) => (await engine.browse.resolve(storage, `F${at('files')}/a.txt`, null)).item;

describe('a job with two storages', () => {
  it('counts what it saves once, and says of each storage that it was served', async () => {
    const run = await cycle();
    expect(run).toMatchObject({ status: 'success', counts: { new: 10 } });
    expect(stepsOf(run)).toEqual(['A done', 'B done']);
  });

  it('lets go by its rules at each of them', async () => {
    await cycle();
    write('a.txt', 'second');
    await cycle();
    for (const storage of storages) expect(await engine.browse.moments(storage, 10)).toHaveLength(1);
  });

  it.each([
    [0, ['A failed', 'B done']],
    [1, ['A done', 'B failed']],
  ])('serves the other where one of them cannot be written to: %i', async (index, expected) => {
    await cycle();
    write('a.txt', 'second');
    const broken = storages[index] ?? expect.unreachable();
    const open = engine.parts.store.storages().find(({ id }) => id === broken);
    // Another installation has taken it over meanwhile.
    engine.parts.store.putStorage({ ...(open ?? expect.unreachable()), mode: 'read-only' });
    const run = await cycle();
    expect(run.status).toBe('warning');
    expect(stepsOf(run)).toEqual(expected);
    expect(run.problems).toMatchObject([{ item: index === 0 ? 'A' : 'B', failure: { code: 'storage.read-only' } }]);

    engine.parts.store.putStorage(open ?? expect.unreachable());
    expect(await cycle()).toMatchObject({ status: 'success' });
    for (const storage of storages)
      expect((await engine.browse.history(storage, await itemOf(storage))).map(({ change }) => change)).toEqual([
        'created',
        'content',
      ]);
  });
});

describe('a storage that was away', () => {
  const beat = async (): Promise<Run | undefined> => {
    engine.surroundings.look(undefined, false);
    await engine.jobs.tick();
    const [run] = engine.parts.runs.going();
    return run === undefined ? undefined : engine.parts.runs.ended(run.id);
  };
  const away = (name: string): void => fs.renameSync(at(name), at(`${name} away`));
  const back = (name: string): void => fs.renameSync(at(`${name} away`), at(name));
  const byItself = async (idleMs: number): Promise<void> =>
    engine.jobs.edit({ ...(await engine.jobs.show(job)), schedule: { mode: 'continuous', idleMs } });

  it('is served alone when it is back, and once', async () => {
    await byItself(86_400_000);
    await cycle();
    write('a.txt', 'second');
    engine.surroundings.look(undefined, false);
    away('B');
    expect(stepsOf(await cycle())).toEqual(['A done', 'B failed']);
    expect(await beat()).toBeUndefined();
    back('B');
    const run = await beat();
    expect(run).toMatchObject({ status: 'success', storageName: 'B', counts: { changed: 1 } });
    expect(run?.cause).toMatchObject({ reason: 'plugged', wish: { sources: null, storages: [storages[1]] } });
    expect(await beat()).toBeUndefined();
    const history = await engine.browse.history(storages[1] ?? expect.unreachable(), await itemOf(storages[1] as StorageId));
    expect(history).toHaveLength(2);
  });

  it('keeps a run that is due from nothing, though it is the job’s first', async () => {
    away('A');
    engine.surroundings.look(undefined, false);
    await byItself(60_000);
    const run = await beat();
    expect(run).toMatchObject({ status: 'warning' });
    expect(stepsOf(run ?? expect.unreachable())).toEqual(['A failed', 'B done']);
    back('A');
  });

  it('waits for a person where its job runs by hand alone', async () => {
    engine.surroundings.look(undefined, false);
    away('B');
    await cycle();
    back('B');
    expect(await beat()).toBeUndefined();
  });

  it('can be the only one that a person wants', async () => {
    const wish = { sources: null, storages: [storages[1] as StorageId], readsAgain: false };
    const run = await engine.parts.runs.ended(await engine.jobs.run(job, 'person', { wish }));
    expect(run).toMatchObject({ status: 'success', storageName: 'B', counts: { new: 10 } });
    const other = { ...wish, storages: ['zzzzzzzzzzzzzzzzzzzz' as StorageId] };
    await expect(engine.jobs.run(job, 'person', { wish: other })).rejects.toMatchObject({ code: 'name.unknown' });
  });
});
