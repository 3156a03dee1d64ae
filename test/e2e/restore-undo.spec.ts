import { ids } from '../kit/renderer/sample-base.ts';
import { look } from './look.ts';
import { expect, test } from './window.ts';

const places = [
  ['light-en-wide', { width: 1280, height: 800, scheme: 'light', locale: 'en-GB', live: false }],
  ['dark-de-narrow', { width: 1024, height: 680, scheme: 'dark', locale: 'de-DE', live: false }],
] as const;

for (const [name, place] of places) {
  test(`Who undoes a restore sees first what goes, what comes back and what stays, and why: ${name}`, async ({ open }) => {
    const isGerman = name.startsWith('dark');
    const page = await open(`/runs/${ids.restore}`, place);
    await page.getByRole('button', { name: isGerman ? /^Wiederherstellung zurücknehmen/ : /^Undo this restore/ }).press('Enter');
    const dialog = page.getByRole('dialog');
    await expect(dialog.getByText(isGerman ? /entfernt 136 und stellt 2 zurück/ : /removes 136 and puts back 2/)).toBeVisible();
    await expect(
      dialog.getByText(isGerman ? /wurde seit der Wiederherstellung geändert/ : /changed since it was restored/),
    ).toBeVisible();
    await look(page, `undo-plan-${name}`);
    await dialog.getByRole('button', { name: isGerman ? 'Zurücknehmen' : 'Undo', exact: true }).press('Enter');
    await expect.poll(() => page.url()).toContain(ids.undone);
    await expect(page.getByRole('heading', { name: isGerman ? 'Was zurückgenommen wurde' : 'What was undone' })).toBeVisible();
    await look(page, `undone-${name}`);
  });
}
