import { AxeBuilder } from '@axe-core/playwright';
import { ids } from '../kit/renderer/sample-base.ts';
import type { Page } from '@playwright/test';
import { look } from './look.ts';
import { expect, test } from './window.ts';

const names = (page: Page): Promise<string[]> => page.getByRole('main').getByRole('link', { name: / to / }).allInnerTexts();
const handle = (name: string) => ({ name: `Move ${name}: drag it, or press the arrow keys` });

test('a job is moved by the arrow keys, by its menu and by dragging it, and it is said where it goes', async ({ open }) => {
  const page = await open('/jobs', { live: false });
  const order = () => expect.poll(async () => (await names(page)).map((name) => name.split(' ')[0]));
  await order().toEqual(['Mail', 'Files', 'Old', 'Office']);
  await page.getByRole('button', handle('Files')).focus();
  await page.keyboard.press('ArrowUp');
  await expect(page.getByText('Files is now 1 of 4.')).toBeAttached();
  await order().toEqual(['Files', 'Mail', 'Old', 'Office']);
  await expect(page.locator(':focus')).toHaveAttribute('aria-label', handle('Files').name);
  await page.getByRole('button', { name: 'More about Files' }).press('Enter');
  await page.getByRole('menuitem', { name: 'Move down' }).press('Enter');
  await order().toEqual(['Mail', 'Files', 'Old', 'Office']);
  await page.getByRole('button', handle('Files')).dragTo(page.getByRole('button', handle('Office')));
  await order().toEqual(['Mail', 'Old', 'Office', 'Files']);
  await expect(page.getByRole('button', { name: /^Now and then/ })).toContainText('3 jobs');
});

test('a group is folded, and stays so', async ({ open }) => {
  const page = await open('/jobs', { live: false });
  const fold = page.getByRole('button', { name: /^Now and then/ });
  await expect(fold).toHaveAttribute('aria-expanded', 'true');
  await fold.press('Enter');
  await expect(fold).toHaveAttribute('aria-expanded', 'false');
  await expect.poll(() => names(page)).toHaveLength(2);
  await page.getByRole('link', { name: /^Files to/ }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Files');
  await page.goBack();
  await expect.poll(() => names(page)).toHaveLength(2);
});

test('a copy is asked its name, and starts off unless it is wanted on', async ({ open }) => {
  const page = await open('/jobs', { live: false });
  await page.getByRole('button', { name: 'More about Files' }).press('Enter');
  await page.getByRole('menuitem', { name: 'Copy job …' }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Copy Files' });
  await expect(dialog.getByLabel('Name of the copy')).toHaveValue('Files (copy)');
  await dialog.getByLabel('Name of the copy').fill('Films');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Films was made')).toBeVisible();
  await expect(dialog).toBeHidden();
});

test('group, colour and priority are set on the page of a job', async ({ open }) => {
  const page = await open(`/jobs/${ids.filesToDisk}`, { live: false });
  await page.getByRole('combobox', { name: 'Group' }).fill('Home');
  await page.getByRole('radio', { name: 'Plum' }).check();
  await page.getByRole('radiogroup', { name: 'Priority' }).getByText('High').click();
  await expect(page.getByRole('region', { name: /unsaved/ })).toContainText('group, colour and priority');
  await page.getByRole('button', { name: 'Save job' }).click();
  await expect(page.getByText('Files was saved')).toBeVisible();
});

for (const scheme of ['light', 'dark'] as const) {
  test(`the list with groups breaks no rule of accessibility, ${scheme}`, async ({ open }) => {
    const page = await open('/jobs', { live: false, scheme });
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html.slice(0, 160))])).toEqual([]);
  });
}

test('which source of a job comes first is set on its page', async ({ open }) => {
  const page = await open(`/jobs/${ids.mailToNas}`, { live: false });
  const ranks = page.getByRole('textbox', { name: /^Place of / });
  await expect(ranks).toHaveCount(2);
  await expect(ranks.first()).toHaveValue('1');
  await ranks.first().fill('2');
  await ranks.first().press('ArrowUp');
  const bar = page.getByRole('region', { name: '1 unsaved change' });
  await expect(bar).toContainText('what is taken of its sources');
  await expect(page.getByRole('region', { name: 'What changes' })).toContainText(/Place of .+ in the order.*1.*3/);
  await look(page, 'job-rank-en');
});

test('another storage is asked about by both names, and cancelling changes nothing', async ({ open }) => {
  const page = await open(`/jobs/${ids.filesToDisk}`, { live: false });
  const storage = page.getByRole('combobox', { name: 'Storage' });
  const before = await storage.inputValue();
  await storage.press('ArrowDown');
  const other = page.getByRole('option').filter({ hasNotText: before }).first();
  const after = await other.innerText();
  await other.click();
  await page.getByRole('button', { name: 'Save job' }).click();
  const dialog = page.getByRole('dialog', { name: `Save Files to ${after}?` });
  await expect(dialog).toContainText(`What was saved stays in “${before}”`);
  await look(page, 'job-other-storage');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('region', { name: /unsaved/ })).toContainText('storage');
  await page.getByRole('button', { name: 'Save job' }).click();
  await dialog.getByRole('button', { name: `Save to ${after}` }).click();
  await expect(page.getByText('Files was saved')).toBeVisible();
});

test('where a job saves to, and the question, in German, dark and in a small window', async ({ open }) => {
  const page = await open(`/jobs/${ids.filesToDisk}`, { live: false, locale: 'de', scheme: 'dark', width: 1024, height: 680 });
  const storage = page.getByRole('combobox', { name: 'Speicher' });
  await storage.press('ArrowDown');
  await page.getByRole('option', { selected: false }).first().click();
  await look(page, 'job-storage-de-dark');
  await page.getByRole('button', { name: 'Auftrag speichern' }).click();
  await expect(page.getByRole('dialog')).toContainText('Die Regeln dieses Auftrags räumen dort nicht mehr auf.');
  await look(page, 'job-other-storage-de-dark');
});

for (const german of [false, true]) {
  test(`a job saves to further storages, by keyboard, and what it leaves is loud, ${german ? 'German, dark' : 'English'}`, async ({
    open,
  }) => {
    const options = german ? ({ locale: 'de', scheme: 'dark', width: 1024, height: 680 } as const) : {};
    const page = await open(`/jobs/${ids.mailToNas}`, { live: false, ...options });
    const further = page.getByRole('group', { name: german ? 'Und außerdem auf' : 'And also to' });
    const office = further.getByRole('checkbox', { name: 'Office server' });
    await expect(office).toBeChecked();
    await expect(further.getByRole('checkbox', { name: 'NAS' })).toHaveCount(0);
    await office.press('Space');
    const bar = page.getByRole('region', { name: german ? /ungespeicherte/ : /unsaved/ });
    await expect(bar).toContainText(german ? 'weitere Speicher' : 'further storages');
    await expect(
      page.getByText(german ? /NICHT MEHR GESICHERT AUF Office server/ : /NO LONGER SAVED TO Office server/),
    ).toBeVisible();
    await office.scrollIntoViewIfNeeded();
    await look(page, `job-further-${german ? 'de-dark' : 'en'}`);
    await page.getByRole('button', { name: german ? 'Auftrag speichern' : 'Save job' }).press('Enter');
    await expect(page.getByText(german ? 'Mail wurde gespeichert' : 'Mail was saved')).toBeVisible();
  });
}
