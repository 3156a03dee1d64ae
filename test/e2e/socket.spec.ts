import { openHeadless } from '../../src/engine-host/headless.ts';
import { callFromPage, expect, test } from './app.ts';
import { connect } from './client.ts';

test('the command line speaks to the engine of the app that is open', async ({ page, profile }) => {
  const own = await callFromPage(page, 'app.info', {});
  const client = await connect(profile);
  expect(await client.call('app.info', {})).toEqual(own);

  // What one says, the other hears.
  const heard = page.evaluate(
    () =>
      new Promise<string>((settle) => {
        window.addEventListener('message', (event) => {
          event.ports[0]?.addEventListener('message', (message) => {
            const data = message.data as { type: string; name: string };
            if (data.type === 'notice') settle(data.name);
          });
        });
        (window as unknown as { strata: { ready(): void } }).strata.ready();
      }),
  );
  await callFromPage(page, 'app.info', {});
  await client.call('app.setPreferences', { theme: 'dark' });
  expect(await heard).toBe('changed');
  client.close();
});

test('an app that opens while a command has the profile works through it, and takes over when it ends', async ({
  start,
  profile,
}) => {
  const command = await openHeadless({ profileDir: profile, appVersion: '0.0.0-command' });
  expect(command.engine).toBe('own');
  const { page: opened } = await start();
  const page = await opened();
  expect((await callFromPage(page, 'app.info', {})).version).toBe('0.0.0-command');
  await command.close();
  await expect.poll(async () => (await callFromPage(page, 'app.info', {})).version).not.toBe('0.0.0-command');
});
