import { look } from './look.ts';
import { expect, test } from './window.ts';

const places = [
  ['light-en-wide', { width: 1280, height: 800, scheme: 'light', locale: 'en-GB', live: false }],
  ['dark-de-narrow', { width: 1024, height: 680, scheme: 'dark', locale: 'de-DE', live: false }],
] as const;

for (const [name, place] of places) {
  test(`Who restores after a loss is told of the state before, and can take what vanished in a period: ${name}`, async ({
    open,
  }) => {
    const page = await open('/restore', place);
    const isGerman = name.startsWith('dark');
    const goOn = () => page.locator('footer button[type=submit]').press('Enter');
    await page.getByRole('combobox').first().click();
    await page.getByRole('option').first().click();
    await goOn();
    await expect(page.getByRole('alert').filter({ hasText: /41[.,]260/ })).toBeVisible();
    await look(page, `restore-loss-${name}`);
    await page.getByRole('button', { name: isGerman ? 'Den Stand davor nehmen' : 'Take the state before' }).press('Enter');
    await expect(page.getByRole('radio', { name: isGerman ? /^Zu einer Zeit/ : /^At a time/ })).toBeChecked();
    await page.getByRole('radio', { name: isGerman ? /^Was in einem Zeitraum/ : /^What vanished in a period/ }).press('Space');
    await expect(page.locator('input[type=datetime-local]')).toHaveCount(2);
    await look(page, `restore-period-${name}`);
    await goOn();
    await goOn();
    const newer = page.getByRole('radio', { name: isGerman ? /neuer/ : /newer/ });
    await newer.press('Space');
    await expect(newer).toBeChecked();
    await page.getByRole('checkbox', { name: isGerman ? /^Besitzer und Rechte/ : /^Owners and rights/ }).press('Space');
    await page.getByRole('checkbox', { name: isGerman ? /^Markierungen von/ : /^Marks of messages/ }).press('Space');
    await look(page, `restore-how-${name}`);
    await goOn();
    await expect(page.getByText(isGerman ? /ohne Markierungen und Besitzer/ : /without marks and owners/).first()).toBeVisible();
    await expect(
      page.getByText(isGerman ? /weicht, wenn die Kopie neuer ist; ohne/ : /gives way where the copy is newer; without/).first(),
    ).toBeVisible();
    await expect(page.getByText(isGerman ? 'Der Platz reicht nicht' : 'There is not enough room')).toBeVisible();
    await look(page, `restore-run-${name}`);
  });
}

for (const [name, place] of places) {
  test(`Who has only the storage left sees what it remembers of each source, and lets Strata in again: ${name}`, async ({
    open,
  }) => {
    const page = await open('/restore', { ...place, world: 'lost' });
    const isGerman = name.startsWith('dark');
    const goOn = () => page.locator('footer button[type=submit]').press('Enter');
    await page.getByRole('combobox').first().click();
    await page.getByRole('option').first().click();
    await page.getByRole('radio', { name: isGerman ? /^Einige Quellen/ : /^Some sources/ }).press('Space');
    await page.getByRole('checkbox', { name: 'anna@nord.example' }).press('Space');
    await look(page, `restore-remembered-${name}`);
    await goOn();
    await goOn();
    await page.getByRole('radio', { name: isGerman ? /^Wo es herkam/ : /^Where it came from/ }).press('Space');
    await expect(page.getByText('imap.nord.example:993')).toBeVisible();
    await expect(page.locator('footer button[type=submit]')).toBeDisabled();
    await look(page, `restore-let-in-${name}`);
  });
}

for (const [name, place] of places) {
  test(`Several accounts go to several others at once, each to one that can take it: ${name}`, async ({ open }) => {
    const page = await open('/restore', place);
    const isGerman = name.startsWith('dark');
    const goOn = () => page.locator('footer button[type=submit]').press('Enter');
    await page.getByRole('combobox').first().click();
    await page.getByRole('option').first().click();
    await page.getByRole('radio', { name: isGerman ? /^Einige Quellen/ : /^Some sources/ }).press('Space');
    for (const account of ['anna@nord.example', 'office@nord.example'])
      await page.getByRole('checkbox', { name: account }).press('Space');
    await goOn();
    await goOn();
    await page.getByRole('radio', { name: isGerman ? /^Jedes in ein eigenes/ : /^Each to an account/ }).press('Space');
    await expect(page.locator('footer button[type=submit]')).toBeDisabled();
    const into = async (from: string, to: string): Promise<void> => {
      await page.getByRole('combobox', { name: isGerman ? `Wohin ${from} geht` : `Where ${from} goes` }).click();
      await expect(page.getByRole('option', { name: /Documents/ })).toHaveCount(0);
      await page.getByRole('option', { name: to }).click();
    };
    await into('anna@nord.example', 'office@nord.example');
    await into('office@nord.example', 'anna@nord.example');
    await look(page, `restore-matched-${name}`);
    await goOn();
    await goOn();
    await expect(page.getByText(/anna@nord\.example=office@nord\.example/)).toBeAttached();
  });
}

for (const [name, place] of places) {
  test(`Files of another system cannot go back to where they came from, and the wizard says why: ${name}`, async ({ open }) => {
    const page = await open('/restore', { ...place, world: 'lost' });
    const isGerman = name.startsWith('dark');
    const goOn = () => page.locator('footer button[type=submit]').press('Enter');
    await page.getByRole('combobox').first().click();
    await page.getByRole('option').first().click();
    await page.getByRole('radio', { name: isGerman ? /^Einige Quellen/ : /^Some sources/ }).press('Space');
    await page.getByRole('checkbox', { name: 'Documents, Projects, Pictures' }).press('Space');
    await goOn();
    await goOn();
    const original = page.getByRole('radio', { name: isGerman ? /^Wo es herkam/ : /^Where it came from/ });
    await expect(original).toBeDisabled();
    await expect(page.getByText(isGerman ? /Pfad eines anderen Systems/ : /path of another system/)).toBeVisible();
    await look(page, `restore-other-system-${name}`);
  });
}
