import fs from 'node:fs';
import { describe, expect, it } from 'vitest';
import { draftOf, MapCatalog, manifestOf, someBytes, testDeps, testRun, testStorage } from '../../../test/kit/storage-world.ts';
import { temporaryFolder } from '../../../test/kit/temporary-folder.ts';
import { NodeFileSystem } from '../kernel/node-file-system.ts';
import { systemRandom } from '../kernel/system-random.ts';
import { openLocalTarget } from '../targets/local/index.ts';
import { createStorage, openStorage, type Storage } from './index.ts';

const files = new NodeFileSystem();
const readers = { count: 2, entry: new URL('../reader-worker.ts', import.meta.url) };

/** The same storage twice: read by its own thread, and by others. */
async function storageOfManyPacks(): Promise<{ readonly folder: string; readonly alone: Storage; readonly threaded: Storage }> {
  const folder = temporaryFolder();
  const target = openLocalTarget(files, folder, systemRandom);
  const deps = testDeps(files, { random: systemRandom });
  const { storage: alone } = await createStorage(target, testStorage, deps);
  const catalog = new MapCatalog();
  const lock = alone.lock('backup', 'write');
  const writer = alone.writer(lock, catalog);
  for (let n = 0; n < 60; n++) {
    writer.add(manifestOf(`item${n}`, await writer.store({ kind: 'bytes', bytes: someBytes(20_000, n) })));
  }
  catalog.apply(await writer.commit(draftOf(deps), testRun(deps)));
  writer.abandon();
  lock.release();
  const unlock = { by: 'password', password: testStorage.password } as const;
  return { folder, alone, threaded: await openStorage(target, unlock, { ...deps, readers }) };
}

/** The largest first: the smallest holds the manifests, without which nobody knows what is missing. */
const packsIn = (folder: string): string[] =>
  fs
    .readdirSync(`${folder}/packs`, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.pack'))
    .map((name) => `${folder}/packs/${name}`)
    .sort((a, b) => fs.statSync(b).size - fs.statSync(a).size);

describe('threads that check', { timeout: 60_000 }, () => {
  const runOf = () => testRun(testDeps(files));
  const check = (storage: Storage) => storage.check('all', (chunks) => [`${chunks.size} chunks`], runOf());

  it('find what one thread finds: nothing, where nothing is wrong', async () => {
    const { alone, threaded } = await storageOfManyPacks();
    const report = await check(threaded);
    expect(report).toEqual(await check(alone));
    expect(report.findings).toEqual([]);
    expect(report.packs).toBeGreaterThan(5);
  });

  it('find what one thread finds: a changed byte, a short pack, a missing one', async () => {
    const { folder, alone, threaded } = await storageOfManyPacks();
    const [one = '', two = '', three = ''] = packsIn(folder);
    for (const pack of [one, two]) fs.chmodSync(pack, 0o600);
    const bytes = fs.readFileSync(one);
    bytes[1000] = (bytes[1000] ?? 0) ^ 4;
    fs.writeFileSync(one, bytes);
    fs.truncateSync(two, 10_000);
    fs.unlinkSync(three);
    const report = await check(threaded);
    const inOrder = (findings: typeof report.findings) => [...findings].sort((a, b) => (a.file < b.file ? -1 : 1));
    expect(inOrder(report.findings)).toEqual(inOrder((await check(alone)).findings));
    expect(new Set(report.findings.map(({ file }) => `${folder}/${file}`))).toEqual(
      new Set([one, two, three, `${folder}/packs`]),
    );
  });

  it('stop when they are told to', async () => {
    const { threaded } = await storageOfManyPacks();
    const run = { ...runOf(), signal: AbortSignal.abort() };
    await expect(threaded.check('all', () => [], run)).rejects.toThrow('stopped');
  });
});
