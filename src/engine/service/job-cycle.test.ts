import fs from 'node:fs';
import path from 'node:path';
import { expect, it, vi } from 'vitest';
import { temporaryFolder } from '../../../test/kit/temporary-folder.ts';
import { StrataError } from '../../shared/domain/strata-error.ts';
import { silentLog } from '../kernel/log.ts';
import { openEngine } from './engine.ts';
import { sayGivenBack } from './given-back.ts';

vi.mock(import('../crypto/open-sodium.ts'), async (original) => {
  const [real, { cheapenArgon }] = await Promise.all([original(), import('../../../test/kit/remembered-argon.ts')]);
  const cheap = real.openSodium().then(cheapenArgon);
  return { ...real, openSodium: () => cheap };
});
vi.mock(import('./given-back.ts'), async (original) => {
  const real = await original();
  return { ...real, sayGivenBack: vi.fn(real.sayGivenBack) };
});

it('A cycle that fails before it begins leaves no lock behind, and the next one runs', async () => {
  const root = temporaryFolder();
  const at = (name: string): string => path.join(root, name);
  fs.mkdirSync(at('source'));
  fs.writeFileSync(at('source/letter'), 'a letter');
  const keychain = {
    status: () => Promise.resolve('unavailable' as const),
    read: () => Promise.resolve(undefined),
    write: () => Promise.resolve(),
    remove: () => Promise.resolve(),
  };
  const engine = await openEngine({ profileDir: at('profile'), keychain, appVersion: '0', log: silentLog });
  const { id: storage } = await engine.storages.create({
    ...{ name: 'S', path: at('storage'), password: 'correct horse battery', keepInKeychain: false },
  });
  const settings = { kind: 'files' as const, paths: [at('source')], exclude: [], excludeIfPresent: [], oneFileSystem: false };
  const source = await engine.sources.add({ name: 'Files', settings, secret: null, keepInKeychain: false });
  const { id } = engine.jobs.create({ name: 'J', sources: [source.id], storage, schedule: { mode: 'manual' } });
  const run = async () => engine.parts.runs.ended(await engine.jobs.run(id, 'person'));

  vi.mocked(sayGivenBack).mockRejectedValueOnce(new StrataError('disk.full', 'after-user-action', { path: at('storage') }));
  expect(await run()).toMatchObject({ status: 'failed', failure: { code: 'disk.full' } });
  expect(await run()).toMatchObject({ status: 'success' });
  await engine.close('now');
});
