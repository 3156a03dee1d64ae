import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { temporaryFolder } from '../../../test/kit/temporary-folder.ts';
import type { JobId, SourceId } from '../../shared/domain/ids.ts';
import { keepNothing } from '../../shared/domain/retention.ts';
import type { Run } from '../../shared/domain/run.ts';
import type { RunWish } from '../../shared/domain/run-cause.ts';
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
let job: JobId;
let sources: readonly [SourceId, SourceId];

const at = (...names: string[]): string => path.join(root, ...names);
const remaining = (versions: number) => ({
  rules: { keep: { ...keepNothing, last: versions }, deletedDays: 0, goneSourceDays: 0, maxAgeDays: null, maxVersions: 1 },
  byKind: {},
});

beforeEach(async () => {
  root = temporaryFolder();
  engine = await openEngine({ profileDir: at('profile'), keychain, appVersion: '0', log: silentLog });
  const storage = await engine.storages.create({
    name: 'S',
    path: at('S'),
    password: 'correct horse battery',
    keepInKeychain: false,
  });
  const add = async (name: string): Promise<SourceId> => {
    fs.mkdirSync(at(name));
    fs.writeFileSync(at(name, 'a.txt'), 'first');
    const settings = { kind: 'files', paths: [at(name)], exclude: [], excludeIfPresent: [], oneFileSystem: false } as const;
    return (await engine.sources.add({ name, settings, secret: null, keepInKeychain: false })).id;
  };
  sources = [await add('one'), await add('two')];
  const schedule = { mode: 'continuous', idleMs: 3_600_000 } as const;
  job = engine.jobs.create({ name: 'J', sources: [...sources], storage: storage.id, schedule, retention: remaining(9) }).id;
  await cycle();
});
afterEach(() => engine.close('now'));

async function cycle(wish?: RunWish): Promise<Run> {
  const run = await engine.parts.runs.ended(await engine.jobs.run(job, 'person', { wish }));
  return run ?? expect.unreachable();
}
const aloneOf = (source: SourceId): RunWish => ({ sources: [source], readsAgain: false });

describe('a run of some of a job’s sources', () => {
  it('saves those alone, and the others with the next run of all', async () => {
    for (const name of ['one', 'two']) fs.writeFileSync(at(name, 'b.txt'), 'second');
    const some = await cycle(aloneOf(sources[0]));
    expect(some).toMatchObject({ status: 'success', counts: { seen: 2, new: 1, vanished: 0 } });
    expect(some.cause?.wish).toEqual(aloneOf(sources[0]));
    expect(await cycle()).toMatchObject({ status: 'success', counts: { seen: 4, new: 1, vanished: 0 } });
  });

  it('is no run of the job: what is due stays due', async () => {
    const before = await engine.jobs.show(job);
    await new Promise((resolve) => setTimeout(resolve, 20));
    const { endedAtMs } = await cycle(aloneOf(sources[1]));
    const after = await engine.jobs.show(job);
    expect(after.nextRunAtMs).toBe(before.nextRunAtMs);
    expect(after.nextRunAtMs).toBeLessThan((endedAtMs ?? 0) + 3_600_000);
    await cycle();
    expect((await engine.jobs.show(job)).nextRunAtMs).toBeGreaterThan(before.nextRunAtMs ?? Infinity);
  });

  it('removes nothing of a source that it did not look at', async () => {
    fs.writeFileSync(at('two', 'a.txt'), 'edited');
    await cycle();
    engine.jobs.edit({ ...(await engine.jobs.show(job)), retention: remaining(1) });
    const some = await cycle(aloneOf(sources[0]));
    expect(some.retention?.versions ?? 0).toBe(0);
    expect((await cycle()).retention?.versions).toBe(1);
  });

  it('is refused for a source that is not the job’s', async () => {
    const wish: RunWish = { sources: ['zzzzzzzzzzzzzzzzzzzz' as SourceId], readsAgain: true };
    await expect(engine.jobs.run(job, 'person', { wish })).rejects.toMatchObject({ code: 'name.unknown' });
  });
});
