import { beforeAll, describe, expect, it } from 'vitest';
import { isStrataError } from '../../src/shared/domain/strata-error.ts';
import { createStorage, openStorage } from '../../src/engine/storage/index.ts';
import { SimFileSystem } from '../kit/sim-file-system.ts';
import { MapCatalog, someBytes, testStorage } from '../kit/storage-world.ts';
import { afterBoot, commitContents, type Contents, copyOf, requirePromised, targetOn } from './crash-harness.ts';

const first: Contents = { a: someBytes(3000, 1, 'text'), b: someBytes(60_000, 2) };
const second: Contents = { c: someBytes(120_000, 2), d: someBytes(9000, 5, 'text') };
const third: Contents = { e: someBytes(9000, 6) };

let secret: string;
let before: SimFileSystem;

beforeAll(async () => {
  before = new SimFileSystem();
  const deps = afterBoot(before);
  const { storage } = await createStorage(targetOn(before, deps), testStorage, deps);
  secret = storage.exportDeviceSecret();
  await commitContents(storage, deps, new MapCatalog(), first);
});

/** Lets the operation of that number fail, or that and all after it. */
function failAt(files: SimFileSystem, number: number, errno: string, how: 'once' | 'sticky'): { readonly wasReached: boolean } {
  const at = files.operations + number;
  const outcome = { wasReached: false };
  files.onOperation((operation) => {
    if (operation.number !== at && (how === 'once' || operation.number < at)) return;
    outcome.wasReached = true;
    throw Object.assign(new Error(`${errno}: made up`), { code: errno });
  });
  return outcome;
}

const codes: Readonly<Record<string, string>> = {
  EIO: 'path.io',
  ENOSPC: 'disk.full',
  EDQUOT: 'disk.full',
  EROFS: 'path.read-only',
  EACCES: 'path.denied',
  ENODEV: 'path.io',
  EMFILE: 'path.io',
};

describe.each(Object.keys(codes).flatMap((errno) => (['once', 'sticky'] as const).map((how) => [errno, how] as const)))(
  'a disk that says %s %s at any operation of a cycle',
  (errno, how) => {
    it('fails the cycle by its name or does not harm it, and the next cycle succeeds', async () => {
      for (let number = 1; ; number++) {
        const files = copyOf(before);
        const deps = afterBoot(files);
        const storage = await openStorage(targetOn(files, deps), { by: 'device', secret }, deps);
        const catalog = MapCatalog.rebuilt(storage);
        const fault = failAt(files, number, errno, how);
        const hint = `${errno} ${how} at operation ${number}`;
        let isCommitted = true;
        try {
          await commitContents(storage, deps, catalog, second);
        } catch (error) {
          isCommitted = false;
          if (!isStrataError(error)) throw error;
          // A lock that cannot be read any more may be lost; the cycle then stops for that reason.
          expect([codes[errno], 'storage.lock-lost'], hint).toContain(error.code);
        }
        files.onOperation(undefined);
        const now = MapCatalog.rebuilt(storage);
        const promised = isCommitted ? { certain: [first, second], pending: undefined } : { certain: [first], pending: second };
        const there = await requirePromised(storage, now, promised);
        // The same process goes on: it did not die, so its locks must not be in its way.
        await commitContents(storage, deps, now, third);
        const again = await openStorage(targetOn(files, deps), { by: 'device', secret }, afterBoot(files));
        await requirePromised(again, MapCatalog.rebuilt(again), { certain: [...there, third], pending: undefined });
        if (!fault.wasReached) break;
      }
    });
  },
);
