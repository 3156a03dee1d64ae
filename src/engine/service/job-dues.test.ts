import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { temporaryFolder } from '../../../test/kit/temporary-folder.ts';
import type { JobId, RunId, SourceId, StorageId } from '../../shared/domain/ids.ts';
import type { Run } from '../../shared/domain/run.ts';
import { emptyBook, type Schedule, type Timing, usualTiming } from '../../shared/domain/schedule.ts';
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
const minuteMs = 60_000;

let root: string;
let engine: Engine;
let storage: StorageId;
let source: SourceId;

const at = (name: string): string => path.join(root, name);
const open = (): Promise<Engine> => openEngine({ profileDir: at('profile'), keychain, appVersion: '0', log: silentLog });

beforeEach(async () => {
  root = temporaryFolder();
  engine = await open();
  const made = { name: 'S', path: at('storage'), password: 'correct horse battery', keepInKeychain: true };
  storage = (await engine.storages.create(made)).id;
  fs.mkdirSync(at('files'));
  fs.writeFileSync(at('files/letter.txt'), 'Dear Ada');
  const settings = { kind: 'files', paths: [at('files')], exclude: [], excludeIfPresent: [], oneFileSystem: false } as const;
  source = (await engine.sources.add({ name: 'F', settings, secret: null, keepInKeychain: false })).id;
});
afterEach(() => engine.close('now'));

const definition = (schedule: Schedule, timing: Partial<Timing> = {}) => ({
  name: 'J',
  sources: [source],
  storage,
  schedule,
  timing: { ...usualTiming, ...timing },
  zone: 'UTC',
});
const create = (schedule: Schedule, timing?: Partial<Timing>): JobId => engine.jobs.create(definition(schedule, timing)).id;
const daily = (minute: number): Schedule => ({
  mode: 'times',
  rules: [{ days: { every: 'week', weekdays: [1, 2, 3, 4, 5, 6, 7] }, minutes: [minute] }],
});
/** As if it had been so for two days, and the machine awake for half an hour. */
const asOld = (id: JobId): void =>
  engine.parts.store.putJobBook({ id, sinceMs: Date.now() - 48 * 60 * minuteMs, slots: emptyBook, cut: null });
const look = (): void => engine.surroundings.look(undefined, false);
async function beat(): Promise<Run | undefined> {
  look();
  await engine.jobs.tick();
  const [run] = engine.parts.runs.going();
  return run === undefined ? undefined : engine.parts.runs.ended(run.id);
}
/** As if it had failed for a reason that may pass. */
const fail = (run: Run): void =>
  engine.parts.store.putRun({ ...run, status: 'failed', failure: { code: 'source.unreachable', retry: 'later', facts: {} } });
/** The newest run of the job, as if it had been an hour ago. */
function asLongAgo(id: JobId): void {
  const [run] = engine.parts.store.runs({ job: id, storage: null, kind: 'backup', limit: 1 });
  const endedAtMs = Date.now() - 60 * minuteMs;
  engine.parts.store.putRun({ ...(run ?? expect.unreachable()), startedAtMs: endedAtMs - 1000, endedAtMs });
}
const due = async (id: JobId) => (await engine.jobs.show(id)).due;
/** A time of the clock, ten minutes ago. */
const passed = (): number => (Math.floor(Date.now() / minuteMs) + 1430) % 1440;

describe('what would never run, or cannot be understood, is refused, and nothing changes', () => {
  it.each([
    [{ mode: 'continuous', idleMs: minuteMs }, { windows: [] }, 'schedule.never'],
    [{ mode: 'cron', expression: '0 2 1 * 1' }, {}, 'schedule.cron-unclear'],
    [{ mode: 'cron', expression: 'now and then' }, {}, 'schedule.cron-invalid'],
    [daily(0), { windows: [{ from: 60, to: 120, paint: 'allowed' }], missed: 'skip' }, 'schedule.never'],
  ] as const)('%j %j: %s', async (schedule, timing, code) => {
    expect(() => create(schedule, timing)).toThrow(code);
    expect(await engine.jobs.list()).toEqual([]);
    const id = create({ mode: 'manual' });
    expect(() => engine.jobs.edit({ id, ...definition(schedule, timing) })).toThrow(code);
    expect((await engine.jobs.show(id)).schedule).toEqual({ mode: 'manual' });
  });
});

describe('a job', () => {
  it('that runs once runs once', async () => {
    const id = create({ mode: 'once' });
    expect((await beat())?.status).toBe('success');
    expect(await beat()).toBeUndefined();
    expect(await due(id)).toEqual({ kind: 'never' });
  });

  it('owes nothing for times from before it was made or changed', async () => {
    const id = create(daily(passed()));
    expect(await due(id)).toMatchObject({ kind: 'wait', because: 'time' });
    asOld(id);
    expect(await due(id)).toMatchObject({ kind: 'wait', because: 'waking' });
    engine.jobs.edit({ id, ...definition(daily(passed() + 1)) });
    expect(await due(id)).toMatchObject({ kind: 'wait', because: 'time' });
  });

  it('keeps what it owes when something else of it is changed', async () => {
    const id = create(daily(passed()));
    asOld(id);
    engine.jobs.edit({ id, ...definition(daily(passed()), { retries: 5 }), name: 'K' });
    expect(await due(id)).toMatchObject({ because: 'waking' });
  });

  it('asks about a time that it missed: run, and it runs, and does not ask again', async () => {
    const id = create(daily(passed()), { missed: 'ask' });
    expect(() => engine.jobs.answer(id, 'run')).toThrow('job.nothing-missed');
    asOld(id);
    expect(await due(id)).toEqual({ kind: 'wait', because: 'answer', untilMs: null });
    expect(await beat()).toBeUndefined();
    engine.jobs.answer(id, 'run');
    expect((await beat())?.trigger).toBe('schedule');
    const [book] = engine.parts.store.jobBooks();
    expect(book?.slots).toMatchObject({ doneMs: expect.any(Number), recent: [expect.any(Number)], tries: 1, wantedMs: null });
    expect(await due(id)).toMatchObject({ because: 'time' });
    expect(() => engine.jobs.answer(id, 'run')).toThrow('job.nothing-missed');
  });

  it('asks about a time that it missed: skip, and it waits for the next', async () => {
    const id = create(daily(passed()), { missed: 'ask' });
    asOld(id);
    engine.jobs.answer(id, 'skip');
    expect(await due(id)).toMatchObject({ kind: 'wait', because: 'time' });
    expect(await beat()).toBeUndefined();
  });

  it('writes down with each run why it ran', async () => {
    const id = create(daily(passed()), { missed: 'ask' });
    asOld(id);
    engine.jobs.answer(id, 'run');
    const run = (await beat()) ?? expect.unreachable();
    expect(run.cause).toEqual({ reason: 'asked', forMs: expect.any(Number), retry: null });
    fail(run);
    asLongAgo(id);
    expect((await beat())?.cause).toEqual({ reason: 'retry', forMs: null, retry: { nth: 1, of: 2 } });
    const byHand = await engine.parts.runs.ended(await engine.jobs.run(id, 'person'));
    expect(byHand?.cause).toEqual({ reason: 'hand', forMs: null, retry: null });
    expect(engine.parts.store.run(run.id)?.cause?.reason).toBe('asked');
  });

  it('tries again as often as was said after a run by hand, however often an earlier one was tried', async () => {
    const id = create(daily((passed() + 720) % 1440));
    engine.parts.store.putJobBook({ id, sinceMs: Date.now(), slots: { ...emptyBook, tries: 3 }, cut: null });
    fail((await engine.parts.runs.ended(await engine.jobs.run(id, 'person'))) ?? expect.unreachable());
    asLongAgo(id);
    const again = (await beat()) ?? expect.unreachable();
    expect(again.cause?.retry).toEqual({ nth: 1, of: 2 });
  });

  it('goes on after a restart that broke its run off', async () => {
    const id = create({ mode: 'once' });
    const run = await beat();
    engine.parts.store.putRun({ ...(run ?? expect.unreachable()), status: 'running', endedAtMs: null });
    await engine.close('now');
    engine = await open();
    expect(await due(id)).toEqual({ kind: 'start', because: 'resumed' });
    expect((await beat())?.status).toBe('success');
    expect(await due(id)).toEqual({ kind: 'never' });
  });

  it('waits while everything is paused, and begins when that ends', async () => {
    const id = create({ mode: 'once' });
    engine.surroundings.pause(Date.now() + minuteMs);
    expect(await beat()).toBeUndefined();
    expect(await due(id)).toMatchObject({ kind: 'wait', because: 'paused' });
    engine.surroundings.pause(null);
    expect((await beat())?.status).toBe('success');
  });

  it('waits for what its conditions need, and asks for no more than that', async () => {
    const id = create({ mode: 'once' }, { batteryAbove: 50 });
    expect(engine.jobs.asks()).toEqual({ power: true, network: false });
    engine.surroundings.look({ battery: 20, isMetered: true, network: null }, false);
    expect(await due(id)).toMatchObject({ because: 'battery' });
    engine.surroundings.look({ battery: 60, isMetered: true, network: null }, false);
    expect(await due(id)).toEqual({ kind: 'start', because: 'first' });
  });

  it('waits for a disk that is away, without a failed run each minute; and runs when it comes, where that is its rule', async () => {
    const id = create({ mode: 'on-plug' });
    await beat();
    expect(await beat()).toBeUndefined();
    fs.renameSync(at('storage'), at('away'));
    fs.mkdirSync(at('storage'));
    expect(await beat()).toBeUndefined();
    expect(await due(id)).toMatchObject({ kind: 'wait', because: 'storage' });
    fs.rmdirSync(at('storage'));
    fs.renameSync(at('away'), at('storage'));
    expect((await beat())?.status).toBe('success');
    expect(await beat()).toBeUndefined();
    expect(engine.parts.store.runs({ job: id, storage: null, kind: 'backup', limit: 9 })).toHaveLength(2);
  });

  it('waits where another storage lies in the place of its own', async () => {
    const id = create({ mode: 'once' });
    await engine.storages.create({ name: 'O', path: at('other'), password: 'correct horse battery', keepInKeychain: true });
    fs.renameSync(at('storage'), at('away'));
    fs.renameSync(at('other'), at('storage'));
    look();
    expect(await due(id)).toMatchObject({ kind: 'wait', because: 'storage' });
  });

  it('that a window cut off goes on, and one that a person stopped does not', async () => {
    const id = create({ mode: 'once' });
    const run = (await beat()) ?? expect.unreachable();
    engine.parts.store.putRun({ ...run, status: 'stopped' });
    expect(await due(id)).toEqual({ kind: 'never' });
    const [book] = engine.parts.store.jobBooks();
    engine.parts.store.putJobBook({ ...(book ?? expect.unreachable()), cut: run.id });
    expect(await due(id)).toEqual({ kind: 'start', because: 'resumed' });
    engine.parts.store.putRun({ ...run, status: 'success' });
    expect(await due(id)).toEqual({ kind: 'never' });
  });

  it('has no book any more when it is gone', () => {
    const id = create({ mode: 'once' });
    engine.jobs.remove(id);
    expect(engine.parts.store.jobBooks()).toEqual([]);
  });
});

describe('a job that saved nothing for too long', () => {
  const hourMs = 60 * minuteMs;
  function awakeFor(minutes: number): void {
    const real = engine.surroundings.moments.bind(engine.surroundings);
    vi.spyOn(engine.surroundings, 'moments').mockImplementation((at) => ({ ...real(at), awakeForMs: minutes * minuteMs }));
  }
  async function lastSaved(schedule: Schedule, hoursAgo: number, minutesAwake = 31) {
    const id = create(schedule);
    const run = await engine.parts.runs.ended(await engine.jobs.run(id, 'person'));
    const endedAtMs = Date.now() - hoursAgo * hourMs;
    engine.parts.store.putRun({ ...(run ?? expect.unreachable()), startedAtMs: endedAtMs - 1000, endedAtMs });
    engine.parts.store.putJobBook({ id, sinceMs: 0, slots: emptyBook, cut: null });
    awakeFor(minutesAwake);
    return (await engine.jobs.show(id)).lateSinceMs === null ? 'in time' : 'late';
  }
  it.each([
    [{ mode: 'continuous', idleMs: hourMs }, 47, 'in time'],
    [{ mode: 'continuous', idleMs: hourMs }, 49, 'late'],
    [daily(0), 71, 'in time'],
    [daily(0), 73, 'late'],
    [{ mode: 'cron', expression: '0 2 * * 1' }, 20 * 24, 'in time'],
    [{ mode: 'cron', expression: '0 2 * * 1' }, 22 * 24, 'late'],
    [{ mode: 'manual' }, 1000, 'in time'],
    [{ mode: 'on-plug' }, 1000, 'in time'],
  ] as const)(
    'is late after three times its usual pause, and two days at least: %j, %i hours',
    async (schedule, hoursAgo, expected) => {
      expect(await lastSaved(schedule, hoursAgo)).toBe(expected);
    },
  );
  it('is not late while a computer that was off has just come up, and will make up for it', async () => {
    expect(await lastSaved({ mode: 'continuous', idleMs: hourMs }, 100, 29)).toBe('in time');
  });
  it('is late at once where it cannot begin', async () => {
    expect(await lastSaved({ mode: 'continuous', idleMs: hourMs }, 100, 1)).toBe('in time');
    fs.renameSync(at('storage'), at('away'));
    look();
    expect((await engine.jobs.list())[0]?.lateSinceMs).not.toBeNull();
  });
  it('says since when it should have begun, while it cannot', async () => {
    const id = create({ mode: 'continuous', idleMs: hourMs });
    await beat();
    const [run] = engine.parts.store.runs({ job: id, storage: null, kind: 'backup', limit: 1 });
    const endedAtMs = Date.now() - 3 * hourMs;
    engine.parts.store.putRun({ ...(run ?? expect.unreachable()), startedAtMs: endedAtMs - 1000, endedAtMs });
    expect((await engine.jobs.show(id)).nextRunAtMs).toBe(endedAtMs + hourMs);
  });
});

describe('the end of a window', () => {
  const minuteOfWeek = (): number => (((Math.floor(Date.now() / minuteMs) - 3 * 1440 - 1440) % 10_080) + 10_080) % 10_080;
  /** All of the week but the present. */
  const shut = (): Timing['windows'] => {
    const now = minuteOfWeek();
    const [from, to] = [Math.max(0, now - 60), Math.min(10_080, now + 60)];
    return [
      ...(from > 0 ? [{ from: 0, to: from, paint: 'allowed' as const }] : []),
      ...(to < 10_080 ? [{ from: to, to: 10_080, paint: 'allowed' as const }] : []),
    ];
  };
  it.each([
    ['item', 'after-item'],
    ['stop', 'now'],
    ['cycle', null],
  ] as const)('lets a run go on as was said: %s', async (windowEnd, how) => {
    const stops: [RunId, string][] = [];
    vi.spyOn(engine.parts.runs, 'stop').mockImplementation((run, way) => stops.push([run, way]) > 0);
    const id = create({ mode: 'once' });
    look();
    await engine.jobs.tick();
    const [going] = engine.parts.runs.going();
    engine.jobs.edit({ id, ...definition({ mode: 'once' }, { windows: shut(), windowEnd }) });
    await engine.jobs.tick();
    expect(stops).toEqual(how === null ? [] : [[going?.id, how]]);
    vi.restoreAllMocks();
    await engine.parts.runs.ended(going?.id ?? expect.unreachable());
  });

  it('does not touch a run that a person began', async () => {
    const stop = vi.spyOn(engine.parts.runs, 'stop');
    const id = create({ mode: 'once' }, { windows: shut() });
    const run = await engine.jobs.run(id, 'person');
    await engine.jobs.tick();
    expect(stop).not.toHaveBeenCalled();
    vi.restoreAllMocks();
    expect((await engine.parts.runs.ended(run))?.status).toBe('success');
  });
});

describe('a slow time', () => {
  const allWeek = [{ from: 0, to: 10_080, paint: 'slow' }] as const;
  it('lowers the pace of the job’s sources while it lasts, also of one that is asked already, and of none without it', async () => {
    const { pace } = engine.sources.paces.inRun(source);
    const schedule = { mode: 'on-plug' } as const;
    const id = create(schedule, { windows: allWeek, slowBytesPerSecond: 10_000 });
    expect(pace?.pieceBytes).toBe(Number.POSITIVE_INFINITY);
    await beat();
    expect(pace?.pieceBytes).toBeLessThanOrEqual(10_000);
    engine.jobs.edit({ id, ...definition(schedule) });
    await beat();
    expect(pace?.pieceBytes).toBe(Number.POSITIVE_INFINITY);
  });
});

describe('the forecast', () => {
  it('shows the lengths that the runs of a job have, and of a rule that is nobody’s none', async () => {
    const id = create(daily(passed()));
    await engine.parts.runs.ended(await engine.jobs.run(id, 'person'));
    const asked = { schedule: daily(0), timing: usualTiming, zone: 'UTC', days: 14, limit: 5 };
    const own = engine.jobs.forecast({ id, ...asked });
    expect(own.runs).toHaveLength(5);
    expect(own.runs.every(({ startMs, endMs }) => endMs !== null && endMs >= startMs && startMs % (1440 * minuteMs) === 0)).toBe(
      true,
    );
    expect(engine.jobs.forecast({ id: null, ...asked }).runs.map(({ endMs }) => endMs)).toEqual([null, null, null, null, null]);
    expect(() => engine.jobs.forecast({ id: null, ...asked, zone: 'Mars/Olympus' })).toThrow('input.invalid');
  });
});
