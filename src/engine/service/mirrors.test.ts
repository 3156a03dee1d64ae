import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { temporaryFolder } from '../../../test/kit/temporary-folder.ts';
import type { JobId, RunId, StorageId } from '../../shared/domain/ids.ts';
import { keepNothing, type Retention } from '../../shared/domain/retention.ts';
import type { Run } from '../../shared/domain/run.ts';
import { silentLog } from '../kernel/log.ts';
import { type Engine, openEngine } from './engine.ts';
import { mirrorNeeds } from './mirror-views.ts';
import { readStatus } from './status.ts';

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
const refuses = (code: string): unknown => expect.objectContaining({ code });
const lastOnly: Retention = {
  rules: {
    keep: { ...keepNothing, last: 1 },
    deletedDays: 0,
    goneSourceDays: 0,
    maxAgeDays: null,
    maxVersions: null,
  },
  byKind: {},
};

let root: string;
let engine: Engine;
let origin: StorageId;
let mirror: StorageId;
let job: JobId;

const at = (name: string): string => path.join(root, name);
const create = async (name: string): Promise<StorageId> =>
  (await engine.storages.create({ name, path: at(name), password: `password of ${name}`, keepInKeychain: false })).id;
const ended = async (id: RunId): Promise<Run> => (await engine.parts.runs.ended(id)) ?? expect.unreachable();
const put = (text: string, name = 'letter.txt'): void => fs.writeFileSync(at(`files/${name}`), text);

beforeEach(async () => {
  root = temporaryFolder();
  fs.mkdirSync(at('files'));
  engine = await openEngine({ profileDir: at('profile'), keychain: nothingKept, appVersion: '0', log: silentLog });
  [origin, mirror] = [await create('S'), await create('M')];
  const settings = { kind: 'files', paths: [at('files')], exclude: [], excludeIfPresent: [], oneFileSystem: false } as const;
  const source = await engine.sources.add({ name: 'Files', settings, secret: null, keepInKeychain: false });
  const schedule = { mode: 'manual' } as const;
  job = engine.jobs.create({ name: 'J', sources: [source.id], storage: origin, schedule }).id;
  await engine.mirrors.add(origin, mirror, true);
});
afterEach(() => engine.close('now'));

/** One cycle, and all that it set off. */
async function cycle(text: string): Promise<Run> {
  put(text);
  const run = await ended(await engine.jobs.run(job, 'person'));
  for (const other of engine.parts.runs.going()) await ended(other.id);
  return run;
}
const shown = async () => (await engine.mirrors.list(origin))[0] ?? expect.unreachable();
const purge = async (storage: StorageId, dryRun = false): Promise<Run> =>
  ended(await engine.removals.purge({ storage, olderThanDays: null, dryRun, token: null }, 'person'));
const moments = async (storage: StorageId): Promise<number> => (await engine.storages.show(storage)).moments;
const runs = (kind: string): Run[] => engine.parts.store.runs({ job: null, storage: mirror, kind, limit: 100 });

describe('a mirror', () => {
  it('follows each cycle by itself, and says since when it has everything', async () => {
    expect(await shown()).toMatchObject({ caughtUpAtMs: null, lacks: { moments: 0 } });
    expect((await cycle('first')).status).toBe('success');
    expect(await shown()).toMatchObject({ lacks: { moments: 0 }, lastRun: { status: 'success', kind: 'mirror' } });
    expect((await shown()).caughtUpAtMs).toBe(runs('mirror')[0]?.endedAtMs);
    expect(await moments(mirror)).toBe(1);
  });

  it('that is away is told and no warning, and catches up by itself when it is back', async () => {
    await cycle('first');
    fs.renameSync(at('M'), at('away'));
    const run = await cycle('second');
    expect(run).toMatchObject({ status: 'success', problems: [{ item: 'M', failure: { code: 'path.missing' } }] });
    expect(await shown()).toMatchObject({ lacks: null, failure: { code: 'path.missing' } });
    expect(await engine.mirrors.tick()).toBe(0);

    fs.renameSync(at('away'), at('M'));
    expect((await shown()).lacks).toMatchObject({ moments: 1 });
    expect(await engine.mirrors.tick()).toBe(1);
    for (const other of engine.parts.runs.going()) await ended(other.id);
    expect((await shown()).lacks).toMatchObject({ moments: 0 });
    expect(await engine.mirrors.tick()).toBe(0);
  });

  it('that is away after a start, and locked, is told as away: nobody is asked for its password', async () => {
    await engine.close('now');
    engine = await openEngine({ profileDir: at('profile'), keychain: nothingKept, appVersion: '0', log: silentLog });
    expect(await engine.storages.show(mirror)).toMatchObject({ state: 'locked', failure: { code: 'storage.needs-password' } });
    fs.renameSync(at('M'), at('away'));
    expect(await engine.storages.show(mirror)).toMatchObject({ state: 'unavailable', failure: { code: 'storage.not-found' } });
  });

  it('that failed is said as a need of a person, and rests before it tries again by itself', async () => {
    await cycle('first');
    engine.mirrors.change(mirror, { enabled: false });
    await cycle('second');
    for (const pack of fs.readdirSync(at('S/packs'), { recursive: true, encoding: 'utf8' })) {
      const file = at(`S/packs/${pack}`);
      if (fs.statSync(file).isFile()) fs.writeFileSync(file, fs.readFileSync(file).fill(0, 100));
    }
    engine.mirrors.change(mirror, { enabled: true });
    expect(await engine.mirrors.tick()).toBe(1);
    for (const other of engine.parts.runs.going()) await ended(other.id);
    expect(runs('mirror')[0]?.status).toBe('failed');
    const { needs } = await readStatus(engine.parts, engine.jobs, engine.storages, engine.removals);
    expect(needs).toContainEqual(expect.objectContaining({ kind: 'mirror-failed', name: 'M', run: runs('mirror')[0]?.id }));
    expect(await moments(mirror)).toBe(1);
    expect(await engine.mirrors.tick()).toBe(0);
  });

  it.each([
    [7, true, 'in time'],
    [9, true, 'late'],
    [9, false, 'in time'],
  ] as const)('that was caught up %i days ago, with a later backup: %s, is %s', async (days, isSaved, expected) => {
    await cycle('first');
    const [copied] = runs('mirror');
    const atMs = Date.now() - days * 86_400_000;
    const asOld = (run: Run | undefined, endedAtMs: number): void =>
      engine.parts.store.putRun({ ...(run ?? expect.unreachable()), startedAtMs: endedAtMs - 1000, endedAtMs });
    asOld(copied, atMs);
    const [saved] = engine.parts.store.runs({ job, storage: null, kind: 'backup', limit: 1 });
    if (!isSaved) asOld(saved, atMs - 60_000);
    fs.renameSync(at('M'), at('away'));
    expect(mirrorNeeds(engine.parts).map(({ kind, sinceMs }) => [kind, sinceMs])).toEqual(
      expected === 'late' ? [['mirror-late', atMs]] : [],
    );
    engine.mirrors.change(mirror, { enabled: false });
    expect(mirrorNeeds(engine.parts)).toEqual([]);
  });

  it('is written to by no job, and is a storage like any other when it mirrors no more', async () => {
    const definition = { name: 'K', sources: [], storage: mirror, schedule: { mode: 'manual' } } as const;
    expect(() => engine.jobs.create(definition)).toThrow(refuses('storage.is-a-mirror'));
    engine.mirrors.remove(mirror);
    engine.jobs.create(definition);
    await expect(engine.mirrors.run(mirror, 'hand')).rejects.toEqual(refuses('name.unknown'));
  });
});

describe('the rules of a mirror', () => {
  it('hide at the mirror what they let go, and nothing at the origin', async () => {
    await cycle('first');
    engine.mirrors.change(mirror, { retention: lastOnly });
    for (const text of ['second', 'third']) await cycle(text);
    expect(await moments(origin)).toBe(3);
    expect(await moments(mirror)).toBe(1);
    expect(runs('mirror')[0]).toMatchObject({ status: 'success', retention: { momentsForgotten: 1 } });
    // What was forgotten here is not copied again.
    expect((await shown()).lacks).toMatchObject({ moments: 0 });
  });

  it('are its own: what the job lets go at the origin stays at the mirror', async () => {
    engine.jobs.edit({ ...definitionOf(job), retention: lastOnly });
    for (const text of ['first', 'second', 'third']) await cycle(text);
    expect(await moments(origin)).toBe(1);
    expect(await moments(mirror)).toBe(3);
    expect((await purge(origin)).status).toBe('success');
    expect(await moments(mirror)).toBe(3);
  });

  it('wait while a source is frozen at the origin', async () => {
    engine.mirrors.change(mirror, { retention: lastOnly });
    for (const content of ['before', 'all of it at once']) {
      for (let index = 0; index < 25; index += 1) put(`${content} ${index}`, `${index}.txt`);
      await cycle('first');
    }
    const [freeze = expect.unreachable()] = await engine.keeping.freezes(origin);
    await cycle('second');
    expect(await moments(mirror)).toBe(3);
    const plan = await engine.removalPlans.plan(mirror, null, 10);
    expect(plan).toMatchObject({ totals: { moments: 0, versions: 0 }, frozen: [{ id: freeze.id }] });
    expect(await purge(mirror)).toMatchObject({ status: 'warning', failure: { code: 'removal.frozen' } });
    await expect(engine.keeping.answer(mirror, freeze.id, 'mine')).rejects.toEqual(refuses('name.unknown'));
    await engine.keeping.answer(origin, freeze.id, 'mine');
    await cycle('third');
    expect(await moments(mirror)).toBe(1);
  });

  it('hold back what is of a source that is frozen at the origin, and let all else go', async () => {
    fs.mkdirSync(at('others'));
    const settings = { kind: 'files', paths: [at('others')], exclude: [], excludeIfPresent: [], oneFileSystem: false } as const;
    const other = await engine.sources.add({ name: 'Others', settings, secret: null, keepInKeychain: false });
    const definition = definitionOf(job);
    engine.jobs.edit({ ...definition, sources: [...definition.sources, other.id] });
    engine.mirrors.change(mirror, { retention: lastOnly });
    for (const text of ['first', 'second', 'third']) {
      fs.writeFileSync(at('others/note.txt'), `${text} note`);
      // More than people change at once, but only the third time.
      for (let index = 0; index < 25 && text !== 'second'; index += 1) put(text, `${index}.txt`);
      await cycle(text);
    }
    const [freeze = expect.unreachable()] = await engine.keeping.freezes(origin);
    expect(freeze.sourceName).toBe('Files');

    // The first letter was hidden before the freeze, the first two notes are gone for good.
    const run = await purge(mirror);
    expect(run).toMatchObject({
      status: 'warning',
      problems: [{ failure: { code: 'removal.frozen', facts: { source: 'Files' } } }],
      purge: { spared: { sources: [{ name: 'Files', versions: 1 }] } },
    });
    expect(run.failure).toBeNull();
    expect(run.purge?.trashedPacks ?? 0).toBeGreaterThan(0);
    const { needs } = await readStatus(engine.parts, engine.jobs, engine.storages, engine.removals);
    expect(needs.filter(({ kind }) => kind === 'source-frozen').map(({ storage }) => storage)).toEqual([origin]);
    expect(await engine.keeping.freezes(mirror)).toEqual([]);

    await engine.keeping.answer(origin, freeze.id, 'mine');
    const after = await purge(mirror);
    expect(after).toMatchObject({ status: 'success', purge: { dryRun: false } });
    expect(after.purge).not.toHaveProperty('spared');
  });

  it('are not tried out while the mirror does not know what is frozen at the origin', async () => {
    for (const text of ['first', 'second']) {
      for (let index = 0; index < 25; index += 1) put(text, `${index}.txt`);
      await cycle(text);
      engine.mirrors.change(mirror, { enabled: false });
    }
    const run = await purge(mirror, true);
    expect(run).toMatchObject({
      status: 'warning',
      failure: { code: 'removal.frozen', facts: { source: 'Files' } },
      purge: null,
    });
  });

  const unwell: Readonly<Record<string, () => void>> = {
    'is away': () => fs.renameSync(at('S'), at('away')),
    'went back to an older state': () => engine.parts.store.trust(origin, 99, 'f'.repeat(64)),
    'was found damaged': () => {
      const failure = { code: 'storage.record-damaged', retry: 'never', facts: {} } as const;
      const finding = { failure, file: 'packs/x', items: [] };
      const report = {
        level: 'all',
        percent: null,
        packsRead: 1,
        flickers: [],
        restored: 0,
        packs: 1,
        records: 1,
        chunks: 1,
        commits: 1,
        bytesRead: 1,
        orphans: 0,
        leftovers: 0,
      } as const;
      engine.parts.store.putStorage({ ...stored(origin), lastCheck: { atMs: 1, report: { ...report, findings: [finding] } } });
    },
  };
  it.each(Object.keys(unwell))('wait while the origin %s', async (what) => {
    for (const text of ['first', 'second']) await cycle(text);
    engine.mirrors.change(mirror, { retention: lastOnly });
    unwell[what]?.();
    const run = await ended(await engine.removals.applyRetention(mirror, null));
    expect(run).toMatchObject({ status: 'failed', failure: { code: 'removal.origin-unsure' } });
    await expect(
      engine.removals.purge({ storage: mirror, olderThanDays: null, dryRun: false, token: null }, 'person'),
    ).rejects.toEqual(refuses('removal.origin-unsure'));
    expect(await engine.removalPlans.plan(mirror, null, 10)).toMatchObject({ paused: { code: 'removal.origin-unsure' } });
    expect(await moments(mirror)).toBe(2);
  });

  it.each([
    ['go on after a repair of the origin that lost nothing', 0],
    ['wait on after one that lost something: the mirror may have it', 1],
  ] as const)('%s', async (_, chunksLost) => {
    for (const text of ['first', 'second']) await cycle(text);
    engine.mirrors.change(mirror, { retention: lastOnly });
    const unsure = expect.objectContaining({ code: 'removal.origin-unsure' }) as unknown;
    const paused = async (): Promise<unknown> => (await engine.removalPlans.plan(mirror, null, 10)).paused;
    expect(await paused()).toBeNull();
    unwell['was found damaged']?.();
    const repair = await ended(await engine.repairs.start(origin, true, null));
    expect(repair.repair?.dryRun).toBe(true);
    expect(await paused()).toEqual(unsure);
    engine.parts.store.putRun({ ...repair, repair: { ...(repair.repair ?? expect.unreachable()), dryRun: false, chunksLost } });
    expect(await paused()).toEqual(chunksLost > 0 ? unsure : null);
    expect((await engine.storages.show(origin)).lastRepair).toMatchObject({ run: repair.id, lost: chunksLost });
    const { needs } = await readStatus(engine.parts, engine.jobs, engine.storages, engine.removals);
    expect(needs.some(({ kind }) => kind === 'storage-damaged')).toBe(chunksLost > 0);
  });
});

describe('copies, disks and places', () => {
  it('are counted with the originals, and what is missing is named', async () => {
    expect(engine.mirrors.standing(origin)).toEqual({ copies: 3, disks: 1, elsewhere: 0, missing: ['disk', 'place'] });
    engine.mirrors.change(mirror, { isElsewhere: true });
    expect(engine.mirrors.standing(origin)).toEqual({ copies: 3, disks: 1, elsewhere: 1, missing: ['disk'] });
    engine.mirrors.remove(mirror);
    expect(engine.mirrors.standing(origin).missing).toEqual(['copy', 'disk', 'place']);
  });

  it('are what was seen last while a mirror is away', async () => {
    const [known] = engine.parts.store.mirrors();
    engine.parts.store.putMirror({ ...(known ?? expect.unreachable()), isSameDisk: false });
    fs.renameSync(at('M'), at('away'));
    expect((await shown()).isSameDisk).toBe(false);
    expect(engine.mirrors.standing(origin)).toMatchObject({ disks: 2 });
    fs.renameSync(at('away'), at('M'));
    expect((await shown()).isSameDisk).toBe(true);
    expect(engine.mirrors.standing(origin)).toMatchObject({ disks: 1 });
  });
});

const stored = (wanted: StorageId) => engine.parts.store.storages().find(({ id }) => id === wanted) ?? expect.unreachable();

const definitionOf = (wanted: JobId) => {
  const { zone: _, ...job } = engine.parts.store.jobs().find(({ id }) => id === wanted) ?? expect.unreachable();
  return job;
};
