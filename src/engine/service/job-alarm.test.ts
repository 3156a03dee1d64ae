import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeClock, type JumpingClock } from '../../../test/kit/fake-clock.ts';
import { temporaryFolder } from '../../../test/kit/temporary-folder.ts';
import type { JobId, RunId, SourceId, StorageId } from '../../shared/domain/ids.ts';
import type { Run } from '../../shared/domain/run.ts';
import { type Schedule, type Timing, usualTiming } from '../../shared/domain/schedule.ts';
import { painted } from '../../shared/domain/week.ts';
import { StrataError } from '../../shared/domain/strata-error.ts';
import { silentLog } from '../kernel/log.ts';
import { type Engine, openEngine } from './engine.ts';

/** As in the app but for the cost of a password: what it takes to guess one is not what is tried here. */
vi.mock(import('../crypto/open-sodium.ts'), async (original) => {
  const [real, { cheapenArgon }] = await Promise.all([original(), import('../../../test/kit/remembered-argon.ts')]);
  const cheap = real.openSodium().then(cheapenArgon);
  return { ...real, openSodium: () => cheap };
});

const minuteMs = 60_000;
/** 2026-03-02T10:00:00Z, a Monday. */
const opensMs = 1_772_445_600_000;
const opens = 600;
const window = painted([], opens, opens + 1, 'allowed');

let clock: JumpingClock;
/** Time that passes whenever somebody reads the clock, as work takes it. */
let passesMs = 0;
let engine: Engine;
let storage: StorageId;
let source: SourceId;
let folder: string;

beforeEach(async () => {
  const root = temporaryFolder();
  const still = fakeClock(opensMs - 5 * minuteMs);
  passesMs = 0;
  const nowMs = (): number => {
    still.jump(passesMs, passesMs);
    return Math.floor(still.nowMs());
  };
  clock = { ...still, nowMs };
  const keychain = {
    status: () => Promise.resolve('unavailable' as const),
    read: () => Promise.resolve(undefined),
    write: () => Promise.resolve(),
    remove: () => Promise.resolve(),
  };
  const profileDir = path.join(root, 'profile');
  engine = await openEngine({ profileDir, keychain, appVersion: '0', log: silentLog, instead: { clock } });
  const made = { name: 'S', path: path.join(root, 'storage'), password: 'correct horse battery', keepInKeychain: false };
  storage = (await engine.storages.create(made)).id;
  folder = path.join(root, 'files');
  fs.mkdirSync(folder);
  fs.writeFileSync(path.join(folder, 'letter.txt'), 'Dear Ada');
  const settings = { kind: 'files', paths: [folder], exclude: [], excludeIfPresent: [], oneFileSystem: false } as const;
  source = (await engine.sources.add({ name: 'F', settings, secret: null, keepInKeychain: false })).id;
});
afterEach(() => engine.close('now'));

const create = (schedule: Schedule, timing: Partial<Timing> = {}): JobId =>
  engine.jobs.create({ name: 'J', sources: [source], storage, schedule, timing: { ...usualTiming, ...timing }, zone: 'UTC' }).id;
const newest = (): Run | undefined => engine.parts.store.runs({ job: null, storage: null, kind: 'backup', limit: 1 })[0];
/** The one look of the heart; all others are the engine's own alarms. */
async function lookAt(ms: number, lookPassesMs: number): Promise<number> {
  clock.jump(0, ms - clock.nowMs());
  engine.surroundings.look(undefined, false);
  passesMs = lookPassesMs;
  const started = await engine.jobs.tick();
  passesMs = 0;
  return started;
}
const ended = (run: RunId | undefined): Promise<Run | undefined> => engine.parts.runs.ended(run ?? expect.unreachable());

describe('the alarm between two looks', () => {
  it.each([1, 2, 3, 4, 6, 8, 12, 20])(
    'begins a job whose window opens %i readings of the clock after the look began, though the look saw it shut or open',
    async (readings) => {
      create({ mode: 'continuous', idleMs: 10 * minuteMs }, { windows: window });
      await lookAt(opensMs - readings, 1);
      await clock.advance(100);
      expect(newest()?.startedAtMs).toBeGreaterThanOrEqual(opensMs);
      expect(newest()?.startedAtMs).toBeLessThan(opensMs + 1000);
      expect((await ended(newest()?.id))?.status).toBe('success');
    },
  );

  it.each([1, 2, 3, 4, 6, 8, 12, 20])(
    'ends a run whose window closes %i readings of the clock after the look began',
    async (readings) => {
      const stop = vi.spyOn(engine.parts.runs, 'stop').mockReturnValue(true);
      create({ mode: 'continuous', idleMs: 10 * minuteMs }, { windows: window, windowEnd: 'stop' });
      expect(await lookAt(opensMs + 1, 0)).toBe(1);
      const run = newest()?.id;
      await lookAt(opensMs + minuteMs - readings, 1);
      await clock.advance(100);
      expect(stop.mock.calls[0]).toEqual([run, 'now']);
      stop.mockRestore();
      await ended(run);
    },
  );

  it('begins what came to be due while a run was ending, and asks in vain no sooner than the next look', async () => {
    const id = create({ mode: 'continuous', idleMs: 1 });
    expect(await lookAt(opensMs, 0)).toBe(1);
    const first = newest()?.id;
    passesMs = 1;
    await ended(first);
    passesMs = 0;
    await clock.advance(100);
    expect(newest()?.id).not.toBe(first);
    await ended(newest()?.id);
    const refusal = new StrataError('storage.needs-password', 'after-user-action');
    const admit = vi.spyOn(engine.jobs, 'run').mockRejectedValue(refusal);
    expect(await lookAt(opensMs + 5 * minuteMs, 1)).toBe(0);
    await clock.advance(30_000);
    expect(admit.mock.calls.map(([job]) => job)).toEqual([id]);
  });
});

it('a job that two begin at the same time, while its storage is being opened, runs once', async () => {
  const id = create({ mode: 'manual' });
  const begun = await Promise.allSettled([engine.jobs.run(id, 'person'), engine.jobs.run(id, 'schedule')]);
  expect(begun).toMatchObject([{ status: 'fulfilled' }, { status: 'rejected', reason: { code: 'run.already-running' } }]);
  const runs = engine.parts.store.runs({ job: id, storage: null, kind: 'backup', limit: 10 });
  expect(runs).toHaveLength(1);
  await ended(runs[0]?.id);
});

describe('a slow time', () => {
  /** Until it is over or so much time has passed. */
  async function pass(run: RunId | undefined, ms: number): Promise<void> {
    const untilMs = clock.monotonicMs() + ms;
    while (clock.monotonicMs() < untilMs && going(run)) {
      await clock.advance(20);
      await new Promise((resolve) => setTimeout(resolve, 2)); // what disks and threads do takes no time of this clock
    }
  }
  const going = (run: RunId | undefined): boolean => engine.parts.runs.going().some(({ id }) => id === run);

  it('holds for what is read on this computer, and is over for it at once when the window goes on without it', async () => {
    const slow = painted([], opens, opens + 1, 'slow');
    const windows = painted(slow, opens + 1, opens + 60, 'allowed');
    create({ mode: 'once' }, { windows, slowBytesPerSecond: 10_000 });
    // Eighty files of twenty seconds each.
    for (let index = 0; index < 80; index += 1) fs.writeFileSync(path.join(folder, `${index}.bin`), Buffer.alloc(200_000, index));
    await lookAt(opensMs + 1, 0);
    const run = newest()?.id;
    await pass(run, minuteMs - 1000);
    expect(going(run)).toBe(true);
    await pass(run, 20_000);
    expect(going(run)).toBe(false);
    expect((await ended(run))?.status).toBe('success');
  });
});
