import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { temporaryFolder } from '../../../test/kit/temporary-folder.ts';
import type { JobAction } from '../../shared/domain/action.ts';
import { type Choice, everything } from '../../shared/domain/choice.ts';
import type { ActionId, JobId, RunId, SourceId, StorageId } from '../../shared/domain/ids.ts';
import { keepNothing } from '../../shared/domain/retention.ts';
import type { Run } from '../../shared/domain/run.ts';
import type { FilesSettings } from '../../shared/domain/source-settings.ts';
import { silentLog } from '../kernel/log.ts';
import { type Engine, openEngine } from './engine.ts';
import { findRun } from './runs.ts';

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

let root: string;
let engine: Engine;
let storage: StorageId;
let source: SourceId;

const at = (name: string): string => path.join(root, name);
function put(name: string, text = name): void {
  fs.mkdirSync(path.dirname(at(name)), { recursive: true });
  fs.writeFileSync(at(name), text);
}
const settings = (more: Partial<FilesSettings> = {}): FilesSettings => ({
  kind: 'files',
  paths: [at('a'), at('b')],
  exclude: [],
  excludeIfPresent: [],
  oneFileSystem: false,
  ...more,
});
const addSource = async (name: string, of: FilesSettings): Promise<SourceId> =>
  (await engine.sources.add({ name, settings: of, secret: null, keepInKeychain: false })).id;
const editSource = (of: FilesSettings): Promise<void> =>
  engine.sources.edit({ id: source, name: 'S', settings: of, secret: null, keepInKeychain: false });
const definition = (name: string, choice: Partial<Choice> = {}, sources: readonly SourceId[] = [source]) => ({
  name,
  sources,
  storage,
  schedule: { mode: 'manual' } as const,
  choices: sources.map((one) => ({ source: one, choice: { ...everything, ...choice } })),
});
async function cycle(job: JobId): Promise<Run> {
  const run = await engine.jobs.run(job, 'person');
  return (await engine.parts.runs.ended(run)) ?? expect.unreachable();
}
/** Name → in which state it is kept. */
async function kept(): Promise<Record<string, 'there' | 'vanished' | 'unchosen'>> {
  const rows = await engine.browse.find(storage, { text: '', atMs: null, deleted: true, kind: 'file', limit: 1000 });
  const stateOf = ({ vanishedAtMs, unchosenSinceMs }: (typeof rows)[number]) =>
    vanishedAtMs !== null ? 'vanished' : unchosenSinceMs === null ? 'there' : 'unchosen';
  return Object.fromEntries(rows.map((row) => [row.name, stateOf(row)]));
}

beforeEach(async () => {
  root = temporaryFolder();
  engine = await openEngine({ profileDir: at('profile'), keychain: nothingKept, appVersion: '0', log: silentLog });
  storage = (
    await engine.storages.create({ name: 'S', path: at('storage'), password: 'correct horse battery', keepInKeychain: false })
  ).id;
  put('a/letter.txt');
  put('a/cache/page.html');
  put('b/photo.jpg', 'a photo that is larger than the rest');
  source = await addSource('S', settings());
});
afterEach(() => engine.close('now'));

describe('what was saved and is left out now', () => {
  it.each([
    ['a pattern', { exclude: ['cache/'] }, { 'page.html': 'unchosen' }],
    ['a pattern for files', { exclude: ['*.jpg'] }, { 'photo.jpg': 'unchosen' }],
    ['a marker', { excludeIfPresent: ['letter.txt'] }, { 'letter.txt': 'unchosen', 'page.html': 'unchosen' }],
  ] as const)('is not gone: by %s of the source', async (_, more, differs) => {
    const { id } = engine.jobs.create(definition('J'));
    await cycle(id);
    await editSource(settings(more));
    expect((await cycle(id)).counts.vanished).toBe(0);
    expect(await kept()).toEqual({ 'letter.txt': 'there', 'page.html': 'there', 'photo.jpg': 'there', ...differs });
    await editSource(settings());
    expect((await cycle(id)).counts).toMatchObject({ new: 0, changed: 0, moved: 0, vanished: 0 });
    expect(await kept()).toEqual({ 'letter.txt': 'there', 'page.html': 'there', 'photo.jpg': 'there' });
  });

  it('is not gone: by a path that the source names no more', async () => {
    const { id } = engine.jobs.create(definition('J'));
    await cycle(id);
    await editSource(settings({ paths: [at('a')] }));
    fs.rmSync(at('b'), { recursive: true });
    expect((await cycle(id)).counts.vanished).toBe(0);
    expect(await kept()).toMatchObject({ 'letter.txt': 'there', 'photo.jpg': 'unchosen' });
  });

  it('is not gone: by what the job takes, in each of its ways', async () => {
    const { id } = engine.jobs.create(definition('J'));
    await cycle(id);
    const ways: readonly Partial<Choice>[] = [
      { exclude: ['*.jpg'] },
      { include: ['*.txt', '*.html'] },
      { maxBytes: 20 },
      { skip: [{ path: at('b'), subfolders: true }] },
      { only: [{ path: at('a'), subfolders: true }] },
    ];
    for (const way of ways) {
      engine.jobs.edit({ id, ...definition('J', way) });
      expect((await cycle(id)).counts.vanished).toBe(0);
      expect([way, await kept()]).toEqual([way, { 'letter.txt': 'there', 'page.html': 'there', 'photo.jpg': 'unchosen' }]);
      engine.jobs.edit({ id, ...definition('J') });
      expect((await cycle(id)).counts).toMatchObject({ new: 0, changed: 0, moved: 0, vanished: 0 });
    }
  });

  it('goes by the rules only where the job lets it go, and is shown again where it is taken once more', async () => {
    const days = { keep: keepNothing, deletedDays: 0, goneSourceDays: 30, maxAgeDays: null, maxVersions: null };
    const retention = { rules: days, byKind: {} };
    const { id } = engine.jobs.create({ ...definition('J'), retention });
    await cycle(id);
    const plan = () => engine.removalPlans.plan(storage, null, 9);
    const going = async (): Promise<number> => (await plan()).totals.versions;
    const edit = (choice: Partial<Choice>): void =>
      engine.jobs.edit({ id, ...definition('J', { exclude: ['*.jpg'], ...choice }), retention });
    edit({});
    await cycle(id);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 40 * 86_400_000 });
    onTestFinished(() => void vi.useRealTimers());
    await engine.clock.answer(storage, 'right');
    await cycle(id);
    expect(await going()).toBe(0);
    edit({ leftOut: 'let-go' });
    await cycle(id);
    expect(await going()).toBe(0);
    vi.setSystemTime(Date.now() + 31 * 86_400_000);
    await engine.clock.answer(storage, 'right');
    await cycle(id);
    const { rows, token, needsConfirmation } = await plan();
    expect(rows).toMatchObject([{ name: 'photo.jpg', reason: 'left-out' }]);
    expect(needsConfirmation).toBe('share');
    await engine.parts.runs.ended(await engine.removals.applyRetention(storage, token));
    expect(await kept()).toEqual({ 'letter.txt': 'there', 'page.html': 'there' });
    expect(fs.existsSync(at('b/photo.jpg'))).toBe(true);
    edit({ exclude: [] });
    await cycle(id);
    expect(await kept()).toEqual({ 'letter.txt': 'there', 'page.html': 'there', 'photo.jpg': 'there' });
  });

  it('stays where one of two jobs that leave it out keeps it, also while only the other one runs', async () => {
    const rules = { keep: keepNothing, deletedDays: 0, goneSourceDays: 1, maxAgeDays: null, maxVersions: null };
    const one = (name: string, leftOut: Choice['leftOut']) => ({
      ...definition(name, { exclude: ['*.jpg'], leftOut }),
      retention: { rules, byKind: {} },
    });
    const keeps = engine.jobs.create(definition('Keeps'));
    await cycle(keeps.id);
    engine.jobs.edit({ id: keeps.id, ...one('Keeps', 'keep') });
    const letsGo = engine.jobs.create(one('Lets go', 'let-go'));
    await cycle(letsGo.id);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 9 * 86_400_000 });
    onTestFinished(() => void vi.useRealTimers());
    await engine.clock.answer(storage, 'right');
    await cycle(letsGo.id);
    const going = async (): Promise<number> => (await engine.removalPlans.plan(storage, null, 9)).totals.versions;
    expect(await going()).toBe(0);
    engine.jobs.edit({ id: keeps.id, ...one('Keeps', 'let-go') });
    await cycle(letsGo.id);
    vi.setSystemTime(Date.now() + 9 * 86_400_000);
    await engine.clock.answer(storage, 'right');
    expect(await going()).toBeGreaterThan(0);
  });

  it('may be what another job takes into the same storage, and is not marked then', async () => {
    const letters = engine.jobs.create(definition('Letters', { include: ['*.txt'] }));
    const photos = engine.jobs.create(definition('Photos', { include: ['*.jpg'] }));
    for (const { id } of [letters, photos, letters, photos]) await cycle(id);
    expect(await kept()).toEqual({ 'letter.txt': 'there', 'photo.jpg': 'there' });
    engine.jobs.remove(photos.id);
    await cycle(letters.id);
    expect(await kept()).toEqual({ 'letter.txt': 'there', 'photo.jpg': 'unchosen' });
  });
});

describe('a copy of a job', () => {
  it('has all of it but its history and its name, does nothing by itself, and stands behind it', async () => {
    const first = engine.jobs.create({
      ...definition('J', { exclude: ['*.tmp'] }),
      group: 'Home',
      color: 'plum',
      priority: 'high',
    });
    const last = engine.jobs.create({ ...definition('K'), group: 'home' });
    await cycle(first.id);
    const [channel] = engine.channels.list();
    engine.channels.route(channel?.id ?? expect.unreachable(), first.id, ['failure']);
    const action: JobAction = {
      ...({
        id: 'a' as ActionId,
        name: 'Tell',
        when: 'always-after',
        onFailure: 'warn',
        timeoutSeconds: 60,
        isOn: true,
      } as const),
      deed: { kind: 'command', program: 'true', arguments: [], shell: false, folder: null },
      secretsInKeychain: true,
    };
    engine.parts.store.putJobActions({ id: first.id, actions: [action] });
    const copy = engine.jobs.clone(first.id, 'J 2', false);
    expect(engine.actions.of(copy.id)).toEqual([{ ...action, secretsInKeychain: false }]);
    const jobs = await engine.jobs.list();
    expect(jobs.map(({ id }) => id)).toEqual([first.id, copy.id, last.id]);
    const [before, after] = jobs;
    expect(after).toMatchObject({ name: 'J 2', scan: 'off', capture: 'off', lastRun: null, group: 'Home', color: 'plum' });
    const { choices, sources, retention, schedule, timing, zone, priority } = before ?? expect.unreachable();
    expect(after).toMatchObject({ choices, sources, retention, schedule, timing, zone, priority });
    expect(engine.channels.list()[0]?.jobs[copy.id]).toEqual(['failure']);
    expect(() => engine.jobs.clone(first.id, 'j 2', false)).toThrow(expect.objectContaining({ code: 'name.taken' }) as Error);
  });

  it('goes on as the first does where that was asked for', async () => {
    const { id } = engine.jobs.create({ ...definition('J'), schedule: { mode: 'continuous', idleMs: 60_000 } });
    const copy = engine.jobs.clone(id, 'J 2', true);
    expect(await engine.jobs.show(copy.id)).toMatchObject({ scan: 'on', capture: 'on', due: { kind: 'start' } });
  });

  it('of a group that is spelled in another case stands in the same group', async () => {
    const one = engine.jobs.create({ ...definition('A'), group: 'Home' });
    engine.jobs.create(definition('B'));
    const three = engine.jobs.create({ ...definition('C'), group: 'HOME' });
    expect((await engine.jobs.list()).map(({ name, group }) => [name, group])).toEqual([
      ['A', 'Home'],
      ['C', 'Home'],
      ['B', null],
    ]);
    engine.jobs.move(three.id, { at: 'before', job: one.id }, null);
    expect((await engine.jobs.list()).map(({ name }) => name)).toEqual(['C', 'A', 'B']);
  });
});

describe('a run that is paused', () => {
  const reopen = async (): Promise<void> => {
    await engine.close('now');
    engine = await openEngine({ profileDir: at('profile'), keychain: nothingKept, appVersion: '0', log: silentLog });
    await engine.storages.unlock(storage, { by: 'password', password: 'correct horse battery' }, false);
  };
  async function paused(): Promise<{ job: JobId; run: RunId }> {
    const { id: job } = engine.jobs.create({ ...definition('J'), schedule: { mode: 'continuous', idleMs: 1000 } });
    const run = await engine.jobs.run(job, 'person');
    engine.parts.runs.pause(run);
    await engine.parts.runs.ended(run);
    return { job, run };
  }

  it('stays so over a restart, nothing of its job begins by itself, and resumed it is the same run with everything', async () => {
    const { job, run } = await paused();
    await reopen();
    expect(findRun(engine.parts, run)).toMatchObject({ status: 'paused', endedAtMs: null });
    expect((await engine.jobs.show(job)).due).toEqual({ kind: 'wait', because: 'run', untilMs: null });
    expect(await engine.jobs.tick()).toBe(0);
    expect(await engine.jobs.resume(run)).toBe(run);
    expect(await engine.parts.runs.ended(run)).toMatchObject({ id: run, status: 'success', trigger: 'person' });
    expect(await kept()).toEqual({ 'letter.txt': 'there', 'page.html': 'there', 'photo.jpg': 'there' });
    await expect(engine.jobs.resume(run)).rejects.toMatchObject({ code: 'run.not-paused' });
  });

  it('is gone on with by whoever runs the job, and tells nobody that it ended before it did', async () => {
    const { job, run } = await paused();
    expect(engine.alerts.inbox(100).entries.map(({ alert }) => alert.topic)).not.toContain('backup-done');
    expect((await cycle(job)).id).toBe(run);
    expect(engine.parts.store.alerts.unraised([run])).toEqual([]);
  });

  it('is over when it is stopped, or its job removed', async () => {
    const first = await paused();
    engine.parts.runs.stop(first.run, 'now');
    expect(findRun(engine.parts, first.run).status).toBe('stopped');
    engine.jobs.remove(first.job);
    const second = await paused();
    engine.jobs.remove(second.job);
    expect(findRun(engine.parts, second.run).status).toBe('stopped');
  });

  it('is over when its job goes on in another storage, which gets everything; what was saved stays where it is', async () => {
    const { job, run } = await paused();
    await engine.jobs.resume(run);
    await engine.parts.runs.ended(run);
    put('a/letter.txt', 'another');
    const second = await engine.jobs.run(job, 'person');
    engine.parts.runs.pause(second);
    await engine.parts.runs.ended(second);
    const other = await engine.storages.create({
      ...{ name: 'S 2', path: at('storage 2'), password: 'correct horse battery', keepInKeychain: false },
    });
    engine.jobs.edit({ ...definition('J'), id: job, storage: other.id });
    expect(findRun(engine.parts, second).status).toBe('stopped');
    expect(await cycle(job)).toMatchObject({ status: 'success', storage: other.id, counts: { vanished: 0 } });
    const all = { 'letter.txt': 'there', 'page.html': 'there', 'photo.jpg': 'there' };
    expect(await kept()).toEqual(all);
    storage = other.id;
    expect(await kept()).toEqual(all);
  });

  it('is a backup that runs, and nothing else', async () => {
    const { run } = await paused();
    expect(() => engine.parts.runs.pause(run)).toThrow(expect.objectContaining({ code: 'run.cannot-pause' }) as Error);
  });
});
