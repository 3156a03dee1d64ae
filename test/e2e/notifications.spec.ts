import { renameSync } from 'node:fs';
import { join } from 'node:path';
import type { ElectronApplication } from '@playwright/test';
import type { Notification } from 'electron';
import { expect, test } from './app.ts';
import { connect, createJob } from './client.ts';

type Desk = { notifications?: Notification[] };

/** No desktop of a test shows notifications: they are caught where they would be handed to it. */
const catchNotifications = (app: ElectronApplication): Promise<void> =>
  app.evaluate(({ Notification: Native }) => {
    const caught: Notification[] = [];
    (globalThis as Desk).notifications = caught;
    Native.prototype.show = function () {
      caught.push(this);
    };
  });
const texts = (app: ElectronApplication): Promise<string[]> =>
  app.evaluate(() => ((globalThis as Desk).notifications ?? []).map(({ title, body }) => `${title}: ${body}`));

test('a backup that fails is told of once, and a click shows it', async ({ start, profile }) => {
  const { app } = await start('--hidden');
  const client = await connect(profile);
  const job = await createJob(client, profile, 'Letters');
  await catchNotifications(app);
  const backUp = async (): Promise<string> => {
    const { run } = await client.call('job.run', { id: job });
    await expect.poll(async () => (await client.call('run.show', { id: run })).status).not.toBe('running');
    return (await client.call('run.show', { id: run })).status;
  };

  expect(await backUp()).toBe('success');
  expect(await texts(app)).toEqual([]);

  renameSync(join(profile, 'source of Letters'), join(profile, 'unplugged'));
  expect(await backUp()).toBe('failed');
  await expect.poll(() => texts(app)).toHaveLength(1);
  expect((await texts(app))[0]).toMatch(/^Letters was not backed up: .*source of Letters is not there/);
  expect(await backUp()).toBe('failed');

  await app.evaluate(() => (globalThis as Desk).notifications?.[0]?.emit('click'));
  const page = await app.firstWindow();
  await expect.poll(() => page.url()).toMatch(/#\/runs\/[0-9a-z]{20}$/);
  expect(await texts(app)).toHaveLength(1);
  client.close();
});
