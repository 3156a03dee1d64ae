import { look } from './look.ts';
import { expect, test } from './window.ts';

const places = [
  ['light-en-wide', { width: 1280, height: 800, scheme: 'light', locale: 'en-GB', live: false }],
  ['dark-de-narrow', { width: 1024, height: 680, scheme: 'dark', locale: 'de-DE', live: false }],
] as const;

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
    await boxes.nth(1).press('Space');
    await expect(boxes.nth(2)).toBeDisabled();
    await expect(boxes.nth(3)).toBeEnabled();
    await boxes.nth(1).press('Tab');
    const restore = page.getByRole('button', { name: isGerman ? /^Wiederherstellen/ : /^Restore/ }).last();
    await expect(restore).toBeEnabled();
    await look(page, `find-chosen-${name}`);
    await restore.press('Enter');
    await expect(page).toHaveURL(/#\/restore\?storage=/);
    await page.goBack();
    await expect(page).toHaveURL(/#\/find\?text=offer/);
  });
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
