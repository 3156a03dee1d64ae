import { cpSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../kit/temporary-folder.ts';
import type { JobId, StorageId } from '../../src/shared/domain/ids.ts';
import type { Run } from '../../src/shared/domain/run.ts';
import type { Keychain } from '../../src/engine/kernel/keychain.ts';
import { silentLog } from '../../src/engine/kernel/log.ts';
import { type Engine, openEngine } from '../../src/engine/service/engine.ts';
import type { Taking } from '../../src/engine/service/ownership.ts';

/** Each installation has its own, which outlives the engine. */
function keychainOf(): Keychain {
  const kept = new Map<string, string>();
  return {
    status: () => Promise.resolve('available'),
    read: (account) => Promise.resolve(kept.get(account)),
    write: (account, secret) => Promise.resolve(void kept.set(account, secret)),
    remove: (account) => Promise.resolve(void kept.delete(account)),
  };
}
const password = 'correct horse battery';

let root: string;
let engines: Engine[];
let keychains: Map<string, Keychain>;

beforeEach(() => {
  root = temporaryFolder();
  engines = [];
  keychains = new Map();
  mkdirSync(path.join(root, 'files'));
});
afterEach(async () => {
  for (const engine of engines) await engine.close('now');
});

const storagePath = (): string => path.join(root, 'storage');
const put = (text: string): void => writeFileSync(path.join(root, 'files', 'letter.txt'), text);

/** An installation: a profile of its own, with a machine id of its own. */
class Installation {
  readonly engine: Engine;
  constructor(engine: Engine) {
    this.engine = engine;
    engines.push(engine);
  }

  static async begin(name: string): Promise<Installation> {
    const profileDir = path.join(root, name);
    const keychain = keychains.get(name) ?? keychainOf();
    keychains.set(name, keychain);
    return new Installation(await openEngine({ profileDir, keychain, appVersion: '0', log: silentLog }));
  }

  attach(at: string, taking: Taking): Promise<{ id: StorageId }> {
    const unlock = { by: 'password', password } as const;
    return this.engine.storages.attach({ name: 'S', path: at, unlock, keepInKeychain: true, taking });
  }

  async makeJob(storage: StorageId): Promise<JobId> {
    const settings = {
      kind: 'files',
      paths: [path.join(root, 'files')],
      exclude: [],
      excludeIfPresent: [],
      oneFileSystem: false,
    } as const;
    const { id } = await this.engine.sources.add({ name: 'Files', settings, secret: null, keepInKeychain: false });
    return this.engine.jobs.create({ name: 'J', sources: [id], storage, schedule: { mode: 'manual' } }).id;
  }

  async run(job: JobId): Promise<Run | undefined> {
    return this.engine.parts.runs.ended(await this.engine.jobs.run(job, 'person'));
  }
}

const refuses = (code: string): unknown => expect.objectContaining({ code });

/** The first installation with a storage, a job, and one moment. */
async function begin(): Promise<{ one: Installation; storage: StorageId; job: JobId }> {
  const one = await Installation.begin('one');
  const { id } = await one.engine.storages.create({ name: 'S', path: storagePath(), password, keepInKeychain: true });
  const job = await one.makeJob(id);
  put('first');
  expect((await one.run(job))?.status).toBe('success');
  return { one, storage: id, job };
}

describe('a storage', () => {
  it('belongs to who wrote it, and is adopted only by a deliberate act, after which the one before writes nothing', async () => {
    const { one, storage, job } = await begin();
    expect(await one.engine.storages.show(storage)).toMatchObject({ mode: 'own', owner: { isOurs: true }, failure: null });

    const two = await Installation.begin('two');
    await expect(two.attach(storagePath(), 'refuse')).rejects.toEqual(refuses('storage.owned-elsewhere'));
    expect(await two.engine.storages.list()).toEqual([]);
    await two.attach(storagePath(), 'adopt');
    expect(await two.engine.storages.show(storage)).toMatchObject({ owner: { isOurs: true }, moments: 1, failure: null });

    await expect(one.run(job)).rejects.toEqual(refuses('storage.adopted-away'));
    expect(await one.engine.storages.show(storage)).toMatchObject({
      state: 'open',
      moments: 1,
      owner: { isOurs: false },
      failure: { code: 'storage.adopted-away' },
    });

    put('second');
    const jobOfTwo = await two.makeJob(storage);
    expect((await two.run(jobOfTwo))?.status).toBe('success');
    // And back.
    await one.engine.ownership.adopt(storage);
    expect((await one.run(job))?.status).toBe('success');
    await expect(two.run(jobOfTwo)).rejects.toEqual(refuses('storage.adopted-away'));
  });

  it('that is attached to read is read, and not a byte of it changes', async () => {
    const { storage } = await begin();
    const two = await Installation.begin('two');
    const before = everything();
    await two.attach(storagePath(), 'read-only');
    expect(await two.engine.storages.show(storage)).toMatchObject({ mode: 'read-only', moments: 1, failure: null });
    const restored = await two.engine.restores.start({
      storage,
      selection: { items: [], sources: [], recursive: true },
      asOf: { kind: 'now' },
      target: { kind: 'directory', path: path.join(root, 'restored') },
      restoreRoot: null,
      conflict: 'skip',
      tag: null,
      dryRun: false,
    });
    expect((await two.engine.parts.runs.ended(restored))?.status).toBe('success');
    const job = await two.makeJob(storage);
    await expect(two.run(job)).rejects.toEqual(refuses('storage.read-only'));
    expect(everything()).toEqual(before);

    await two.engine.ownership.adopt(storage);
    expect((await two.run(job))?.status).toBe('success');
  });

  it('that was put back to an older state is not written to until a person says so', async () => {
    const { one, storage, job } = await begin();
    cpSync(storagePath(), path.join(root, 'older'), { recursive: true });
    put('second');
    await one.run(job);
    await restart(one);
    putBack();
    const again = await Installation.begin('one');
    expect(await again.engine.storages.show(storage)).toMatchObject({ moments: 1, failure: { code: 'storage.went-back' } });
    await expect(again.run(job)).rejects.toEqual(refuses('storage.went-back'));
    await again.engine.ownership.acceptOlder(storage);
    expect(await again.engine.storages.show(storage)).toMatchObject({ failure: null });
    expect((await again.run(job))?.status).toBe('success');
  });

  it('that has another history since is not taken for its own', async () => {
    const { one, job } = await begin();
    cpSync(storagePath(), path.join(root, 'older'), { recursive: true });
    put('second');
    await one.run(job);
    await restart(one);
    // Somebody went on with the copy: as many commits, and not the same.
    const two = await Installation.begin('two');
    await two.attach(path.join(root, 'older'), 'adopt');
    putBack();
    const again = await Installation.begin('one');
    await expect(again.run(job)).rejects.toEqual(refuses('storage.went-back'));
  });
});

describe('a copy of a storage', () => {
  it('is recognised beside the one that is known', async () => {
    const { one } = await begin();
    const copy = path.join(root, 'copy');
    cpSync(storagePath(), copy, { recursive: true });
    await expect(one.attach(copy, 'refuse')).rejects.toEqual(refuses('storage.is-a-copy'));
    await expect(one.attach(storagePath(), 'refuse')).rejects.toEqual(refuses('name.taken'));
  });

  it('is the storage itself where the other is gone, and is used there when a person says that it moved', async () => {
    const { one, storage, job } = await begin();
    const moved = path.join(root, 'moved');
    await restart(one);
    renameSync(storagePath(), moved);
    const again = await Installation.begin('one');
    await expect(again.attach(moved, 'refuse')).rejects.toEqual(refuses('storage.moved'));
    await again.engine.ownership.repoint(storage, moved);
    expect((await again.run(job))?.status).toBe('success');
  });

  it('does not take its place while it is there', async () => {
    const { one, storage } = await begin();
    const copy = path.join(root, 'copy');
    cpSync(storagePath(), copy, { recursive: true });
    await expect(one.engine.ownership.repoint(storage, copy)).rejects.toEqual(refuses('storage.is-a-copy'));
    await expect(one.engine.ownership.repoint(storage, path.join(root, 'files'))).rejects.toEqual(refuses('storage.not-found'));
  });
});

async function restart({ engine }: Installation): Promise<void> {
  await engine.close('now');
  engines = engines.filter((other) => other !== engine);
}

function putBack(): void {
  rmSync(storagePath(), { recursive: true });
  cpSync(path.join(root, 'older'), storagePath(), { recursive: true });
}

/** Every file and folder of the storage, with what shows that somebody wrote to it. */
const everything = (): unknown[] =>
  readdirSync(storagePath(), { recursive: true })
    .map(String)
    .sort()
    .map((name) => {
      const { size, mtimeMs, ino } = statSync(path.join(storagePath(), name));
      return { name, size, mtimeMs, ino };
    });
