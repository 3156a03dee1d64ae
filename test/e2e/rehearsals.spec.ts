import type { Locator, Page } from '@playwright/test';
import { ids } from '../kit/renderer/sample-base.ts';
import { look } from './look.ts';
import { expect, shellCalls, test } from './window.ts';

const nas = `/storages/${ids.nas}`;
const cardOf = (page: Page, title: string): Locator =>
  page.locator('section', { has: page.getByRole('heading', { name: title }) });

test('a storage says since when it is proven restorable, of which source, and makes a trial restore by keyboard', async ({
  open,
}) => {
  const page = await open(nas, { live: false });
  await expect(page.getByRole('main')).toContainText(/proven restorable \w+ \d/i);
  const card = cardOf(page, 'Trial restores');
  await expect(card).toContainText(/Proven restorable on /);
  await expect(card.getByRole('listitem').filter({ hasText: 'anna@nord.example' })).toContainText('50 items');
  await card.getByRole('button', { name: 'Save the certificate …' }).press('Enter');
  const saved = async (): Promise<string> =>
    JSON.stringify((await shellCalls(page)).find(({ name }) => name === 'shell.saveText')?.input ?? null);
  await expect.poll(saved).toContain('Trial restore NAS.txt');
  expect(await saved()).toContain('seed 2914400113');
  await card.getByRole('button', { name: 'Rehearse now' }).press('Enter');
  await expect(page).toHaveURL(new RegExp(`runs/${ids.rehearsal}`));
  await expect(cardOf(page, 'Trial restore')).toContainText('anna@nord.example: proven restorable');
  await expect(cardOf(page, 'Trial restore')).toContainText('2 versions are larger');
});

test('what did not come back takes the badge away, and is named by the run', async ({ open }) => {
  const page = await open(`/storages/${ids.disk}`, { live: false });
  await expect(page.getByRole('main')).toContainText(/not proven restorable/i);
  const card = cardOf(page, 'Trial restores');
  await expect(card.getByRole('button')).toHaveCount(0);
  await card.getByRole('link', { name: 'Notebook' }).press('Enter');
  await expect(cardOf(page, 'Trial restore')).toContainText('not proven; 2 did not come back as saved');
  await expect(page.getByText('Plan 3.dwg').first()).toBeVisible();
});

test('trial restores have times of their own like all upkeep', async ({ open }) => {
  const page = await open(nas, { live: false });
  const card = cardOf(page, 'When it is looked after');
  await expect(card.getByRole('listitem').filter({ hasText: 'Trial restores' })).toContainText('once a week after a backup');
});

for (const [scheme, locale, width, height] of [
  ['light', 'en-GB', 1280, 800],
  ['dark', 'de-DE', 1024, 680],
  ['light', 'de-DE', 1280, 800],
  ['dark', 'en-GB', 1024, 680],
] as const) {
  test(`its card and its run break no rule: ${scheme}, ${locale}, ${width}`, async ({ open }) => {
    const page = await open(nas, { scheme, locale, width, height, live: false });
    const isGerman = locale === 'de-DE';
    await cardOf(page, isGerman ? 'Probewiederherstellungen' : 'Trial restores').scrollIntoViewIfNeeded();
    await look(page, `rehearsals-${scheme}-${locale}`);
    for (const run of [ids.rehearsal, ids.unproven]) {
      const shown = await open(`/runs/${run}`, { scheme, locale, width, height, live: false });
      await expect(cardOf(shown, isGerman ? 'Probewiederherstellung' : 'Trial restore')).toBeVisible();
      await look(shown, `rehearsal-${run === ids.unproven ? 'unproven' : 'proven'}-${scheme}-${locale}`);
    }
  });
}

for (const german of [false, true]) {
  test(`a source says how much would be lost and how soon it would be back, ${german ? 'German, dark' : 'English'}`, async ({
    open,
  }) => {
    const options = german ? ({ locale: 'de', scheme: 'dark', width: 1024, height: 680 } as const) : {};
    const page = await open(`/sources/${ids.anna}`, { live: false, ...options });
    const card = cardOf(page, german ? 'Wenn sie jetzt verloren ginge' : 'If it were lost now');
    await expect(card.getByRole('listitem')).toHaveCount(2);
    await expect(card).toContainText(german ? /Etwa alle 4\sh gesichert/ : /Saved about every 4\sh/);
    await expect(card).toContainText(german ? /in höchstens 37\smin/ : /within 37\smin/);
    await expect(card).toContainText(german ? 'zeigt die erste Probe' : 'after the first trial restore');
    await card.scrollIntoViewIfNeeded();
    await look(page, `source-recovery-${german ? 'de-dark' : 'en'}`);
  });
}
