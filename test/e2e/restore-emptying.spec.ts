import { look } from './look.ts';
import { expect, test } from './window.ts';

const places = [
  ['light-en-wide', { width: 1280, height: 800, scheme: 'light', locale: 'en-GB', live: false }],
  ['dark-de-narrow', { width: 1024, height: 680, scheme: 'dark', locale: 'de-DE', live: false }],
] as const;

for (const [name, place] of places) {
  test(`Who empties a folder first sees what goes and what stays, and types its name, by keyboard: ${name}`, async ({ open }) => {
    const page = await open('/restore', place);
    const isGerman = name.startsWith('dark');
    const goOn = () => page.locator('footer button[type=submit]').press('Enter');
    const emptying = page.getByRole('radio', { name: isGerman ? /^Den Ordner zuerst leeren/ : /^Empty the folder first/ });
    await page.getByRole('combobox').first().click();
    await page.getByRole('option').first().click();
    await page.getByRole('radio', { name: isGerman ? /^Einige Quellen/ : /^Some sources/ }).press('Space');
    await page.getByRole('checkbox').first().press('Space');
    await goOn();
    await goOn();
    await goOn();
    // What goes below a folder of its own has nothing to be emptied.
    await expect(emptying).toBeDisabled();
    await page
      .locator('footer')
      .getByRole('button', { name: isGerman ? 'Zurück' : 'Back', exact: true })
      .press('Enter');
    await page
      .getByRole('checkbox', { name: isGerman ? 'Unter einem eigenen Ordner' : 'Below a folder of its own' })
      .press('Space');
    await goOn();
    await emptying.press('Space');
    await expect(emptying).toBeChecked();
    await look(page, `emptying-how-${name}`);
    await goOn();
    const goes = isGerman
      ? /38 Einträge in anna@nord\.example würden zuerst entfernt/
      : /38 items in anna@nord\.example would be removed/;
    await expect(page.getByText(goes)).toBeVisible();
    await expect(page.getByText(isGerman ? '2 Einträge bleiben' : '2 items stay')).toBeVisible();
    await look(page, `emptying-plan-${name}`);
    await goOn();
    const dialog = page.getByRole('dialog');
    const action = dialog.getByRole('button', { name: isGerman ? 'Leeren und wiederherstellen' : 'Empty and restore' });
    await expect(action).toBeDisabled();
    await dialog.getByRole('textbox').fill('anna@nord');
    await expect(action).toBeDisabled();
    await look(page, `emptying-confirm-${name}`);
    await dialog.getByRole('textbox').fill('anna@nord.example');
    await dialog.getByRole('textbox').press('Enter');
    await expect(
      page.getByRole('heading', { name: isGerman ? /wurden wiederhergestellt/ : /items were restored/ }),
    ).toBeVisible();
  });
}
