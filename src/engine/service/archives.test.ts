import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { temporaryFolder } from '../../../test/kit/temporary-folder.ts';
import type { ArchiveChoice } from '../../shared/domain/archive.ts';
import type { JobId, RunId, SourceId, StorageId } from '../../shared/domain/ids.ts';
import { keepNothing, type Retention } from '../../shared/domain/retention.ts';
import type { Run } from '../../shared/domain/run.ts';
import { silentLog } from '../kernel/log.ts';
import { type Engine, openEngine } from './engine.ts';
import { mirrorNeeds } from './mirror-views.ts';

/** As in the app but for the cost of a password: what it takes to guess one is not what is tried here. */
vi.mock(import('../crypto/open-sodium.ts'), async (original) => {
  const [real, { cheapenArgon }] = await Promise.all([original(), import('../../../test/kit/remembered-argon.ts')]);
  const cheap = real.openSodium().then(cheapenArgon);
  return { ...real, openSodium: () => cheap };
});

const nothingKept = {
  status: () => Promise.resolve('unavailable' as const),
  read: () => Promise.resolve(undefined),
  write: () => Promise.resolve(),
  remove: () => Promise.resolve(),
};
const lastOnly: Retention = {
  rules: { keep: { ...keepNothing, last: 1 }, deletedDays: 0, goneSourceDays: 0, maxAgeDays: null, maxVersions: null },
  byKind: {},
};

let root: string;
let engine: Engine;
let origin: StorageId;
let archive: StorageId;
let job: JobId;
let letters: SourceId;
let drawings: SourceId;

const at = (name: string): string => path.join(root, name);
const ended = async (id: RunId): Promise<Run> => (await engine.parts.runs.ended(id)) ?? expect.unreachable();
const create = async (name: string): Promise<StorageId> =>
  (await engine.storages.create({ name, path: at(name), password: `password of ${name}`, keepInKeychain: false })).id;
const addSource = async (name: string): Promise<SourceId> => {
  fs.mkdirSync(at(name));
  const settings = { kind: 'files', paths: [at(name)], exclude: [], excludeIfPresent: [], oneFileSystem: false } as const;
  return (await engine.sources.add({ name, settings, secret: null, keepInKeychain: false })).id;
};

beforeEach(async () => {
  root = temporaryFolder();
  engine = await openEngine({ profileDir: at('profile'), keychain: nothingKept, appVersion: '0', log: silentLog });
  [origin, archive] = [await create('S'), await create('A')];
  [letters, drawings] = [await addSource('letters'), await addSource('drawings')];
  const schedule = { mode: 'manual' } as const;
  job = engine.jobs.create({ name: 'J', sources: [letters, drawings], storage: origin, schedule }).id;
});
afterEach(() => engine.close('now'));

async function cycle(text: string): Promise<Run> {
  for (const name of ['letters', 'drawings']) fs.writeFileSync(at(`${name}/one.txt`), `${text} of ${name}`);
  const run = await ended(await engine.jobs.run(job, 'person'));
  for (const other of engine.parts.runs.going()) await ended(other.id);
  return run;
}
const begin = (choice: Partial<ArchiveChoice> = {}) =>
  engine.mirrors.add(origin, archive, true, { sources: null, kinds: null, ...choice });
const fill = async (): Promise<Run> => ended(await engine.mirrors.run(archive, 'hand'));
const moments = async (storage: StorageId): Promise<number> => (await engine.storages.show(storage)).moments;
const runs = (kind: string): Run[] => engine.parts.store.runs({ job: null, storage: archive, kind, limit: 100 });
const shown = async () => (await engine.mirrors.list(origin))[0] ?? expect.unreachable();

describe('an archive', () => {
  it('follows no cycle and never catches up by itself: it is filled when somebody says so', async () => {
    await begin();
    for (const text of ['first', 'second']) await cycle(text);
    expect(await engine.mirrors.tick()).toBe(0);
    expect(runs('mirror')).toEqual([]);
    expect((await shown()).lacks).toMatchObject({ moments: 2 });
    expect(await fill()).toMatchObject({ status: 'success', kind: 'mirror' });
    expect((await shown()).lacks).toMatchObject({ moments: 0 });
    expect(await moments(archive)).toBe(2);
  });

  it('of one source knows no other, and says of that one what it holds', async () => {
    await cycle('first');
    await begin({ sources: [letters] });
    await fill();
    expect((await engine.savedSources.list(archive)).map(({ id, isHere }) => [id, isHere])).toEqual([[letters, true]]);
    expect((await shown()).archive).toEqual({ sources: [letters], kinds: null });
    await expect(begin({ sources: [letters, drawings] })).rejects.toMatchObject({ code: 'archive.other-choice' });
    expect((await shown()).archive).toEqual({ sources: [letters], kinds: null });
  });

  it('can be begun of no source that the storage does not know', async () => {
    await cycle('first');
    await expect(begin({ sources: ['nobody00000000000000' as SourceId] })).rejects.toMatchObject({ code: 'name.unknown' });
  });

  it('is no copy of the three, and never late: it is as old as somebody wants it to be', async () => {
    await begin();
    expect(engine.mirrors.standing(origin)).toEqual({ copies: 2, disks: 1, elsewhere: 0, missing: ['copy', 'disk', 'place'] });
    await cycle('first');
    const [known = expect.unreachable()] = engine.parts.store.mirrors();
    engine.parts.store.putMirror({ ...known, addedAtMs: 0 });
    expect(mirrorNeeds(engine.parts)).toEqual([]);
  });
});

describe('what an archive keeps', () => {
  it('is its own affair: what the storage lets go stays in it', async () => {
    await begin();
    await cycle('first');
    await fill();
    const { zone: _, ...stored } = engine.parts.store.jobs()[0] ?? expect.unreachable();
    engine.jobs.edit({ ...stored, retention: lastOnly });
    for (const text of ['second', 'third']) await cycle(text);
    await fill();
    expect([await moments(origin), await moments(archive)]).toEqual([1, 3]);
    engine.mirrors.change(archive, { retention: lastOnly });
    await cycle('fourth');
    await fill();
    expect(await moments(archive)).toBe(1);
  });

  it.each([
    ['is let go by its rules while a source is frozen that it does not take', 'drawings', 1],
    ['waits while one is frozen that it takes', 'letters', 3],
  ] as const)('%s', async (_, frozen, left) => {
    await cycle('first');
    await begin({ sources: [letters] });
    engine.mirrors.change(archive, { retention: lastOnly });
    for (const content of ['before', 'all of it at once']) {
      for (let index = 0; index < 25; index += 1) fs.writeFileSync(at(`${frozen}/${index}.txt`), `${content} ${index}`);
      await cycle(content);
    }
    expect(await engine.keeping.freezes(origin)).toHaveLength(1);
    await fill();
    expect(await moments(archive)).toBe(left);
  });
});
