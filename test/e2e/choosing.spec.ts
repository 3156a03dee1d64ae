import type { Page } from '@playwright/test';
import { ids } from '../kit/renderer/sample-base.ts';
import { look } from './look.ts';
import { expect, test } from './window.ts';

const narrow = { width: 1024, height: 680, scheme: 'dark', locale: 'de-DE', live: false } as const;
const goOn = (page: Page): Promise<void> => page.locator('footer button[type=submit]').click();

test('What a new job takes of an account is chosen by keyboard beside what it means, and becomes its command', async ({
  open,
}) => {
  const page = await open('/jobs/new', { width: 1280, height: 800, live: false });
  await page.getByLabel('E-mail address').fill('anna@nord.example');
  await page.keyboard.press('Enter');
  await page.getByLabel(/^Password of/).fill('nobody-may-see-this');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Choose folders' }).click();
  const sum = page.getByRole('status').filter({ hasText: 'would be taken' });
  await expect(sum).toContainText('left out');
  await look(page, 'wizard-light-en-wide');
  const before = await sum.textContent();
  const tree = page.getByRole('group', { name: /^Folders of/ });
  await tree.getByRole('checkbox', { name: 'INBOX' }).focus();
  await page.keyboard.press('Space');
  await expect(tree.getByRole('checkbox', { name: 'INBOX' })).not.toBeChecked();
  await expect(sum).not.toHaveText(before ?? '');
  await expect(page.getByText('folder left out: INBOX').first()).toBeVisible();
  await page.getByLabel('Not larger than (MB)').fill('5');
  await expect(page.getByText('too large').first()).toBeVisible();
  await look(page, 'wizard-light-en-wide-chosen');
  await goOn(page);
  await page.getByRole('radio').first().click();
  await goOn(page);
  await expect(page.locator('pre')).toContainText('--skip-folder INBOX --skip-junk --skip-trash --max-size 5000000');
  await expect(page.locator('pre')).not.toContainText('--exclude');
  await expect(page.getByText('Not these folders: INBOX.').first()).toBeVisible();
  const text = await page.evaluate(() => document.body.innerText + location.href + JSON.stringify({ ...localStorage }));
  expect(text).not.toContain('nobody-may-see-this');
});

test('Files have their patterns, and a pattern that fits nothing is named', async ({ open }) => {
  const page = await open('/jobs/new', narrow);
  await page.getByRole('radio', { name: /Ordner auf diesem Computer/ }).click();
  await page.getByRole('button', { name: 'Ordner hinzufügen…' }).click();
  await goOn(page);
  await page.getByRole('radio').first().click();
  await goOn(page);
  await page.getByRole('button', { name: /Auswählen/ }).click();
  await page.getByLabel('Auslassen, ein Muster je Zeile').fill('*.iso\nnowhere');
  await expect(page.getByText('Auf nichts passt: nowhere')).toBeVisible();
  await look(page, 'wizard-dark-de-narrow');
  await page
    .getByRole('button', { name: /zeigen|Zeigen/ })
    .first()
    .press('Enter');
  await page
    .getByRole('button', { name: /^Mehr zu/ })
    .first()
    .press('Enter');
  await page.getByRole('menuitem', { name: 'Ohne seine Unterordner' }).press('Enter');
  await expect(page.getByText(/Nicht weiter nachsehen|Noch einmal nachsehen/)).toBeVisible();
  await look(page, 'wizard-dark-de-narrow-open');
});

for (const [name, world] of [
  ['dark-de-narrow', narrow],
  ['light-en-wide', { width: 1280, height: 800, live: false }],
] as const) {
  test(`The page of a job says what it takes, and what a change will change before it is saved: ${name}`, async ({ open }) => {
    const page = await open(`/jobs/${ids.mailToNas}`, world);
    const isGerman = name.startsWith('dark');
    const change = page.getByRole('button', { name: isGerman ? /^Auswählen, was von/ : /^Choose what is taken of/ }).first();
    await expect(page.getByText(isGerman ? 'Alles. Auch neue Ordner' : 'Everything. New folders').first()).toBeVisible();
    await change.scrollIntoViewIfNeeded();
    await look(page, `job-${name}`);
    await change.press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog
      .getByRole('checkbox', { name: isGerman ? 'Spam' : 'Junk mail' })
      .first()
      .check();
    await dialog.getByRole('checkbox', { name: 'INBOX' }).press('Space');
    await expect(dialog.getByText(isGerman ? /weniger als jetzt/ : /fewer than now/)).toBeVisible();
    await look(page, `job-dialog-${name}`);
    const letGo = dialog.getByRole('radio', { name: isGerman ? /^Gehen lassen/ : /^Let it go/ });
    await expect(dialog.getByRole('radio', { name: isGerman ? /^Für immer behalten/ : /^Keep it for good/ })).toBeChecked();
    await letGo.scrollIntoViewIfNeeded();
    await letGo.press('Space');
    await expect(letGo).toBeChecked();
    await look(page, `job-dialog-let-go-${name}`);
    await dialog
      .getByRole('checkbox', { name: isGerman ? 'Spam' : 'Junk mail' })
      .first()
      .check();
    await dialog.getByRole('button', { name: isGerman ? 'Diese Wahl übernehmen' : 'Use this choice' }).press('Enter');
    await expect(dialog).toBeHidden();
    await expect(page.getByText(isGerman ? 'Diese Ordner nicht: INBOX.' : 'Not these folders: INBOX.').first()).toBeVisible();
    await expect(page.getByText(isGerman ? 'geht wie eine Quelle' : 'goes, as a source that').first()).toBeVisible();
    await expect(page.getByText(isGerman ? 'was von den Quellen genommen wird' : 'what is taken of its sources')).toBeVisible();
    await look(page, `job-changed-${name}`);
  });
}
