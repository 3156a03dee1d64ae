import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { HttpSink } from '../../../test/kit/sinks/http-sink.ts';
import { temporaryFolder } from '../../../test/kit/temporary-folder.ts';
import type { JobId, RunId, StorageId } from '../../shared/domain/ids.ts';
import type { Run } from '../../shared/domain/run.ts';
import type { RunStep } from '../../shared/domain/run-step.ts';
import { silentLog } from '../kernel/log.ts';
import { type Engine, openEngine } from './engine.ts';

/** As in the app but for the cost of a password: what it takes to guess one is not what is tried here. */
vi.mock(import('../crypto/open-sodium.ts'), async (original) => {
  const [real, { cheapenArgon }] = await Promise.all([original(), import('../../../test/kit/remembered-argon.ts')]);
  const cheap = real.openSodium().then(cheapenArgon);
  return { ...real, openSodium: () => cheap };
});

const kept = new Map<string, string>();
const keychain = {
  status: () => Promise.resolve('available' as const),
  read: (account: string) => Promise.resolve(kept.get(account)),
  write: (account: string, secret: string) => Promise.resolve(void kept.set(account, secret)),
  remove: (account: string) => Promise.resolve(void kept.delete(account)),
};

let root: string;
let engine: Engine;
let storage: StorageId;
let job: JobId;
let sink: HttpSink;

const at = (name: string): string => path.join(root, name);
const open = (): Promise<Engine> => openEngine({ profileDir: at('profile'), keychain, appVersion: '0', log: silentLog });
const create = async (name: string): Promise<StorageId> =>
  (await engine.storages.create({ name, path: at(name), password: 'correct horse battery', keepInKeychain: true })).id;

beforeEach(async () => {
  root = temporaryFolder();
  sink = await HttpSink.start();
  fs.mkdirSync(at('files'));
  fs.writeFileSync(at('files/letter.txt'), 'Dear Ada');
  engine = await open();
  storage = await create('S');
  const settings = { kind: 'files', paths: [at('files')], exclude: [], excludeIfPresent: [], oneFileSystem: false } as const;
  const source = await engine.sources.add({ name: 'F', settings, secret: null, keepInKeychain: false });
  job = engine.jobs.create({ name: 'J', sources: [source.id], storage, schedule: { mode: 'manual' } }).id;
});
afterEach(async () => {
  await engine.close('now');
  await sink.stop();
});

/** One cycle, and all that it set off. */
async function cycle(): Promise<Run> {
  const run = await engine.parts.runs.ended(await engine.jobs.run(job, 'schedule'));
  for (const other of engine.parts.runs.going()) await engine.parts.runs.ended(other.id);
  await engine.alerts.settled();
  return run ?? expect.unreachable();
}
const stepsOf = async (id: RunId, kind: RunStep['kind']): Promise<RunStep[]> =>
  (await engine.steps.of(id)).filter((step) => step.kind === kind);
const tell = () =>
  engine.channels.add({
    name: 'Phone',
    settings: { kind: 'webhook' },
    secret: sink.url,
    keepInKeychain: true,
    events: ['success'],
  });

describe('what goes with a run', () => {
  it('is told each by itself: rules, reading back, people, and what comes next', async () => {
    const { id } = await cycle();
    expect((await engine.steps.of(id)).map(({ kind, state }) => `${kind} ${state}`)).toEqual([
      'retention nothing',
      'check waiting',
      'notice nothing',
      'next nothing',
    ]);
  });

  it('says of an older run nothing of what comes next: another one has come since', async () => {
    const { id } = await cycle();
    await cycle();
    expect((await engine.steps.of(id)).map(({ kind }) => kind)).toEqual(['retention', 'notice']);
  });

  it('says of a mirror that it is behind, and that a later run of it brought all', async () => {
    await cycle();
    const mirror = await create('M');
    await engine.mirrors.add(storage, mirror, true);
    expect(await stepsOf((await cycle()).id, 'mirror')).toMatchObject([{ name: 'M', state: 'done', run: expect.any(String) }]);

    fs.renameSync(at('M'), at('away'));
    fs.writeFileSync(at('files/other.txt'), 'Dear Bob');
    const { id, status, steps } = await cycle();
    expect(status).toBe('success');
    expect(steps.filter(({ kind }) => kind === 'mirror')).toMatchObject([
      { state: 'waiting', failure: { code: 'path.missing' } },
    ]);
    expect(await stepsOf(id, 'retention')).toMatchObject([{ state: 'nothing' }]);
    expect(await stepsOf(id, 'mirror')).toMatchObject([{ name: 'M', state: 'waiting', failure: { code: 'path.missing' } }]);

    fs.renameSync(at('away'), at('M'));
    expect(await engine.mirrors.tick()).toBe(1);
    for (const other of engine.parts.runs.going()) await engine.parts.runs.ended(other.id);
    expect(await stepsOf(id, 'mirror')).toMatchObject([{ state: 'done', failure: null, run: expect.any(String) }]);

    engine.mirrors.change(mirror, { enabled: false });
    fs.writeFileSync(at('files/third.txt'), 'Dear Eve');
    const { id: without } = await cycle();
    expect(await stepsOf(without, 'mirror')).toMatchObject([{ name: 'M', state: 'off' }]);
    engine.mirrors.change(mirror, { enabled: true });
    expect(await engine.mirrors.tick()).toBe(1);
    for (const other of engine.parts.runs.going()) await engine.parts.runs.ended(other.id);
    expect(await stepsOf(without, 'mirror')).toMatchObject([{ name: 'M', state: 'done' }]);
  });

  it('says of each channel whether it was told, and keeps it when the outbox is empty', async () => {
    await tell();
    const { id } = await cycle();
    expect(sink.heard).toHaveLength(1);
    expect(await stepsOf(id, 'notice')).toMatchObject([{ name: 'Phone', state: 'done', failure: null }]);
    await engine.close('now');
    engine = await open();
    expect(await stepsOf(id, 'notice')).toMatchObject([{ name: 'Phone', state: 'done' }]);
  });

  it('says of a channel that does not answer that it waits, until when, and why', async () => {
    await tell();
    sink.answer = () => ({ status: 503 });
    const { id, status } = await cycle();
    expect(status).toBe('success');
    const [waiting] = await stepsOf(id, 'notice');
    expect(waiting).toMatchObject({ name: 'Phone', state: 'waiting', failure: { code: 'alert.server-failed' } });
    expect(waiting?.atMs).toBeGreaterThan(Date.now());
  });

  it('shows as broken off what went on when the engine was killed', async () => {
    const run = await cycle();
    const going = { kind: 'retention', name: '', state: 'going', atMs: null, run: null, storage: null, failure: null } as const;
    engine.parts.store.putRun({ ...run, status: 'running', endedAtMs: null, steps: [going] });
    await engine.close('now');
    engine = await open();
    expect(await stepsOf(run.id, 'retention')).toMatchObject([{ state: 'cut' }]);
  });
});
