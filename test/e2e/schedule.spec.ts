import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { ids } from '../kit/renderer/sample-base.ts';
import { expect, test } from './window.ts';

const job = `/jobs/${ids.mailToNas}`;
const cell = (page: Page, day: number, slot: number) => page.locator(`[data-day="${day}"][data-slot="${slot}"]`);
const label = (page: Page, day: number, slot: number) => cell(page, day, slot).getAttribute('aria-label');
const drag = async (page: Page, from: readonly [number, number], to: readonly [number, number]): Promise<void> => {
  await cell(page, ...from).scrollIntoViewIfNeeded();
  await cell(page, ...from).hover();
  await page.mouse.down();
  await cell(page, ...to).hover();
  await page.mouse.up();
};

async function breaksNoRule(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode()
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html.slice(0, 160))])).toEqual([]);
}

test('the week is painted by keyboard alone, and each cell says what it is', async ({ open }) => {
  const page = await open(job, { live: false });
  const grid = page.getByRole('grid', { name: /Activity windows/ });
  await grid.locator('[tabindex="0"]').focus();
  await expect(page.locator(':focus')).toHaveAttribute('aria-label', 'Monday 08:00, allowed');
  await page.keyboard.press('ArrowDown');
  for (let step = 0; step < 13; step += 1) await page.keyboard.press('ArrowRight');
  await expect(page.locator(':focus')).toHaveAttribute('aria-label', 'Tuesday 14:30, allowed');
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('3');
  await page.keyboard.press('Space');
  await expect(page.locator(':focus')).toHaveAttribute('aria-label', 'Wednesday 15:00, blocked');
  expect(await label(page, 1, 29)).toBe('Tuesday 14:30, blocked');
  expect(await label(page, 1, 28)).toBe('Tuesday 14:00, allowed');
  await expect(page.getByText(/^Never Tue, Wed 14:30/)).toBeVisible();
  await page.keyboard.press('2');
  await page.keyboard.press('Space');
  expect(await label(page, 2, 30)).toBe('Wednesday 15:00, slow');
  await page.getByRole('button', { name: 'Undo' }).press('Enter');
  expect(await label(page, 2, 30)).toBe('Wednesday 15:00, blocked');
  await expect(page.getByRole('region', { name: /unsaved/ })).toContainText('activity windows');
});

test('the mouse paints by dragging, and a header its row or column', async ({ open }) => {
  const page = await open(job, { live: false });
  await drag(page, [0, 20], [3, 23]);
  expect(await Promise.all([label(page, 0, 20), label(page, 3, 23), label(page, 4, 20), label(page, 0, 24)])).toEqual([
    'Monday 10:00, blocked',
    'Thursday 11:30, blocked',
    'Friday 10:00, allowed',
    'Monday 12:00, allowed',
  ]);
  await page.getByRole('button', { name: 'Paint all of Sunday' }).click();
  expect(await label(page, 6, 0)).toBe('Sunday 00:00, blocked');
  await page.getByRole('button', { name: 'Paint all of Sunday' }).click();
  expect(await label(page, 6, 0)).toBe('Sunday 00:00, allowed');
  await page.getByRole('button', { name: 'Paint 03:00 on all days' }).click();
  expect(await label(page, 5, 7)).toBe('Saturday 03:30, blocked');
  await page.getByRole('button', { name: 'Presets' }).click();
  await page.getByRole('menuitem', { name: 'Always', exact: true }).click();
  expect(await label(page, 5, 7)).toBe('Saturday 03:30, allowed');
});

test('the text has equal power: minutes typed there stay when something else is painted', async ({ open }) => {
  const page = await open(job, { live: false });
  await page.getByRole('button', { name: 'Edit as text' }).click();
  const allowed = page.getByLabel('Allowed times, one a line');
  await allowed.fill('Mon-Fri 08:05-17:50');
  expect(await label(page, 0, 16)).toBe('Monday 08:00, blocked, then allowed');
  await allowed.fill('Mon-Fri 08:05-17:50\nSat 9');
  await expect(page.getByText('This line cannot be understood: Sat 9')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Save job' })).toBeDisabled();
  await allowed.fill('Mon-Fri 08:05-17:50\nSat 09:00-10:00');
  await expect(page.getByRole('button', { name: 'Save job' })).toBeEnabled();
  await drag(page, [0, 24], [0, 25]);
  await page.getByRole('button', { name: 'Edit as text' }).click();
  await expect(page.getByLabel('Allowed times, one a line')).toHaveValue(
    'Mon 08:05-12:00\nMon 13:00-17:50\nTue-Fri 08:05-17:50\nSat 09:00-10:00',
  );
});

test('times are chosen with buttons or typed, and each says the same', async ({ open }) => {
  const page = await open(job, { live: false });
  await page.getByRole('radio', { name: 'Times', exact: true }).focus();
  await page.keyboard.press('Space');
  await expect(page.getByRole('button', { name: 'Save job' })).toBeDisabled();
  await page.getByRole('button', { name: 'Add times' }).click();
  await page.getByRole('menuitem', { name: 'Workdays at 18:00' }).click();
  await page.getByRole('textbox', { name: 'Another time' }).fill('12:30');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Sat', exact: true }).click();
  await expect(page.getByText(/This job runs on Mon, Tue, Wed, Thu, Fri and Sat at/)).toBeVisible();
  await page.getByRole('button', { name: 'Edit as text' }).first().click();
  const text = page.getByLabel('Times, one rule a line');
  await expect(text).toHaveValue('Mon-Sat 12:30,18:00');
  await text.fill('Mon-Sat 12:30,18:00\nmonth 31 02:00');
  await page.getByRole('button', { name: 'Edit with buttons' }).click();
  await expect(page.getByRole('listitem', { name: 'Rule 2' })).toBeVisible();
  await page.getByRole('button', { name: 'Discard' }).click();
  await expect(page.getByRole('radio', { name: 'Continuous' })).toBeChecked();
});

test('what a job waits for is said, and a missed time is answered', async ({ open }) => {
  const page = await open('/jobs', { world: 'held', live: false });
  await expect(page.getByText('It waits for power')).toBeVisible();
  await page.getByRole('link', { name: /^Files to/ }).click();
  await expect(page.getByText('It waits for your answer')).toBeVisible();
  await page.getByRole('button', { name: 'Skip it' }).click();
  await expect(page.getByRole('region', { name: 'Messages' })).not.toContainText('A time was missed');
});

for (const scheme of ['light', 'dark'] as const) {
  test(`the schedule with everything open breaks no rule, in the smallest window (${scheme})`, async ({ open }) => {
    const page = await open(job, { width: 1024, height: 680, scheme, locale: 'de-DE', live: false });
    await page.getByRole('radio', { name: 'Zeiten', exact: true }).focus();
    await page.keyboard.press('Space');
    for (const preset of ['Werktags um 18:00', 'Am 1. jedes Monats um 12:00', 'Jeden zweiten Tag um 12:00']) {
      await page.getByRole('button', { name: 'Zeiten hinzufügen' }).click();
      await page.getByRole('menuitem', { name: preset }).click();
    }
    const presets = page.getByRole('button', { name: 'Vorlagen' });
    await presets.evaluate((button) => button.scrollIntoView({ block: 'center' }));
    await presets.click();
    await page.getByRole('menuitem', { name: 'Immer, in der Bürozeit langsam' }).click();
    await page.getByRole('button', { name: 'Als Text bearbeiten' }).last().click();
    for (const fold of await page.locator('summary').all()) await fold.click();
    await expect(page.getByText('Die nächsten 14 Tage')).toBeVisible();
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(wide, 'nothing is wider than the window').toBe(0);
    await page.waitForTimeout(600);
    await breaksNoRule(page);
    await page.screenshot({ path: test.info().outputPath('schedule-de.png') });
  });
}

test('a cron expression that the engine refuses is not saved, and says why, until it is another one', async ({ open }) => {
  const page = await open(job, { live: false });
  await page.getByRole('radio', { name: /cron/i }).check({ force: true });
  const field = page.getByLabel('Cron expression', { exact: false });
  await field.fill('0 2 1 * 1');
  await expect(page.getByRole('button', { name: 'Save job' })).toBeDisabled();
  await expect(field).toHaveAttribute('aria-invalid', 'true');
  await field.fill('0 2 * * 1');
  await expect(page.getByRole('button', { name: 'Save job' })).toBeEnabled();
});
