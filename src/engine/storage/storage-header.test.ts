import { describe, expect, it } from 'vitest';
import { SimFileSystem } from '../../../test/kit/sim-file-system.ts';
import { someBytes, testDeps, testRun, testStorage } from '../../../test/kit/storage-world.ts';
import { openLocalTarget } from '../targets/local/index.ts';
import type { Target } from '../targets/target.ts';
import { createStorage, openStorage } from './index.ts';

it('a disk that does not give the last good header is told as such, and nobody is asked for a password', async () => {
  const files = new SimFileSystem();
  const deps = testDeps(files);
  const target = openLocalTarget(files, '/disk', deps.random);
  const secret = (await createStorage(target, testStorage, deps)).storage.exportDeviceSecret();
  const header = target.read('STORAGE');
  header.set(someBytes(8, 1), header.length - 8);
  files.plant('/disk/STORAGE', header);
  files.takeAway('/disk/STORAGE.1');
  const opened = () => openStorage(target, { by: 'device', secret }, deps);
  await expect(opened()).resolves.toBeDefined();
  files.onReading((path) => {
    if (path === '/disk/STORAGE.2') throw Object.assign(new Error('EIO'), { code: 'EIO' });
  });
  await expect(opened()).rejects.toMatchObject({ code: 'path.io' });
});

describe('a storage of which no copy of STORAGE is left', () => {
  const names = ['STORAGE', 'STORAGE.1', 'STORAGE.2'];
  const ways: Readonly<Record<string, (files: SimFileSystem, path: string) => void>> = {
    missing: (files, path) => files.takeAway(path),
    damaged: (files, path) => files.plant(path, someBytes(120, 3)),
    'not what the keys wrote': (files, path) => {
      const bytes = (files.files().get(path) ?? new Uint8Array()).slice();
      bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
      files.plant(path, bytes);
    },
  };

  it.each(Object.keys(ways))('is opened with that of a plain copy, and made whole by the next write lock: %s', async (way) => {
    const files = new SimFileSystem();
    const deps = testDeps(files);
    const target = openLocalTarget(files, '/disk', deps.random);
    const secret = (await createStorage(target, testStorage, deps)).storage.exportDeviceSecret();
    const whole = files.copy();
    const twin = openLocalTarget(whole, '/disk', deps.random);
    for (const name of names) ways[way]?.(files, `/disk/${name}`);
    const opened = (copy?: Target) => openStorage(target, { by: 'device', secret }, deps, copy);
    await expect(opened()).rejects.toMatchObject({ name: 'StrataError' });
    for (const change of ['damaged', 'missing', 'not what the keys wrote']) {
      const bad = whole.copy();
      for (const name of names) ways[change]?.(bad, `/disk/${name}`);
      await expect(opened(openLocalTarget(bad, '/disk', deps.random)), change).rejects.toMatchObject({ name: 'StrataError' });
    }
    const storage = await opened(twin);
    expect((await storage.check('quick', () => [], testRun(deps))).findings).toHaveLength(names.length);
    storage.lock('backup', 'write').release();
    for (const name of names) expect(files.files().get(`/disk/${name}`), name).toEqual(whole.files().get(`/disk/${name}`));
    await expect(opened()).resolves.toBeDefined();
  });

  it('is not opened with that of another storage', async () => {
    const files = new SimFileSystem();
    const deps = testDeps(files);
    const target = openLocalTarget(files, '/disk', deps.random);
    const secret = (await createStorage(target, testStorage, deps)).storage.exportDeviceSecret();
    for (const name of names) files.takeAway(`/disk/${name}`);
    const other = openLocalTarget(new SimFileSystem(), '/disk', deps.random);
    await createStorage(other, testStorage, deps);
    await expect(openStorage(target, { by: 'device', secret }, deps, other)).rejects.toMatchObject({ name: 'StrataError' });
  });
});
