import fs from 'node:fs';
import path from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { jobHandlers } from '../../engine-host/job-handlers.ts';
import { fakeClock, type JumpingClock } from '../../../test/kit/fake-clock.ts';
import { temporaryFolder } from '../../../test/kit/temporary-folder.ts';
import type { JobId, StorageId } from '../../shared/domain/ids.ts';
import type { Run } from '../../shared/domain/run.ts';
import type { UpkeepTimes } from '../../shared/domain/upkeep.ts';
import { silentLog } from '../kernel/log.ts';
import { type Engine, openEngine } from './engine.ts';

/** As in the app but for the cost of a password: what it takes to guess one is not what is tried here. */
vi.mock(import('../crypto/open-sodium.ts'), async (original) => {
  const [real, { cheapenArgon }] = await Promise.all([original(), import('../../../test/kit/remembered-argon.ts')]);
  const cheap = real.openSodium().then(cheapenArgon);
  return { ...real, openSodium: () => cheap };
});

const secrets = new Map<string, string>();
const keychain = {
  status: () => Promise.resolve('available' as const),
  read: (account: string) => Promise.resolve(secrets.get(account)),
  write: (account: string, secret: string) => Promise.resolve(void secrets.set(account, secret)),
  remove: (account: string) => Promise.resolve(void secrets.delete(account)),
};
const hourMs = 3_600_000;

let root: string;
let clock: JumpingClock;
let engine: Engine;
let storage: StorageId;

const at = (name: string): string => path.join(root, name);
const open = (): Promise<Engine> =>
  openEngine({ profileDir: at('profile'), keychain, appVersion: '0', log: silentLog, instead: { clock } });
const create = async (name: string): Promise<StorageId> =>
  (await engine.storages.create({ name, path: at(name), password: 'correct horse battery', keepInKeychain: true })).id;
/** It is 10:00 in UTC at first. */
const daily = (hour: number, more: Partial<UpkeepTimes> = {}): UpkeepTimes => ({
  schedule: { mode: 'times', rules: [{ days: { every: 'week', weekdays: [1, 2, 3, 4, 5, 6, 7] }, minutes: [hour * 60] }] },
  ...{ zone: 'UTC', depth: 'quick', percent: 100 },
  ...more,
});
const runs = (id: StorageId, kind: Run['kind']): Run[] => engine.parts.store.runs({ job: null, storage: id, kind, limit: 100 });
/** A beat each five minutes, as the shell's clock gives it. */
async function live(hours: number): Promise<void> {
  for (let beat = 0; beat < hours * 12; beat += 1) {
    await clock.advance(hourMs / 12);
    await jobHandlers(engine)['clock.tick']({});
    while (engine.parts.runs.going().length > 0) await turn();
  }
}

beforeEach(async () => {
  root = temporaryFolder();
  clock = fakeClock();
  engine = await open();
  storage = await create('S');
  const stored = engine.parts.store.storages()[0] ?? expect.unreachable();
  engine.parts.store.putStorage({ ...stored, settings: { ...stored.settings, scrubDays: null } });
});
afterEach(() => engine.close('now'));

describe('what a storage is looked after with', () => {
  it('comes at times of its own, once for each, as deep as was said', async () => {
    engine.upkeep.set(storage, 'check', daily(12, { depth: 'all' }));
    await live(1);
    expect(runs(storage, 'check')).toEqual([]);
    expect(engine.upkeep.list()).toMatchObject([{ kind: 'check', nextMs: clock.nowMs() + hourMs, lastRun: null, missed: null }]);
    await live(48);
    expect(runs(storage, 'check')).toMatchObject([
      { trigger: 'schedule', status: 'success', check: { level: 'all' } },
      { trigger: 'schedule', status: 'success', check: { level: 'all' } },
    ]);
    expect(engine.upkeep.list()[0]?.lastRun?.id).toBe(runs(storage, 'check')[0]?.id);
  });

  it('is made up for once when the computer was off, and not before it is well awake', async () => {
    engine.upkeep.set(storage, 'check', daily(12));
    await engine.close('now');
    clock.jump(0, 72 * hourMs);
    engine = await open();
    await engine.storages.list(); // as whoever looks at Home
    await jobHandlers(engine)['clock.tick']({});
    expect(runs(storage, 'check')).toEqual([]);
    const missedMs = clock.nowMs() - 22 * hourMs;
    expect(engine.upkeep.list()[0]?.missed).toEqual({ atMs: missedMs, madeUpAtMs: null });
    await live(1);
    const [made, ...others] = runs(storage, 'check');
    expect(others).toEqual([]);
    // Said until another one is missed, and not of those that come in time.
    await live(24);
    expect(engine.upkeep.list()[0]?.missed).toEqual({ atMs: missedMs, madeUpAtMs: made?.startedAtMs });
  });

  it('waits while anything else is done there, and while all is paused', async () => {
    engine.upkeep.set(storage, 'check', daily(11));
    let end: () => void = () => undefined;
    const body = () => new Promise<{ status: 'success' }>((resolve) => (end = () => resolve({ status: 'success' })));
    const other = engine.parts.runs.start({
      kind: 'restore',
      trigger: 'person',
      job: null,
      storage: { id: storage, name: 'S' },
      body,
    });
    await clock.advance(2 * hourMs);
    await engine.upkeep.tick();
    expect(runs(storage, 'check')).toEqual([]);
    end();
    await engine.parts.runs.ended(other);
    engine.surroundings.pause(clock.nowMs() + hourMs / 2);
    await jobHandlers(engine)['clock.tick']({});
    expect(runs(storage, 'check')).toEqual([]);
    await live(1);
    expect(runs(storage, 'check')).toHaveLength(1);
  });

  it('is as usual again when its times are taken away, and owes nothing for the time before they were given', async () => {
    await clock.advance(5 * hourMs);
    engine.upkeep.set(storage, 'check', daily(12));
    await live(1);
    expect(runs(storage, 'check')).toEqual([]);
    engine.upkeep.set(storage, 'check', null);
    expect(engine.upkeep.list()).toEqual([]);
    await live(24);
    expect(runs(storage, 'check')).toEqual([]);
  });

  it('refuses what would never come, a zone that there is not, and mirroring of what is no mirror', () => {
    const never = { ...daily(1), schedule: { mode: 'cron', expression: '0 0 31 2 *' } } as const;
    expect(() => engine.upkeep.set(storage, 'check', never)).toThrow('schedule');
    expect(() => engine.upkeep.set(storage, 'check', daily(1, { zone: 'Mars/Olympus' }))).toThrow('input.invalid');
    expect(() => engine.upkeep.set(storage, 'mirror', daily(1))).toThrow('name.unknown');
    expect(engine.upkeep.list()).toEqual([]);
  });
});

describe('with times of its own', () => {
  it.each([
    ['a mirror', undefined],
    ['an archive', { sources: null, kinds: null }],
  ] as const)('%s follows no cycle, does not catch up in between, and comes at its time, also late', async (_, archive) => {
    const mirror = await create('M');
    await engine.mirrors.add(storage, mirror, true, archive);
    engine.upkeep.set(mirror, 'mirror', daily(12));
    fs.mkdirSync(at('files'));
    fs.writeFileSync(at('files/letter.txt'), 'Dear Ada');
    const settings = { kind: 'files', paths: [at('files')], exclude: [], excludeIfPresent: [], oneFileSystem: false } as const;
    const source = (await engine.sources.add({ name: 'F', settings, secret: null, keepInKeychain: false })).id;
    const job = engine.jobs.create({ name: 'J', sources: [source], storage, schedule: { mode: 'manual' } }).id;
    await engine.parts.runs.ended(await engine.jobs.run(job, 'person'));
    await live(1);
    expect(runs(mirror, 'mirror')).toEqual([]);
    fs.renameSync(at('M'), at('away'));
    await live(3);
    expect(runs(mirror, 'mirror')).toEqual([]);
    expect(engine.upkeep.list()[0]?.due).toEqual({ kind: 'wait', because: 'storage', untilMs: null });
    fs.renameSync(at('away'), at('M'));
    await live(1);
    expect(runs(mirror, 'mirror')).toMatchObject([{ status: 'success', trigger: 'schedule' }]);
    engine.mirrors.change(mirror, { enabled: false });
    await live(24);
    expect(runs(mirror, 'mirror')).toHaveLength(1);
  });
});

describe('a purge with times of its own', () => {
  it('comes then, and not once a week beside it', async () => {
    engine.upkeep.set(storage, 'purge', daily(12));
    await live(3);
    expect(runs(storage, 'purge')).toHaveLength(1);
  });
});

describe('a trial restore', () => {
  const started = (): number[] =>
    runs(storage, 'rehearsal')
      .map(({ startedAtMs }) => startedAtMs)
      .toReversed();
  let job: JobId;

  beforeEach(async () => {
    fs.mkdirSync(at('files'));
    fs.writeFileSync(at('files/letter.txt'), 'Dear Ada');
    const settings = { kind: 'files', paths: [at('files')], exclude: [], excludeIfPresent: [], oneFileSystem: false } as const;
    const source = (await engine.sources.add({ name: 'F', settings, secret: null, keepInKeychain: false })).id;
    job = engine.jobs.create({ name: 'J', sources: [source], storage, schedule: { mode: 'manual' } }).id;
    reads(30);
  });
  const reads = (scrubDays: number | null): void => {
    const stored = engine.parts.store.storages()[0] ?? expect.unreachable();
    engine.parts.store.putStorage({ ...stored, settings: { ...stored.settings, scrubDays } });
  };
  const sleep = async (days: number): Promise<void> => {
    await clock.advance(days * 24 * hourMs);
    await live(1);
  };
  const save = async (): Promise<void> => {
    fs.appendFileSync(at('files/letter.txt'), '!');
    await engine.parts.runs.ended(await engine.jobs.run(job, 'person'));
  };

  it('comes once a week by itself, after something was saved, and not where nothing is to be read back', async () => {
    await sleep(8);
    expect(started()).toEqual([]);
    await save();
    await live(1);
    expect(runs(storage, 'rehearsal')).toMatchObject([{ trigger: 'schedule', status: 'success' }]);
    await sleep(8);
    expect(started()).toHaveLength(1);
    await save();
    await live(1);
    expect(started()).toHaveLength(2);
    await save();
    await sleep(2);
    expect(started()).toHaveLength(2);
    reads(null);
    await sleep(8);
    expect(started()).toHaveLength(2);
  });

  it('comes at times of its own, and not once a week beside them', async () => {
    await save();
    engine.upkeep.set(storage, 'rehearsal', daily(12, { schedule: { mode: 'cron', expression: '0 12 29 2 *' } }));
    await sleep(9);
    expect(started()).toEqual([]);
    engine.upkeep.set(storage, 'rehearsal', daily(12));
    await live(2);
    expect(runs(storage, 'rehearsal')).toMatchObject([{ trigger: 'schedule', status: 'success' }]);
  });
});
