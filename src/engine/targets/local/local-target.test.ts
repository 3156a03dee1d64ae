import fs from 'node:fs';
import { describe, expect, it } from 'vitest';
import { SimFileSystem } from '../../../../test/kit/sim-file-system.ts';
import { seededRandom } from '../../../../test/kit/seeded-random.ts';
import { temporaryFolder } from '../../../../test/kit/temporary-folder.ts';
import type { FileHandle, FileSystem } from '../../kernel/file-system.ts';
import { NodeFileSystem } from '../../kernel/node-file-system.ts';
import { systemRandom } from '../../kernel/system-random.ts';
import { targetSuite } from '../testing/target-suite.ts';
import { inspectPlace } from './inspect-place.ts';
import { openLocalTarget } from './local-target.ts';

/** Like exFAT and some network drives. */
class WithoutLinks extends NodeFileSystem {
  override link(): void {
    throw Object.assign(new Error('EPERM: link'), { code: 'EPERM' });
  }
}

const onFolder = (files: FileSystem) => () => {
  const folder = temporaryFolder();
  return { open: () => openLocalTarget(files, folder, systemRandom) };
};
targetSuite('local folder', onFolder(new NodeFileSystem()));
targetSuite('local folder without hard links', onFolder(new WithoutLinks()));

const files = new NodeFileSystem();

describe('a local folder', () => {
  it('is made with its parents, for its owner alone', () => {
    const path = `${temporaryFolder()}/a/b`;
    const target = openLocalTarget(files, path, seededRandom(1));
    target.prepare();
    target.put('packs/aa/1.pack', new Uint8Array(1));
    expect(fs.statSync(path).mode & 0o777).toBe(0o700);
    expect(fs.statSync(`${path}/packs/aa`).mode & 0o777).toBe(0o700);
    expect(fs.statSync(`${path}/packs/aa/1.pack`).mode & 0o777).toBe(0o600);
  });

  it('that is unplugged is an error and never an empty listing', () => {
    const path = `${temporaryFolder()}/a`;
    const target = openLocalTarget(files, path, seededRandom(1));
    target.prepare();
    fs.rmSync(path, { recursive: true });
    expect(() => target.list('commits')).toThrow(expect.objectContaining({ code: 'path.missing' }));
    expect(() => target.put('a', new Uint8Array(1))).toThrow(expect.objectContaining({ code: 'path.missing' }));
  });

  it('may hold what file managers and network disks leave in folders', () => {
    const path = `${temporaryFolder()}/a`;
    const target = openLocalTarget(files, path, seededRandom(1));
    target.prepare();
    target.put('locks/a.lock', new Uint8Array(1));
    for (const name of ['locks/.DS_Store', 'locks/a.lock~', 'tmp/.nfs0001', '.hidden']) fs.writeFileSync(`${path}/${name}`, '');
    fs.mkdirSync(`${path}/locks/.fseventsd`);
    expect(target.list('locks')).toEqual(['locks/a.lock']);
    expect(target.clearUnfinished(() => undefined)).toBe(0);
    expect(target.list('')).toContain('.hidden');
  });

  it.each(['makeDirectory', 'syncDirectory'] as const)('that cannot be begun says why: %s', (call) => {
    const disk = new SimFileSystem();
    disk.onOperation(({ kind, path }) => {
      if (kind === call && path.startsWith('/disk')) throw Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' });
    });
    const target = openLocalTarget(disk, '/disk', seededRandom(1));
    expect(() => target.prepare()).toThrow(expect.objectContaining({ code: 'disk.full' }));
  });

  it.each(['write', 'sync'] as const)('without hard links keeps no name for what it could not %s', (call) => {
    const disk = new SimFileSystem();
    disk.refuseLinks();
    const target = openLocalTarget(disk, '/disk', seededRandom(1));
    target.prepare();
    disk.onOperation(({ kind, path }) => {
      if (kind === call && path.endsWith('.lock')) throw Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' });
    });
    expect(() => target.putExclusive('locks/a.lock', new Uint8Array(9))).toThrow(expect.objectContaining({ code: 'disk.full' }));
    disk.onOperation(undefined);
    expect(target.size('locks/a.lock')).toBeUndefined();
    expect(target.putExclusive('locks/a.lock', new Uint8Array(9))).toBe(true);
  });

  it('whose root the disk does not show any more is a failure with a name', () => {
    class Dying extends NodeFileSystem {
      override stat(path: string): never {
        throw Object.assign(new Error(`EACCES: ${path}`), { code: 'EACCES' });
      }
    }
    const target = openLocalTarget(new Dying(), temporaryFolder(), seededRandom(1));
    expect(() => target.list('commits')).toThrow(expect.objectContaining({ code: 'path.denied' }));
  });

  it.each([
    ['a folder', (path: string) => fs.mkdirSync(path)],
    ['a link', (path: string) => fs.symlinkSync('nowhere', path)],
    ['a torn file', (path: string) => fs.writeFileSync(path, 'half')],
  ])('never says that a file is there where %s has its name', async (_, occupy) => {
    const path = temporaryFolder();
    const target = openLocalTarget(files, path, seededRandom(1));
    target.prepare();
    occupy(`${path}/name`);
    expect(() => target.put('name', new Uint8Array(10))).toThrow(expect.objectContaining({ code: 'path.io' }));
    const file = target.begin();
    file.append(new Uint8Array(10));
    await expect(file.seal('name')).rejects.toMatchObject({ code: 'path.io' });
  });

  it('does not follow a link that took the place of a file', () => {
    const path = temporaryFolder();
    const target = openLocalTarget(files, path, seededRandom(1));
    fs.writeFileSync(`${path}/real`, 'x');
    fs.symlinkSync('real', `${path}/link`);
    expect(target.size('link')).toBeUndefined();
    expect(() => target.readRange('link', 0, 1)).toThrow(expect.objectContaining({ code: 'path.io' }));
  });
});

/** Fails every sync of a file with EIO. */
class FailingSync extends NodeFileSystem {
  override open(path: string, how: 'read' | 'read-no-follow' | 'create' | 'append', mode?: number): FileHandle {
    const handle = super.open(path, how, mode);
    const fail = (): never => {
      throw Object.assign(new Error('EIO: fsync'), { code: 'EIO' });
    };
    handle.sync = fail;
    handle.syncInBackground = () => Promise.resolve().then(fail);
    return handle;
  }
}

describe('a failed sync', () => {
  it('fails the write, leaves no name, and drops the file', async () => {
    const folder = temporaryFolder();
    const target = openLocalTarget(new FailingSync(), folder, seededRandom(1));
    target.prepare();
    const failed: unknown = expect.objectContaining({
      code: 'path.io',
      facts: expect.objectContaining({ errno: 'EIO' }) as unknown,
    });
    expect(() => target.put('a', new Uint8Array(10))).toThrow(failed);
    expect(() => target.putExclusive('b', new Uint8Array(10))).toThrow(failed);
    const file = target.begin();
    file.append(new Uint8Array(10));
    await expect(file.seal('packs/c')).rejects.toEqual(failed);
    expect(target.list('')).toEqual([]);
  });
});

describe('another process that clears leftovers', () => {
  it('does not keep a small file from getting its name', () => {
    const folder = temporaryFolder();
    let clearings = 0;
    class Clearing extends NodeFileSystem {
      #clear(): void {
        if (clearings++ % 2 === 0) for (const name of fs.readdirSync(`${folder}/tmp`)) fs.rmSync(`${folder}/tmp/${name}`);
      }
      override link(existing: string, created: string): void {
        this.#clear();
        super.link(existing, created);
      }
      override rename(from: string, to: string): void {
        this.#clear();
        super.rename(from, to);
      }
    }
    const target = openLocalTarget(new Clearing(), folder, systemRandom);
    target.prepare();
    target.put('a', new Uint8Array(3));
    expect(target.putExclusive('locks/b', new Uint8Array(4))).toBe(true);
    target.overwrite('locks/b', new Uint8Array(5));
    expect(target.list('')).toEqual(['a', 'locks/b']);
    expect(target.size('locks/b')).toBe(5);
  });
});

describe('looking at a place for a storage', () => {
  const look = (path: string, judge: 'storage' | 'empty' | 'not-empty' = 'empty') =>
    inspectPlace(files, path, systemRandom, () => judge);

  it('tries everything in an empty folder and leaves nothing there', () => {
    const path = temporaryFolder();
    const seen = look(path);
    expect(seen).toMatchObject({ path, state: 'empty', failure: null });
    expect(seen.steps.map(({ step, ok }) => `${step} ${ok}`)).toEqual(
      ['reach', 'list', 'write', 'sync', 'read-back', 'exclusive', 'delete'].map((step) => `${step} true`),
    );
    expect(seen.freeBytes).toBeGreaterThan(0);
    expect(fs.readdirSync(path)).toEqual([]);
  });

  it('tries a folder that is not there in the nearest one above, and does not make it', () => {
    const path = temporaryFolder();
    expect(look(`${path}/a/b`)).toMatchObject({ state: 'missing', failure: null });
    expect(fs.readdirSync(path)).toEqual([]);
  });

  it('only looks at a folder that holds something else', () => {
    const seen = look(temporaryFolder(), 'not-empty');
    expect(seen.steps.map(({ step }) => step)).toEqual(['reach', 'list']);
  });

  it('says what is in the way', () => {
    const path = `${temporaryFolder()}/file`;
    fs.writeFileSync(path, '');
    expect(look(path)).toMatchObject({
      state: 'blocked',
      failure: { code: 'path.not-a-directory' },
      steps: [{ step: 'reach', ok: false }],
    });
    const seen = inspectPlace(new FailingSync(), temporaryFolder(), systemRandom, () => 'empty');
    expect(seen).toMatchObject({ state: 'blocked', failure: { code: 'path.io' } });
    expect(seen.steps.filter(({ ok }) => !ok)).toEqual([{ step: 'sync', ok: false }]);
    expect(fs.readdirSync(seen.path)).toEqual([]);
  });
});
