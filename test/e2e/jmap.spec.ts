import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { Cyrus, cyrusIsMissing } from '../kit/cyrus/cyrus.ts';
import { plainMessage } from '../kit/test-messages.ts';
import { expect, test } from './app.ts';
import { connect } from './client.ts';

test.describe('a mail account over JMAP, in the window', () => {
  let cyrus: Cyrus;
  test.skip(cyrusIsMissing() !== undefined, cyrusIsMissing() ?? '');
  test.beforeAll(async () => {
    cyrus = await Cyrus.start();
  });
  test.afterAll(() => cyrus.stop());

  test('is set up by keyboard, tested with its counts, backed up, and shown as it is', async ({ page, profile }) => {
    test.setTimeout(240_000);
    const user = await cyrus.newUser();
    const mailbox = await cyrus.mailbox(user);
    await mailbox.create('Projects');
    for (let n = 1; n <= 3; n++) await mailbox.append('Projects', plainMessage(n));
    await mailbox.close();
    const client = await connect(profile);
    await client.call('storage.create', {
      ...{ name: 'Disk', path: `${profile}/disk`, password: 'granite otter ferry cobalt', keepInKeychain: false },
    });
    await page.reload();
    await go(page, '/jobs/new');
    await page.getByRole('radio', { name: /^A mail account over JMAP/ }).focus();
    await page.keyboard.press('Space');
    await page.getByLabel('E-mail address, or address of the server').focus();
    await page.keyboard.type(cyrus.url);
    await look(page, 'what');
    await page.keyboard.press('Enter');
    await page.getByLabel('User name').fill(user);
    await page
      .getByLabel('Password', { exact: true })
      .or(page.getByLabel(`Password of ${user}`))
      .fill('wrong');
    await page.keyboard.press('Enter');
    await expect(page.getByText('Signing in did not work')).toBeVisible();
    await page.getByLabel(`Password of ${user}`).fill(cyrus.password);
    await page.keyboard.press('Enter');
    await expect(page.getByText('Signed in')).toBeVisible();
    await expect(page.getByRole('listitem').filter({ hasText: 'Projects' })).toHaveText(/3$/);
    await look(page, 'signed-in');
    await page.getByRole('button', { name: 'Continue' }).press('Enter');
    await page.getByRole('radio', { name: /^Disk/ }).press('Space');
    await page.getByRole('button', { name: 'Continue' }).press('Enter');
    await expect(page.locator('pre')).toContainText(`strata source add jmap ${user} --url ${cyrus.url} --user ${user}`);
    await look(page, 'review');
    await page.getByRole('button', { name: 'Save and start' }).press('Enter');
    await expect
      .poll(async () => (await client.call('run.list', { job: null, storage: null, kind: null, limit: 1 }))[0]?.status, {
        timeout: 60_000,
      })
      .toBe('success');
    await page.reload();
    await go(page, '/browse');
    await page.getByRole('treeitem', { name: 'Projects' }).click();
    await expect(page.getByText('Message 3', { exact: true }).first()).toBeVisible();
    await go(page, '/sources');
    await page.getByRole('link', { name: user, exact: true }).click();
    await expect(page.getByText('Mail account (JMAP)').first()).toBeVisible();
    await expect(page.getByText(cyrus.url).first()).toBeVisible();
    await look(page, 'source');
    await page.getByRole('button', { name: 'Edit' }).first().press('Enter');
    await expect(page.getByRole('dialog').getByLabel('Address')).toHaveValue(cyrus.url);
    await look(page, 'edit');
  });
});

const go = (page: Page, route: string): Promise<void> =>
  page.evaluate((hash) => {
    location.hash = hash;
  }, `#${route}`);

/** In both sizes and both schemes; barred to nobody. */
async function look(page: Page, name: string): Promise<void> {
  for (const [width, height] of [
    [1024, 680],
    [1280, 800],
  ] as const) {
    await page.setViewportSize({ width, height });
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.waitForTimeout(300); // colours change softly
      await page.screenshot({ path: test.info().outputPath(`${name}-${width}-${colorScheme}.png`) });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      expect(wide, 'nothing is wider than the window').toBe(0);
      const { violations } = await new AxeBuilder({ page })
        .setLegacyMode(true)
        .withTags(['wcag2a', 'wcag2aa', 'wcag22aa'])
        .analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
    }
  }
}
