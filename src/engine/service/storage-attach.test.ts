import fs from 'node:fs';
import path from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { temporaryFolder } from '../../../test/kit/temporary-folder.ts';
import { silentLog } from '../kernel/log.ts';
import { systemClock } from '../kernel/system-clock.ts';
import { type Engine, type EngineOptions, openEngine } from './engine.ts';

/** As in the app but for the cost of a password: what it takes to guess one is not what is tried here. */
vi.mock(import('../crypto/open-sodium.ts'), async (original) => {
  const [real, { cheapenArgon }] = await Promise.all([original(), import('../../../test/kit/remembered-argon.ts')]);
  const cheap = real.openSodium().then(cheapenArgon);
  return { ...real, openSodium: () => cheap };
});

const keychain = {
  status: () => Promise.resolve('unavailable' as const),
  read: () => Promise.resolve(undefined),
  write: () => Promise.resolve(),
  remove: () => Promise.resolve(),
};
const password = 'correct horse battery';

async function engineAt(profileDir: string, instead: NonNullable<EngineOptions['instead']> = {}): Promise<Engine> {
  const engine = await openEngine({ profileDir, keychain, appVersion: '0', log: silentLog, instead });
  onTestFinished(() => engine.close('now'));
  return engine;
}

it('a storage whose reading-in is stopped is not attached, and can be attached again', async () => {
  const root = temporaryFolder();
  const at = (name: string): string => path.join(root, name);
  fs.mkdirSync(at('files'));
  const first = await engineAt(at('first'));
  const { id: storage } = await first.storages.create({ name: 'S', path: at('S'), password, keepInKeychain: false });
  const settings = { kind: 'files', paths: [at('files')], exclude: [], excludeIfPresent: [], oneFileSystem: false } as const;
  const source = await first.sources.add({ name: 'F', settings, secret: null, keepInKeychain: false });
  const job = first.jobs.create({ name: 'J', sources: [source.id], storage, schedule: { mode: 'manual' } }).id;
  for (const name of 'abcdef') {
    fs.writeFileSync(at(`files/${name}.txt`), name);
    await first.parts.runs.ended(await first.jobs.run(job, 'person'));
  }
  await first.close('now');

  // Seconds go by with every look at the clock.
  let leap = 0;
  const clock = { ...systemClock, monotonicMs: () => systemClock.monotonicMs() + (leap += 2000) };
  const second = await engineAt(at('second'), { clock });
  const stopAll = (): void => second.parts.runs.going().forEach(({ id }) => second.parts.runs.stop(id, 'now'));
  second.onNotice((name) => void (name === 'run.started' && setImmediate(stopAll)));
  const attach = (engine: Engine) =>
    engine.storages.attach({
      ...{ name: null, path: at('S'), keepInKeychain: false, taking: 'read-only' },
      unlock: { by: 'password', password },
    });
  await expect(attach(second)).rejects.toMatchObject({ code: 'storage.not-opened' });
  expect(await second.storages.list()).toEqual([]);
  await second.close('now');

  const third = await engineAt(at('second'));
  expect(await attach(third)).toEqual({ id: storage });
  expect(await third.storages.show(storage)).toMatchObject({ state: 'open', moments: 6 });
});
