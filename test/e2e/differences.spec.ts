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
