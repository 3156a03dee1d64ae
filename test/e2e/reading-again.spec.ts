import { callFromPage, expect, test } from './app.ts';
import { connect, createJob } from './client.ts';
import { look } from './look.ts';

test('a job, and a source alone, are read again from beginning to end, by keyboard', async ({ page, profile }) => {
  await callFromPage(page, 'app.info', {});
  const client = await connect(profile);
  const job = await createJob(client, profile, 'Letters');
  const { run } = await client.call('job.run', { id: job });
  await expect.poll(async () => (await client.call('run.show', { id: run })).status).toBe('success');
  const { sources } = await client.call('job.show', { id: job });
  const [source] = sources;
  const newest = async () => (await client.call('run.list', { job, storage: null, kind: 'backup', limit: 1 }))[0];
  const ended = async (): Promise<unknown> => {
    const found = await newest();
    return found?.id === run || found?.endedAtMs === null ? null : { wish: found?.cause?.wish, status: found?.status };
  };
  const go = (route: string): Promise<void> => page.evaluate((hash) => void (location.hash = hash), route);

  await go(`/jobs/${job}`);
  await page.getByRole('button', { name: 'More' }).press('Enter');
  await page.getByRole('menuitem', { name: 'Read everything again …' }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Read everything of Letters again?' });
  await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await look(page, 'reading-again-dialog');
  await dialog.getByRole('button', { name: 'Read everything again' }).press('Enter');
  await expect(dialog).toBeHidden();
  await expect.poll(ended).toEqual({ wish: { sources: null, readsAgain: true }, status: 'success' });
  expect((await newest())?.counts).toMatchObject({ new: 0, changed: 0 });
  await go(`/runs/${(await newest())?.id}`);
  await expect(page.getByRole('main')).toContainText('by hand, reading everything again');
  await look(page, 'reading-again-run');

  await go(`/sources/${source}`);
  await page.getByRole('button', { name: 'More' }).press('Enter');
  await page.getByRole('menuitem', { name: 'Back this up now' }).press('Enter');
  await expect.poll(ended).toEqual({ wish: { sources: [source], readsAgain: false }, status: 'success' });
  client.close();
});
