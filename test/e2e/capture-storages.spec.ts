import { ids } from '../kit/renderer/sample-base.ts';
import { look } from './look.ts';
import { expect, test } from './window.ts';

test('The page of a job says which of its storages lacks what was noticed, since when and why', async ({ open }) => {
  const page = await open(`/jobs/${ids.mailToNas}`, { world: 'held', width: 1280, height: 800, live: false });
  const note = page.getByText(/^Office server lacks what was noticed since/);
  await note.scrollIntoViewIfNeeded();
  await expect(page.getByText(/There is no storage at .* The other storages have it;/)).toBeVisible();
  await look(page, 'capture-missed-light-en');
});

test('The same in a small dark window, in German', async ({ open }) => {
  const small = { width: 1024, height: 680, scheme: 'dark', locale: 'de-DE' } as const;
  const page = await open(`/jobs/${ids.mailToNas}`, { world: 'held', ...small, live: false });
  await page.getByText(/^Office server fehlt, was seit/).scrollIntoViewIfNeeded();
  await look(page, 'capture-missed-dark-de');
});
