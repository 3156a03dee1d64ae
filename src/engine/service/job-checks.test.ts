import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { testMachine } from '../../../test/kit/storage-world.ts';
import { temporaryFolder } from '../../../test/kit/temporary-folder.ts';
import type { JobFinding } from '../../shared/domain/job-check.ts';
import type { JobId, SourceId, StorageId } from '../../shared/domain/ids.ts';
import { silentLog } from '../kernel/log.ts';
import { describeContent } from '../sources/describe-content.ts';
import { openStorage } from '../storage/index.ts';
import { openLocalTarget } from '../targets/local/index.ts';
import { type Engine, openEngine } from './engine.ts';

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
let sources: SourceId[];
let job: JobId;

const at = (name: string): string => path.join(root, name);
const open = (): Promise<Engine> =>
  openEngine({ profileDir: at('profile'), keychain: nothingKept, appVersion: '0', log: silentLog });
async function addSource(name: string): Promise<SourceId> {
  fs.mkdirSync(at(name));
  fs.writeFileSync(at(`${name}/letter.txt`), `Dear ${name}`);
  const settings = { kind: 'files', paths: [at(name)], exclude: [], excludeIfPresent: [], oneFileSystem: false } as const;
  return (await engine.sources.add({ name, settings, secret: null, keepInKeychain: false })).id;
}

beforeEach(async () => {
  root = temporaryFolder();
  engine = await open();
  const made = { name: 'S', path: at('storage'), password: 'correct horse battery', keepInKeychain: false };
  storage = (await engine.storages.create(made)).id;
  sources = [await addSource('A'), await addSource('B')];
  job = engine.jobs.create({ name: 'J', sources, storage, schedule: { mode: 'continuous', idleMs: 60_000 } }).id;
});
afterEach(() => engine.close('now'));

/** What is not fine: of which kind, how bad, and why. */
const troubles = async (): Promise<string[]> =>
  (await engine.jobs.check(job))
    .filter(({ outcome }) => outcome !== 'fine')
    .map(({ check, outcome, failure }: JobFinding) => `${check} ${outcome} ${failure?.code}`);
/** What lies in the storage; the place for locks may be made, and stays empty. */
const files = (): string[] =>
  fs
    .readdirSync(at('storage'), { recursive: true, encoding: 'utf8' })
    .filter((name) => fs.statSync(at(`storage/${name}`)).isFile());
const refusal = (): Promise<string> =>
  engine.jobs.run(job, 'person').then(
    () => 'begins',
    (error: { code: string }) => error.code,
  );

describe('a job is looked at before it runs', () => {
  it('and nothing is found where nothing is wrong, and nothing is begun or changed', async () => {
    const before = files();
    expect(await troubles()).toEqual([]);
    expect((await engine.jobs.check(job)).map(({ check }) => check)).toEqual([
      ...['running', 'unlocked', 'writable', 'lock', 'space', 'clock', 'guard', 'source', 'source'],
    ]);
    expect(files()).toEqual(before);
    expect(engine.parts.store.runs({ job, storage: null, kind: null, limit: 1 })).toEqual([]);
  });

  it('a locked storage refuses it, for the same reason as the run', async () => {
    await engine.close('now');
    engine = await open();
    expect(await troubles()).toEqual(['unlocked refused storage.needs-password']);
    expect(await refusal()).toBe('storage.needs-password');
  });

  it('a storage that is away refuses it, for the same reason as the run', async () => {
    await engine.close('now');
    engine = await open();
    fs.renameSync(at('storage'), at('away'));
    expect(await troubles()).toEqual(['unlocked refused storage.not-found']);
    expect(await refusal()).toBe('storage.not-found');
  });

  it('a storage that is a mirror refuses it, for the same reason as the run', async () => {
    const other = { name: 'O', path: at('other'), password: 'correct horse battery', keepInKeychain: false };
    const { id: origin } = await engine.storages.create(other);
    const set = { enabled: true, retention: null, retentionSetAtMs: null, zone: null, isElsewhere: false };
    engine.parts.store.putMirror({ id: storage, origin, addedAtMs: 0, isSameDisk: true, ...set });
    expect(await troubles()).toContain('writable refused storage.is-a-mirror');
    expect(await refusal()).toBe('storage.is-a-mirror');
  });

  it('a run that goes on refuses another, and lets this one wait for the storage', async () => {
    const run = await engine.jobs.run(job, 'person');
    const going = await engine.jobs.check(job);
    expect(going.find(({ check }) => check === 'running')).toMatchObject({ failure: { code: 'run.already-running' } });
    expect(await refusal()).toBe('run.already-running');
    await engine.parts.runs.ended(run);
    expect(await troubles()).toEqual([]);
  });

  it('another computer that works there refuses it, as it does a run by hand', async () => {
    const { files, random, clock } = engine.parts;
    const deps = { files, random, clock, machine: testMachine(), log: silentLog, describe: describeContent, appVersion: '0' };
    const byPassword = { by: 'password', password: 'correct horse battery' } as const;
    const opened = await openStorage(openLocalTarget(files, at('storage'), random), byPassword, deps);
    const lock = opened.lock('repair', 'exclusive');
    try {
      expect(await troubles()).toEqual(['lock refused storage.locked']);
      const run = await engine.parts.runs.ended(await engine.jobs.run(job, 'person'));
      expect(run?.failure?.code).toBe('storage.locked');
    } finally {
      lock.release();
    }
  });

  it('too little room refuses it, as it does a run', async () => {
    const [stored] = engine.parts.store.storages();
    if (stored === undefined) throw new Error('no storage');
    engine.parts.store.putStorage({ ...stored, settings: { ...stored.settings, minFreeBytes: Number.MAX_SAFE_INTEGER } });
    expect(await troubles()).toEqual(['space refused storage.nearly-full']);
    const run = await engine.parts.runs.ended(await engine.jobs.run(job, 'person'));
    expect(run?.failure?.code).toBe('storage.nearly-full');
  });

  it('one source that is away is noted, and all of them refuse it', async () => {
    fs.renameSync(at('A'), at('gone'));
    expect(await troubles()).toEqual(['source noted source.missing']);
    fs.renameSync(at('B'), at('gone too'));
    expect(await troubles()).toEqual(['source refused source.missing', 'source refused source.missing']);
    expect((await engine.parts.runs.ended(await engine.jobs.run(job, 'person')))?.failure?.code).toBe('source.missing');
  });

  it('a job that does not run by itself is noted as that, and runs when it is asked to', async () => {
    engine.jobs.switch(job, { scan: 'off' });
    expect(await troubles()).toEqual(['enabled noted job.disabled']);
    expect(await refusal()).toBe('begins');
  });

  it('a clock that ran away is noted: a run saves, and removes nothing', async () => {
    await engine.parts.runs.ended(await engine.jobs.run(job, 'person'));
    vi.spyOn(engine.parts.clock, 'nowMs').mockReturnValue(Date.now() - 400 * 86_400_000);
    expect(await troubles()).toContainEqual(expect.stringMatching(/^clock noted removal\.clock-behind$/));
    vi.restoreAllMocks();
  });
});
