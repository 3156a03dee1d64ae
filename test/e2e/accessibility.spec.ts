import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import type { WorldName } from '../kit/renderer/world.ts';
import { inbox, moments, rowOf } from '../kit/renderer/sample-mail.ts';
import { ids } from '../kit/renderer/sample-base.ts';
import { expect, test } from './window.ts';

const item = rowOf(inbox, 3).item;
const browse = `/browse?storage=${ids.nas}&folder=${inbox.item}`;

interface Scene {
  readonly route: string;
  readonly world?: WorldName;
  readonly act?: (page: Page) => Promise<void>;
}

const tryRepair = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: 'Show what would be done' }).click();
  await expect(page.getByRole('button', { name: 'Repair now' })).toBeVisible();
};

const endChange = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: 'Remove the older password' }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
};

const openByCopy = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: 'Open with a copy …' }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
};

const screens: Readonly<Record<string, string | Scene>> = {
  Home: '/',
  'first start': '/start',
  Browse: browse,
  'an item': `${browse}&item=${item}`,
  'its versions, long ago': `${browse}&item=${item}&tab=versions&at=${moments[300]?.atMs}`,
  'what vanished': `${browse}&mode=vanished&item=${item}&tab=where`,
  'what a search found': '/find?text=offer',
  Jobs: '/jobs',
  'a job': `/jobs/${ids.mailToNas}`,
  'the job wizard': '/jobs/new',
  Runs: '/runs',
  Record: '/record',
  'a run': `/runs/${ids.running}`,
  'a failed run': `/runs/${ids.failed}`,
  'a restore': `/runs/${ids.restore}`,
  'a check': `/runs/${ids.check}`,
  'a check that found damage': { route: `/runs/${ids.damagedCheck}`, world: 'damaged' },
  'the report of a repair': `/runs/${ids.repair}`,
  Storages: '/storages',
  'a storage': `/storages/${ids.nas}`,
  'a mirror that is to be added': `/storages/${ids.nas}?mirror=${ids.spare}`,
  'a damaged storage': { route: `/storages/${ids.nas}`, world: 'damaged' },
  'a storage that was repaired, and lacks something': { route: `/storages/${ids.nas}`, world: 'repaired' },
  'a repair that is asked for': { route: `/storages/${ids.nas}?repair=true`, world: 'damaged' },
  'what a repair would do': { route: `/storages/${ids.nas}?repair=true`, world: 'damaged', act: tryRepair },
  'a change of a password that broke off': { route: `/storages/${ids.nas}`, world: 'halfway', act: endChange },
  'a storage that is opened with a copy': { route: `/storages/${ids.nas}`, world: 'headless', act: openByCopy },
  'a locked storage': `/storages/${ids.office}`,
  'the storage wizard': '/storages/new',
  'an archive that is to be made': `/storages/new?archiveOf=${ids.nas}`,
  'a storage with archives': { route: `/storages/${ids.nas}`, world: 'archived' },
  Sources: '/sources',
  'a source': `/sources/${ids.anna}`,
  'the restore wizard': '/restore',
  Settings: '/settings',
};

for (const scheme of ['light', 'dark'] as const) {
  for (const [name, scene] of Object.entries(screens)) {
    const { route, world = 'rich', act }: Scene = typeof scene === 'string' ? { route: scene } : scene;
    test(`${name} breaks no rule of WCAG 2.2 AA in ${scheme}`, async ({ open }) => {
      const page = await open(route, { scheme, world, live: false });
      await expect(page.locator('h1').first()).toBeVisible();
      await act?.(page);
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
