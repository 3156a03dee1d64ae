import { ids } from '../kit/renderer/sample-base.ts';
import { inbox, rowOf } from '../kit/renderer/sample-mail.ts';
import { runs } from '../kit/renderer/sample-runs.ts';
import { look } from './look.ts';
import { expect, test } from './window.ts';

const places = [
  ['light-en-wide', { width: 1280, height: 800, scheme: 'light', locale: 'en-GB', live: false }],
  ['dark-de-narrow', { width: 1024, height: 680, scheme: 'dark', locale: 'de-DE', live: false }],
] as const;
const words = {
  'light-en-wide': { compare: 'Compare …', vanished: /^Vanished/, next: 'Next', show: 'Show', from: 'From' },
  'dark-de-narrow': { compare: 'Vergleichen …', vanished: /^Verschwunden/, next: 'Weiter', show: 'Zeigen', from: 'Von' },
} as const;
const backup = runs.find(({ kind, status, counts }) => kind === 'backup' && status === 'success' && counts.new > 0);

for (const [name, place] of places) {
  const said = words[name];

  test(`Two moments are compared by keyboard, kind by kind and page by page: ${name}`, async ({ open }) => {
    const page = await open('/browse', place);
    await page.getByRole('button', { name: said.compare }).press('Enter');
    const dialog = page.getByRole('dialog');
    await expect(dialog.getByRole('listitem')).toHaveCount(100);
    await look(page, `differences-${name}`);
    await dialog.getByRole('button', { name: said.next, exact: true }).press('Enter');
    await expect(dialog.getByRole('status')).toContainText(name.startsWith('dark') ? '101 bis 200' : '101 to 200');
    await dialog.getByRole('radio', { name: said.vanished }).press(' ');
    await expect(dialog.getByRole('status')).toContainText(name.startsWith('dark') ? '1 bis 100' : '1 to 100');
    const first = dialog.getByRole('listitem').first();
    await expect(first).toContainText(said.vanished.source.slice(1));
    await first.getByRole('button').press('Enter');
    await expect(page.getByRole('dialog')).toBeHidden();
  });

  test(`A run says what it changed when somebody asks: ${name}`, async ({ open }) => {
    const page = await open(`/runs/${backup?.id}`, place);
    await page.getByRole('button', { name: said.show, exact: true }).press('Enter');
    await expect(page.getByRole('listitem').filter({ hasText: '→' }).first()).toBeVisible();
    await look(page, `run-changed-${name}`);
  });
}

for (const [name, place] of places) {
  test(`Two versions of one message are compared line by line: ${name}`, async ({ open }) => {
    const isGerman = name.startsWith('dark');
    const page = await open(
      `/browse?storage=${ids.nas}&folder=${inbox.item}&item=${rowOf(inbox, 3).item}&version=1&tab=versions`,
      {
        ...place,
        // A narrower window shows an item only when it is asked for.
        ...{ width: 1280, height: 800 },
      },
    );
    const text = page.getByRole('region', { name: isGerman ? 'Der Text, Zeile für Zeile' : 'The text, line by line' });
    await text.scrollIntoViewIfNeeded();
    await expect(text.getByRole('deletion').first()).toContainText('14 parking spaces');
    await expect(text.getByRole('insertion').first()).toContainText('15 parking spaces');
    await text.focus();
    await look(page, `text-difference-${name}`);
  });
}
