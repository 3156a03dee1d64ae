import type { Locator, Page } from '@playwright/test';
import { look } from './look.ts';
import { expect, test } from './window.ts';

const places = [
  ['light-en-wide', { width: 1280, height: 800, scheme: 'light', locale: 'en-GB', live: false }],
  ['dark-de-narrow', { width: 1024, height: 680, scheme: 'dark', locale: 'de-DE', live: false }],
] as const;

/** As somebody without a mouse. */
async function reachByTab(page: Page, wanted: Locator): Promise<void> {
  const isThere = (): Promise<boolean> => wanted.evaluate((element) => element === document.activeElement);
  for (let step = 0; step < 40 && !(await isThere()); step += 1) await page.keyboard.press('Tab');
  await expect(wanted).toBeFocused();
}

for (const [name, place] of places) {
  test(`What was typed in the palette is found on a page of its own, chosen and restored, by keyboard: ${name}`, async ({
    open,
  }) => {
    const isGerman = name.startsWith('dark');
    const page = await open('/', place);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').fill('offer');
    const showAll = page.getByRole('option', { name: isGerman ? /^Alles zeigen/ : /^Show everything/ });
    await expect(showAll).toBeVisible();
    for (let step = 0; step < 60 && (await showAll.getAttribute('aria-selected')) !== 'true'; step += 1)
      await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/#\/find\?text=offer/);
    const rows = page.getByRole('row');
    await expect(rows.nth(3)).toBeVisible();
    await look(page, `find-${name}`);

    // Rows of another storage cannot be chosen beside these.
    const boxes = page.getByRole('row').getByRole('checkbox');
    const grid = page.getByRole('grid');
    await reachByTab(page, grid);
    await page.keyboard.press('Space');
    await expect(boxes.nth(1)).toBeChecked();
    await expect(boxes.nth(2)).toBeDisabled();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Space');
    await expect(boxes.nth(2)).not.toBeChecked();
    await expect(boxes.nth(3)).toBeEnabled();
    await page.keyboard.press('Shift+ArrowDown');
    await expect(boxes.nth(3)).toBeChecked();
    await page.keyboard.press('x');
    await expect(boxes.nth(3)).not.toBeChecked();
    const restore = page.getByRole('button', { name: isGerman ? /^Wiederherstellen/ : /^Restore/ }).last();
    await expect(restore).toBeEnabled();
    await look(page, `find-chosen-${name}`);
    await reachByTab(page, restore);
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/#\/restore\?storage=/);
    await page.goBack();
    await expect(page).toHaveURL(/#\/find\?text=offer/);
  });
}

for (const [name, place] of places)
  test(`Of many hundreds of hits only those in sight are drawn, and every one is reached by keyboard: ${name}`, async ({
    open,
  }) => {
    const page = await open('/find?text=slipway', place);
    const grid = page.getByRole('grid');
    const drawn = grid.locator('[data-index]');
    await expect(drawn.first()).toBeVisible();
    const all = Number(await grid.getAttribute('aria-rowcount')) - 1;
    expect(all).toBeGreaterThan(900);
    expect(await drawn.count()).toBeLessThan(50);
    await expectNoOverlap(drawn);
    await reachByTab(page, grid);
    const active = async (): Promise<Locator> => page.locator(`[id="${await grid.getAttribute('aria-activedescendant')}"]`);
    await look(page, `find-many-${name}`);

    await page.keyboard.press('End');
    const last = grid.getByRole('row').and(page.locator(`[aria-rowindex="${all + 1}"]`));
    await expect(last).toBeInViewport({ ratio: 0.98 });
    await expect(await active()).toHaveAttribute('aria-rowindex', String(all + 1));
    expect(await drawn.count()).toBeLessThan(50);
    await page.keyboard.press('Space');
    await expect(last.getByRole('checkbox')).toBeChecked();
    await expect(last).toHaveAttribute('aria-selected', 'true');
    await expectNoOverlap(drawn);
    await look(page, `find-many-end-${name}`);
    await page.keyboard.press('PageUp');
    await expect(await active()).toBeInViewport({ ratio: 0.98 });
    await expect(await active()).not.toHaveAttribute('aria-rowindex', String(all + 1));

    // Whoever scrolls on with the wheel keeps the row at which they are.
    const kept = await (await active()).getAttribute('aria-rowindex');
    await drawn.first().evaluate((row) => row.parentElement?.parentElement?.scrollTo({ top: 0 }));
    await expect(grid.locator('[aria-rowindex="2"]')).toBeInViewport();
    await expect(await active()).toHaveAttribute('aria-rowindex', kept ?? '');
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowDown');
    await expect(await active()).toHaveAttribute('aria-rowindex', '3');
    await page.keyboard.press('Escape');
    await expect(grid.getByRole('checkbox', { checked: true })).toHaveCount(0);
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/#\/browse\?.*item=/);
  });

/** Rows are as high as what is in them: none lies on the next. */
async function expectNoOverlap(rows: Locator): Promise<void> {
  const gaps = (): Promise<number[]> =>
    rows.evaluateAll((all) => {
      const boxes = all
        .map((row) => {
          const { top, bottom } = row.getBoundingClientRect();
          return { index: Number(row.getAttribute('data-index')), top, bottom };
        })
        .sort((a, b) => a.index - b.index);
      return boxes.flatMap((box, at) => {
        const next = boxes[at + 1];
        return next === undefined || next.index !== box.index + 1 ? [] : [Math.round(next.top - box.bottom)];
      });
    });
  await expect.poll(async () => (await gaps()).filter((gap) => gap !== 0)).toEqual([]);
}

test('A search is narrowed down by what was found, and the address keeps it', async ({ open }) => {
  const page = await open('/find?text=offer', places[0][1]);
  const rows = page.getByRole('row');
  await expect(rows.nth(1)).toBeVisible();
  const before = await rows.count();
  await page.getByRole('switch', { name: 'Only what vanished' }).press('Space');
  await expect(page).toHaveURL(/gone=true/);
  expect(await rows.count()).toBeLessThan(before);
  await page.getByRole('switch', { name: 'Only what vanished' }).press('Space');
  await expect(page).not.toHaveURL(/gone/);
  const year = page.getByRole('combobox', { name: 'Year' });
  for (const key of ['ArrowDown', 'ArrowDown', 'Enter']) await year.press(key);
  await expect(page).toHaveURL(/year=20\d\d/);
  await expect(rows.nth(1)).toBeVisible();
  await page.getByRole('button', { name: 'Save this search' }).press('Enter');
  await expect(page.getByRole('button', { name: 'Forget this search' })).toHaveAttribute('aria-pressed', 'true');
  await page.evaluate(() => void (location.hash = '/find'));
  await expect(page.getByRole('heading', { name: 'Saved searches' })).toBeVisible();
  await look(page, 'find-saved');
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').fill('find off');
  await expect(page.getByRole('option', { name: 'Find offer' })).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/text=offer/);
  await expect(page.getByRole('dialog')).toBeHidden();
  await page.getByRole('button', { name: 'Forget this search' }).press('Enter');
  await expect(page.getByRole('button', { name: 'Save this search' })).toBeVisible();
  await page.getByRole('textbox', { name: /^from:bob/ }).fill('nobody ever wrote this');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Nothing fits.')).toBeVisible();
  await look(page, 'find-nothing');
});
