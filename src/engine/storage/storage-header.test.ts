import { expect, it } from 'vitest';
import { SimFileSystem } from '../../../test/kit/sim-file-system.ts';
import { someBytes, testDeps, testStorage } from '../../../test/kit/storage-world.ts';
import { openLocalTarget } from '../targets/local/index.ts';
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
