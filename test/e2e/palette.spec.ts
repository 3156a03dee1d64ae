import type { Page } from '@playwright/test';
import { expect, test } from './window.ts';

/** In the page, in one go: a key, and what there is when its event is over, before anything could have moved. */
const press = (page: Page, init: { key: string; ctrlKey?: boolean }): Promise<{ dialogs: number; covers: boolean }> =>
  page.evaluate(async (key) => {
    const target = document.activeElement ?? document.body;
    target.dispatchEvent(new KeyboardEvent('keydown', { ...key, bubbles: true, cancelable: true }));
    await new Promise((resolve) => setTimeout(resolve));
    const middle = document.elementFromPoint(innerWidth / 2, innerHeight / 2);
    return {
      dialogs: document.querySelectorAll('[role=dialog]').length,
      covers: document.getElementById('root')?.contains(middle) !== true,
    };
  }, init);

test('The palette is there with the key that asks for it, and gone with the choice: no key and no click is lost to it', async ({
  open,
}) => {
  const page = await open('/', { live: false });
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  expect(await press(page, { key: 'k', ctrlKey: true })).toEqual({ dialogs: 1, covers: true });
  await page.keyboard.type('go to settings');
  await expect(page.getByRole('dialog').getByRole('combobox')).toHaveValue('go to settings');
  await expect(page.getByRole('option', { name: 'Go to Settings' })).toHaveAttribute('aria-selected', 'true');
  expect(await press(page, { key: 'Enter' })).toEqual({ dialogs: 0, covers: false });
  await expect(page).toHaveURL(/#\/settings/);
});
