import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { ids } from '../kit/renderer/sample-base.ts';
import { runs } from '../kit/renderer/sample-runs.ts';
import { expect, test } from './window.ts';

const job = `/jobs/${ids.mailToNas}`;

async function breaksNoRule(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode()
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html.slice(0, 160))])).toEqual([]);
}

test('a run says why it ran, and of each thing that went with it what became of it', async ({ open }) => {
  const run = runs.find(({ kind, status }) => kind === 'backup' && status === 'success');
  const page = await open(`/runs/${run?.id}`, { live: false });
  await expect(page.getByText(/^Started .* because the idle time was over/)).toBeVisible();
  const steps = page
    .locator('section', { has: page.getByRole('heading', { name: 'Before and afterwards' }) })
    .getByRole('listitem');
  await expect(steps).toHaveCount(6);
  await expect(steps.nth(1)).toContainText('Mirror “Vault”');
  await expect(steps.nth(1)).toContainText('behind; catches up by itself');
  await expect(steps.nth(4)).toContainText('waits until');
  await breaksNoRule(page);
});

test('the list of runs says why each ran', async ({ open }) => {
  const page = await open('/runs', { live: false });
  await expect(page.getByText('because the idle time was over').first()).toBeVisible();
  await breaksNoRule(page);
});

test('a job says whether it could run, and what stands in its way', async ({ open }) => {
  const page = await open(job, { live: false });
  await page.getByRole('button', { name: 'Look', exact: true }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText('It cannot run now.')).toBeVisible();
  await expect(page.getByRole('listitem').filter({ hasText: 'Room on “NAS”' }).getByRole('img', { name: 'no' })).toBeVisible();
  await breaksNoRule(page);
});

test('a command is added, shown to the letter and tried, by keyboard alone', async ({ open }) => {
  const page = await open(job, { live: false });
  const card = page.locator('section', { has: page.getByRole('heading', { name: 'Before and after a run' }) });
  await expect(card.getByRole('listitem')).toHaveCount(2);
  await expect(card.getByText('Kept nowhere any more: the value of X-Token')).toBeVisible();
  await card.getByRole('button', { name: 'Add', exact: true }).focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Add' });
  await expect(dialog.getByRole('button', { name: 'Save', exact: true })).toBeDisabled();
  // The dialog takes the focus when it has come in; who types before that types elsewhere.
  await expect(dialog.locator(':focus')).toHaveCount(1);
  await dialog.getByLabel('Name', { exact: true }).focus();
  await page.keyboard.type('Quiesce');
  await page.keyboard.press('Tab');
  await dialog.getByLabel('Program, and what it is given').focus();
  await page.keyboard.type('/usr/bin/systemctl\nstop\nthe mail server');
  const show = dialog.getByRole('button', { name: 'Show what would be run' });
  await expect(show).toBeEnabled();
  await show.focus();
  await page.keyboard.press('Enter');
  await expect(dialog.getByLabel('What would be run or sent')).toContainText('the mail server');
  await breaksNoRule(page);
  await dialog.getByRole('button', { name: 'Save and try now' }).focus();
  await page.keyboard.press('Enter');
  await expect(dialog.getByLabel('What it said')).toContainText('dumped 311 tables');
  await dialog.getByRole('button', { name: 'Save', exact: true }).focus();
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await expect(card.getByRole('listitem')).toHaveCount(3);
});

test('a request shows what would be sent, and of a secret header its name alone', async ({ open }) => {
  const page = await open(job, { live: false });
  await page.getByRole('button', { name: 'Edit “Tell the monitor”' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByLabel('Secret header', { exact: true })).toHaveValue('X-Token');
  await expect(dialog.getByLabel('Its value')).toHaveValue('');
  await dialog.getByRole('button', { name: 'Show what would be sent' }).click();
  await expect(dialog.getByLabel('What would be run or sent')).toContainText('X-Token: •••');
  await breaksNoRule(page);
});
