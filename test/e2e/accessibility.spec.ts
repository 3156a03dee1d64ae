import { AxeBuilder } from '@axe-core/playwright';
import { inbox, moments, rowOf } from '../kit/renderer/sample-mail.ts';
import { ids } from '../kit/renderer/sample-setup.ts';
import { expect, test } from './window.ts';

const item = rowOf(inbox, 3).item;
const browse = `/browse?storage=${ids.nas}&folder=${inbox.item}`;
const screens: Readonly<Record<string, string>> = {
  Home: '/',
  'first start': '/start',
  Browse: browse,
  'an item': `${browse}&item=${item}`,
  'its versions, long ago': `${browse}&item=${item}&tab=versions&at=${moments[300]?.atMs}`,
  'what vanished': `${browse}&mode=vanished&item=${item}&tab=where`,
  Jobs: '/jobs',
  'a job': `/jobs/${ids.mailToNas}`,
  'the job wizard': '/jobs/new',
  Runs: '/runs',
  'a run': `/runs/${ids.running}`,
  'a failed run': `/runs/${ids.failed}`,
  'a restore': `/runs/${ids.restore}`,
  'a check': `/runs/${ids.check}`,
  Storages: '/storages',
  'a storage': `/storages/${ids.nas}`,
  'a mirror that is to be added': `/storages/${ids.nas}?mirror=${ids.spare}`,
  'a locked storage': `/storages/${ids.office}`,
  'the storage wizard': '/storages/new',
  Sources: '/sources',
  'a source': `/sources/${ids.anna}`,
  'the restore wizard': '/restore',
  Settings: '/settings',
};

for (const scheme of ['light', 'dark'] as const) {
  for (const [name, route] of Object.entries(screens)) {
    test(`${name} breaks no rule of WCAG 2.2 AA in ${scheme}`, async ({ open }) => {
      const page = await open(route, { scheme, live: false });
      await expect(page.locator('h1').first()).toBeVisible();
      await page.waitForTimeout(300); // what appears with a motion has settled
      // In Electron the usual mode opens a page of its own, which is refused.
      const { violations } = await new AxeBuilder({ page })
        .setLegacyMode()
        .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
        .analyze();
      expect(
        violations.map(({ id, nodes }) => [
          id,
          nodes.map(({ html, failureSummary }) => `${html.slice(0, 200)} ${failureSummary ?? ''}`),
        ]),
      ).toEqual([]);
    });
  }
}
