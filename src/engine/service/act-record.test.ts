import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ActSubject, RecordedAct } from '../../shared/domain/act.ts';
import type { StorageId } from '../../shared/domain/ids.ts';
import { StrataError } from '../../shared/domain/strata-error.ts';
import { actSettingNames } from '../../shared/words/acts.ts';
import { ServiceWorld, sourceNamed } from '../../../test/kit/service-world.ts';
import { itemNamed } from '../../../test/kit/storage-world.ts';
import { ActRecord } from './act-record.ts';
import { changePreferences } from './preferences.ts';

const dayMs = 86_400_000;
const secret = 'Offer harbour office';
const everything = {
  sinceMs: null,
  untilMs: null,
  kinds: [],
  storage: null,
  text: '',
  settingNames: {},
  before: null,
  limit: 100,
} as const;

let world: ServiceWorld;
let record: ActRecord;
let storage: StorageId;
let look: ActSubject;

const lines = (text = ''): RecordedAct[] => record.list({ ...everything, text }).rows;
const fail = (code: 'disk.full'): never => {
  throw new StrataError(code, 'later', { path: '/profile' });
};
const nothing = (): Promise<Record<string, never>> => Promise.resolve({});

beforeEach(async () => {
  world = await ServiceWorld.make(['Mail']);
  storage = world.storage;
  await world.save({ Mail: { [secret]: 1 } });
  record = new ActRecord(world.parts, world.opened);
  look = { kind: 'look', storage, items: [itemNamed(secret)] };
});

describe('a line of the record', () => {
  it('is there, with the item by name, before the act gives anything out; how it ended comes afterwards', async () => {
    const before = await record.during(look, 'window', () => Promise.resolve(lines()));
    expect(before).toMatchObject([
      { kind: 'look', origin: 'window', user: 'anna', storageName: 'Disk', items: 1, outcome: null },
    ]);
    expect(before[0]?.itemNames?.[0]).toContain(secret);
    expect(lines()).toMatchObject([{ outcome: 'done', code: null, endedAtMs: world.clock.nowMs() }]);
  });

  it('says with which code an act failed, and hands the failure on', async () => {
    const fail = () => Promise.reject(new StrataError('item.unreadable', 'later', { item: secret, reason: 'EIO' }));
    await expect(record.during(look, 'command', fail)).rejects.toThrow('item.unreadable');
    await expect(record.during(look, 'command', () => Promise.reject(new TypeError(secret)))).rejects.toThrow(TypeError);
    expect(lines().map(({ outcome, code, origin }) => [outcome, code, origin])).toEqual([
      ['failed', 'bug', 'command'],
      ['failed', 'item.unreadable', 'command'],
    ]);
  });

  it('is refused with its act where the names cannot be written down', async () => {
    const details = { ...world.opened.runDetails(storage)!, putNames: () => fail('disk.full') };
    const full = new ActRecord(world.parts, { use: (id) => world.opened.use(id), runDetails: () => details });
    let isDone = false;
    const work = async () => void (isDone = true);
    await expect(full.during(look, 'window', work)).rejects.toThrow('disk.full');
    expect(isDone).toBe(false);
    expect(lines()).toMatchObject([{ outcome: 'failed', code: 'disk.full' }]);
  });

  it('keeps the names of items where only the key of their storage reads them, and shows them while that is open', async () => {
    await record.during(look, 'window', nothing);
    const inTheOpen = ['', '-wal'].map((ending) => readFileSync(`${world.parts.profile.statePath}${ending}`, 'latin1')).join('');
    expect(inTheOpen).toContain('Disk');
    expect(inTheOpen).not.toContain(secret);
    expect(lines('harbour disk ANNA')).toHaveLength(1);
    world.opened.close(storage);
    expect(lines()).toMatchObject([{ items: 1, itemNames: null }]);
    expect(lines('harbour')).toEqual([]);
  });

  it('is written once an hour for what is looked at again, apart for each item and from where, and each time for what is taken out', async () => {
    for (const origin of ['window', 'window', 'command', 'command'] as const) await record.during(look, origin, nothing);
    await record.during({ kind: 'browse', storage }, 'window', nothing);
    await record.during({ kind: 'browse', storage }, 'window', nothing);
    expect(lines().map(({ kind, origin }) => `${kind} ${origin}`)).toEqual(['browse window', 'look command', 'look window']);
    for (let time = 0; time < 2; time += 1) await record.during({ ...look, kind: 'take-out' }, 'window', nothing);
    expect(lines()).toHaveLength(5);
    await world.clock.advance(3_600_001);
    await record.during(look, 'window', nothing);
    expect(lines()).toHaveLength(6);
  });

  it('is written again within the hour where the first look failed', async () => {
    await record.during(look, 'window', () => Promise.reject(new StrataError('item.unreadable', 'later'))).catch(nothing);
    await record.during(look, 'window', nothing);
    expect(lines().map(({ outcome }) => outcome)).toEqual(['done', 'failed']);
  });

  it('of an act that a run does ends as the run does', async () => {
    const run = world.parts.runs.start({
      ...{ kind: 'restore', job: null, storage: { id: storage, name: 'Disk' }, trigger: 'person' },
      body: async () => ({ status: 'warning' }),
    });
    await record.during({ kind: 'restore', storage }, 'window', () => Promise.resolve({ run }));
    expect(lines()).toMatchObject([{ run, outcome: null }]);
    await world.parts.runs.ended(run);
    for (const ended of world.ended) record.runEnded(ended);
    expect(lines()).toMatchObject([{ run, outcome: 'partly' }]);
  });

  it('is written of what is deleted because its time has come, too', async () => {
    const run = world.parts.runs.start({
      ...{ kind: 'purge', job: null, storage: { id: storage, name: 'Disk' }, trigger: 'schedule' },
      body: async () => ({ status: 'success' }),
    });
    const started = world.parts.runs.show(run);
    if (started !== undefined) record.runStarted(started);
    expect(lines()).toMatchObject([{ kind: 'purge', origin: 'schedule', storageName: 'Disk', outcome: null }]);
    const ended = await world.parts.runs.ended(run);
    if (ended !== undefined) record.runEnded(ended);
    expect(lines()).toMatchObject([{ outcome: 'done' }]);
  });

  it('that an engine left without an end is told as cut off by the next', async () => {
    void record.during(look, 'window', () => new Promise(() => undefined));
    await world.clock.advance(0);
    expect(lines()).toMatchObject([{ outcome: null }]);
    const next = new ActRecord(world.parts, world.opened);
    next.settle();
    expect(next.list(everything).rows).toMatchObject([{ kind: 'look', outcome: 'cut-off' }]);
  });

  it('names sources and many items, of which it counts all', async () => {
    const names = Array.from({ length: 30 }, (_, index) => `Item ${index}`);
    const items = names.map(itemNamed);
    await world.save({ Mail: Object.fromEntries(names.map((name, seed) => [name, seed])) });
    world.parts.store.putSource({
      ...{ id: sourceNamed('Mail'), name: 'Letters', secretInKeychain: false },
      settings: { kind: 'maildir', path: '/mail' },
    } as Parameters<typeof world.parts.store.putSource>[0]);
    await record.during({ kind: 'export', storage, items, sources: [sourceNamed('Mail')], to: '/out' }, 'command', nothing);
    const [line] = lines();
    expect(line).toMatchObject({ items: 30, sourceNames: ['Letters'], to: '/out' });
    expect(line?.itemNames).toHaveLength(20);
  });
});

describe('the record', () => {
  it('goes back as far as it is told to, and not by a clock that is known to be wrong', async () => {
    changePreferences(world.parts, { recordDays: 30 });
    await record.during(look, 'window', nothing);
    await world.clock.advance(31 * dayMs);
    const stored = world.parts.store.storages()[0];
    if (stored === undefined) throw new Error('no storage');
    const strayed = { forMs: 0, whileUp: true };
    world.parts.store.putStorage({ ...stored, clock: { wallMs: 0, boot: '', uptimeMs: 0, strayed } });
    await record.during({ kind: 'unlock', storage }, 'window', nothing);
    expect(lines()).toHaveLength(2);
    world.parts.store.putStorage(stored);
    await record.during({ kind: 'unlock', storage }, 'window', nothing);
    expect(lines().map(({ kind }) => kind)).toEqual(['unlock', 'unlock']);
    changePreferences(world.parts, { recordDays: null });
    await world.clock.advance(4000 * dayMs);
    await record.during({ kind: 'unlock', storage }, 'window', nothing);
    expect(lines()).toHaveLength(3);
  });

  it('is found by what whoever asks calls a setting, and by its name in the contract', async () => {
    const settings = ['recordDays=365', 'mine'];
    await record.during({ kind: 'change-settings', settings }, 'window', nothing);
    await record.during({ kind: 'unlock', storage }, 'window', nothing);
    const found = (text: string, language: 'en' | 'de'): string[] =>
      record.list({ ...everything, text, settingNames: actSettingNames(language) }).rows.map(({ kind }) => kind);
    expect(found('tage PROTOKOLL', 'de')).toEqual(['change-settings']);
    expect(found('days record', 'en')).toEqual(['change-settings']);
    expect(found('protokoll', 'en')).toEqual([]);
    expect(found('recorddays', 'de')).toEqual(['change-settings']);
    expect(found('365', 'de')).toEqual(['change-settings']);
  });

  it('is read in pages, newest first, and says whether there is more', async () => {
    for (const name of ['a', 'b', 'c']) await record.during({ kind: 'change-settings', name }, 'window', nothing);
    const first = record.list({ ...everything, limit: 2 });
    expect([first.rows.map(({ name }) => name), first.more]).toEqual([['c', 'b'], true]);
    const rest = record.list({ ...everything, limit: 2, before: first.rows[1]?.id ?? null });
    expect([rest.rows.map(({ name }) => name), rest.more]).toEqual([['a'], false]);
    expect(record.list({ ...everything, kinds: ['look'] }).rows).toEqual([]);
  });
});
