import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { usualTiming } from '../../shared/domain/schedule.ts';
import type { JobId, PackId, RunId, SourceId, StorageId } from '../../shared/domain/ids.ts';
import { noCounts, type Run } from '../../shared/domain/run.ts';
import { defaultStorageSettings } from '../../shared/domain/storage-settings.ts';
import { openProfileStore, type ProfileStoreOptions } from './open-profile-store.ts';
import type { ProfileStore, StoredJob, StoredReading, StoredSource, StoredStorage } from './profile-store.ts';
import { Connection } from './sql/connection.ts';
import { madeHash, madeId } from './testing/commits.ts';
import { testDirectory, testFiles } from './testing/open-test-catalog.ts';

const place = (): string => path.join(testDirectory(), 'state.sqlite');

function open(file = place(), options: Partial<ProfileStoreOptions> = {}): ProfileStore {
  const store = openProfileStore({ path: file, files: testFiles, ...options });
  onTestFinished(() => store.close());
  return store;
}

const storage = (name: string): StoredStorage => ({
  id: madeId<StorageId>(name),
  name,
  path: `/media/${name}`,
  mode: 'own',
  keyInKeychain: true,
  recoveryKeyConfirmed: false,
  createdAtMs: 1,
  lastCheck: null,
  settings: defaultStorageSettings,
  acceptsEmpty: [],
  quietFreezes: [],
  clock: null,
  tallies: [],
  captured: [],
  scrub: { roundSinceMs: null, lastRoundAtMs: null },
});
const source: StoredSource = {
  id: madeId<SourceId>('mail'),
  name: 'mail',
  settings: { kind: 'maildir', path: '/mail', exclude: [] },
  secretInKeychain: false,
};
const job: StoredJob = {
  id: madeId<JobId>('job'),
  name: 'job',
  sources: [source.id],
  storage: storage('disk').id,
  schedule: { mode: 'continuous', idleMs: 60_000 },
  timing: usualTiming,
  scan: 'on',
  capture: 'off',
  choices: [],
  retention: null,
  retentionSetAtMs: null,
  zone: null,
  group: null,
  color: null,
  priority: 'normal',
};
const run = (name: string, startedAtMs: number, fields: Partial<Run> = {}): Run => ({
  id: madeId<RunId>(name),
  kind: 'backup',
  job: job.id,
  jobName: 'job',
  storage: job.storage,
  storageName: 'disk',
  trigger: 'person',
  cause: null,
  status: 'running',
  startedAtMs,
  endedAtMs: null,
  phases: [],
  counts: noCounts,
  bytes: { read: 0, stored: 0 },
  problems: [],
  steps: [],
  failure: null,
  restore: null,
  check: null,
  retention: null,
  purge: null,
  repair: null,
  ...fields,
});
const any = { job: null, storage: null, kind: null, limit: 100 };

describe('the profile’s store', () => {
  it('gives back what was put, in the order in which it first came', () => {
    const file = place();
    const first = open(file);
    first.putStorage(storage('disk'));
    first.putStorage(storage('nas'));
    first.putStorage({ ...storage('disk'), name: 'renamed' });
    first.putSource(source);
    first.putJob(job);
    first.setPreference('theme', 'dark');
    first.setPreference('theme', 'light');
    first.close();
    const store = open(file);
    expect(store.storages()).toEqual([{ ...storage('disk'), name: 'renamed' }, storage('nas')]);
    expect(store.sources()).toEqual([source]);
    expect(store.jobs()).toEqual([job]);
    expect(store.preference('theme')).toBe('light');
    expect(store.preference('language')).toBeUndefined();
    store.removeStorage(storage('disk').id);
    store.removeSource(source.id);
    store.removeJob(job.id);
    expect([store.storages(), store.sources(), store.jobs()]).toEqual([[storage('nas')], [], []]);
  });

  it('lists the newest runs first, by job, storage and kind', () => {
    const store = open();
    const check = run('check', 30, { kind: 'check', job: null });
    for (const each of [run('old', 10), run('new', 20), check]) store.putRun(each);
    const ended = run('old', 10, { status: 'success', endedAtMs: 15 });
    store.putRun(ended);
    expect(store.runs(any)).toEqual([check, run('new', 20), ended]);
    expect(store.runs({ ...any, job: job.id })).toEqual([run('new', 20), ended]);
    expect(store.runs({ ...any, kind: 'check' })).toEqual([check]);
    expect(store.runs({ ...any, storage: madeId<StorageId>('other') })).toEqual([]);
    expect(store.runs({ ...any, limit: 1 })).toEqual([check]);
    expect(store.runs({ ...any, job: job.id, statuses: ['success', 'warning'] })).toEqual([ended]);
    expect(store.runs({ ...any, statuses: ['failed'] })).toEqual([]);
    expect(store.runs({ ...any, sinceMs: 20 })).toEqual([check, run('new', 20)]);
    expect(store.run(ended.id)).toEqual(ended);
    expect(store.run(madeId<RunId>('nobody'))).toBeUndefined();
    expect(store.runIds(ended.id.slice(0, 8))).toEqual([ended.id]);
    expect(store.runIds('')).toHaveLength(3);
  });

  it('forgets the oldest runs and log lines beyond its limits', () => {
    const store = open(place(), { limits: { runs: 3, logLines: 100 } });
    for (let at = 0; at < 6; at++) store.putRun(run(`${at}`, at));
    expect(store.runs(any).map(({ startedAtMs }) => startedAtMs)).toEqual([5, 4, 3]);
    for (let at = 1; at <= 3000; at++) store.appendLog(madeId<RunId>('5'), at, 'info', 'step', { at });
    const lines = store.log(madeId<RunId>('5'), 0, 5000);
    expect(lines.at(-1)).toEqual({ line: 3000, atMs: 3000, level: 'info', event: 'step', facts: { at: 3000 } });
    expect(lines.length).toBeGreaterThanOrEqual(100);
    expect(lines.length).toBeLessThanOrEqual(1100);
  });

  it('numbers the lines of each run from 1', () => {
    const store = open();
    const [a, b] = [madeId<RunId>('a'), madeId<RunId>('b')];
    for (const each of [a, b, a, a]) store.appendLog(each, 1, 'warn', 'said', {});
    expect(store.log(a, 0, 10).map(({ line }) => line)).toEqual([1, 2, 3]);
    expect(store.log(a, 1, 1).map(({ line }) => line)).toEqual([2]);
    expect(store.log(b, 0, 10).map(({ line }) => line)).toEqual([1]);
  });

  it('remembers the newest commit of a storage', () => {
    const store = open();
    const { id } = storage('disk');
    expect(store.trusted(id)).toBeUndefined();
    store.trust(id, 3, 'c3');
    store.trust(id, 4, 'c4');
    expect(store.trusted(id)).toEqual({ sequence: 4, id: 'c4' });
  });

  it('remembers the last reading of each pack, and forgets those of packs and storages that are no more', () => {
    const file = place();
    const store = open(file);
    const [one, two] = [storage('one').id, storage('two').id];
    const reading = (name: string, atMs: number): StoredReading => ({
      pack: madeHash<PackId>(name),
      atMs,
      outcome: 'good',
      failure: null,
    });
    const failure = { code: 'storage.record-damaged', retry: 'never', facts: { file: 'packs/x' } } as const;
    store.putReading(one, reading('a', 1));
    store.putReading(one, reading('b', 2));
    store.putReading(two, reading('a', 3));
    store.putReading(one, { ...reading('a', 4), outcome: 'damaged', failure });
    expect(open(file).readings(one)).toEqual(
      expect.arrayContaining([{ ...reading('a', 4), outcome: 'damaged', failure }, reading('b', 2)]),
    );
    store.keepReadings(one, [madeHash<PackId>('b')]);
    expect(store.readings(one)).toEqual([reading('b', 2)]);
    store.putStorage(storage('one'));
    store.removeStorage(one);
    expect(store.readings(one)).toEqual([]);
    expect(store.readings(two)).toEqual([reading('a', 3)]);
  });

  it('is for its owner alone', () => {
    const file = place();
    writeFileSync(file, '', { mode: 0o644 });
    open(file).putSource(source);
    for (const suffix of ['', '-wal', '-shm']) expect(statSync(file + suffix).mode & 0o777).toBe(0o600);
  });

  it('is told to be unusable when it is something else, and is not touched', () => {
    const file = place();
    const text = 'not a database at all, '.repeat(1000);
    writeFileSync(file, text);
    expect(() => open(file)).toThrow(
      expect.objectContaining({ code: 'profile.unusable', facts: expect.objectContaining({ path: file }) as object }),
    );
    expect(readFileSync(file, 'utf8')).toBe(text);
  });

  it('is told to be unusable when a crash left it with pages that do not fit', () => {
    const file = place();
    const first = open(file);
    for (let at = 0; at < 50; at++) first.putRun(run(`${at}`, at));
    first.close();
    const pageBytes = 8192;
    const bytes = readFileSync(file);
    bytes.fill(0, bytes.length - 2 * pageBytes);
    writeFileSync(file, bytes);
    writeFileSync(`${file}-wal`, 'cut off');
    expect(() => open(file)).toThrow(expect.objectContaining({ code: 'profile.unusable' }));
  });

  it('refuses what a newer Strata has changed, and leaves it as it is', () => {
    const file = place();
    open(file).close();
    withTables(file, (connection) => connection.pragma('user_version = 9990'));
    const before = readFileSync(file);
    expect(() => open(file)).toThrow(expect.objectContaining({ code: 'profile.newer' }));
    expect(readFileSync(file).equals(before)).toBe(true);
    expect(readdirSync(path.dirname(file))).toEqual(['state.sqlite']);
  });
});

function withTables(file: string, use: (connection: Connection) => void): void {
  const connection = new Connection({ path: file, synchronous: 'full', cacheKiB: 100, unusable: 'profile.unusable' });
  use(connection);
  connection.close();
}
