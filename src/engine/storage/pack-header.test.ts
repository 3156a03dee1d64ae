import fs from 'node:fs';
import { expect, it } from 'vitest';
import {
  draftOf,
  MapCatalog,
  manifestOf,
  readBack,
  someBytes,
  testDeps,
  testRun,
  testStorage,
} from '../../../test/kit/storage-world.ts';
import { temporaryFolder } from '../../../test/kit/temporary-folder.ts';
import { StrataError } from '../../shared/domain/strata-error.ts';
import { packName } from '../format/index.ts';
import { NodeFileSystem } from '../kernel/node-file-system.ts';
import { openLocalTarget } from '../targets/local/index.ts';
import type { Target } from '../targets/target.ts';
import { createStorage, openStorage } from './index.ts';

/** The disk does not give the beginning of a file, so many times. */
function failingAtFront(target: Target, times: number): Target {
  let left = times;
  return new Proxy(target, {
    get(whole, name) {
      const value: unknown = Reflect.get(whole, name, whole);
      if (typeof value !== 'function') return value;
      return (...args: unknown[]): unknown => {
        if (name === 'readRange' && args[1] === 0 && left-- > 0) throw new StrataError('path.io', 'later', { path: 'made up' });
        return Reflect.apply(value, whole, args);
      };
    },
  });
}

it('is read once more where one end of a pack is damaged and the disk does not give the other at once', async () => {
  const folder = `${temporaryFolder()}/storage`;
  const deps = testDeps(new NodeFileSystem());
  const target = openLocalTarget(deps.files, folder, deps.random);
  const { storage } = await createStorage(target, testStorage, deps);
  const catalog = new MapCatalog();
  const writer = storage.writer(storage.lock('backup', 'write'), catalog);
  writer.add(manifestOf('a', await writer.store({ kind: 'bytes', bytes: someBytes(5000, 1) })));
  const contents = await writer.commit(draftOf(deps), testRun(deps));
  catalog.apply(contents);
  storage.close();
  const [pack] = contents.commit.packs;
  if (pack === undefined) return expect.unreachable();
  const file = `${folder}/${packName(pack.id)}`;
  const bytes = fs.readFileSync(file);
  const last = bytes.length - 1;
  bytes[last] = (bytes[last] ?? 0) ^ 1;
  fs.chmodSync(file, 0o600);
  fs.writeFileSync(file, bytes);

  const opened = (times: number) =>
    openStorage(failingAtFront(target, times), { by: 'password', password: testStorage.password }, deps);
  expect(await readBack(await opened(1), catalog, 'a')).toEqual(someBytes(5000, 1));
  await expect(readBack(await opened(1000), catalog, 'a')).rejects.toMatchObject({ code: 'storage.record-damaged' });
});
