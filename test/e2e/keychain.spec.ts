import { join } from 'node:path';
import { atDesk } from '../../scripts/suite/desk.ts';
import { callFromPage, expect, quit, test } from './app.ts';

test.skip(process.platform !== 'linux', 'only Linux lets a test have a keychain of its own');

test('a storage whose key is in the keychain opens by itself at the next start', async ({ start, profile }) => {
  const environment = { ...process.env };
  try {
    // A bus and a keychain of this test alone, whoever runs it: no secret of a test gets into a person's keychain.
    await atDesk(async () => {
      process.env['STRATA_KEYCHAIN'] = 'on';
      const first = await start();
      const page = await first.page();
      expect((await callFromPage(page, 'app.info', {})).keychain).toBe('available');
      await callFromPage(page, 'storage.create', {
        name: 'Copies',
        path: join(profile, 'copies'),
        password: 'correct horse battery staple',
        keepInKeychain: true,
      });
      await quit(first.app.process());

      const second = await start();
      const [storage] = await callFromPage(await second.page(), 'storage.list', {});
      expect(storage).toMatchObject({ name: 'Copies', keyInKeychain: true, state: 'open' });
      // Before its bus goes: an app whose bus ends first is ended by it.
      await quit(second.app.process());
    });
  } finally {
    for (const name of Object.keys(process.env)) delete process.env[name];
    Object.assign(process.env, environment);
  }
});
