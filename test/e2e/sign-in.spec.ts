import { AxeBuilder } from '@axe-core/playwright';
import type { ElectronApplication, Page } from '@playwright/test';
import { filesThatHold } from '../kit/command-line/trees.ts';
import { Dovecot, dovecotIsMissing } from '../kit/dovecot/dovecot.ts';
import { browse, OwnOAuthServer } from '../kit/oauth/own-oauth-server.ts';
import { plainMessage } from '../kit/test-messages.ts';
import { authorityFile } from '../kit/web/secure-server.ts';
import { callFromPage, expect, test } from './app.ts';

test.describe('a mailbox behind a sign-in page, in the window', () => {
  let oauth: OwnOAuthServer;
  let dovecot: Dovecot;
  test.skip(dovecotIsMissing() !== undefined, dovecotIsMissing() ?? '');
  test.beforeAll(async () => {
    process.env['NODE_EXTRA_CA_CERTS'] = authorityFile;
    oauth = await OwnOAuthServer.start();
    dovecot = await Dovecot.start({ tokens: { url: `${oauth.origin}/introspect`, authority: authorityFile } });
  });
  test.afterAll(async () => {
    delete process.env['NODE_EXTRA_CA_CERTS'];
    await dovecot?.stop();
    await oauth?.close();
  });

  test('is signed in to by keyboard, broken off, signed in to again when that has ended, and no token reaches the page', async ({
    app,
    page,
    profile,
  }) => {
    test.setTimeout(300_000);
    const user = `${dovecot.newUser()}@nord.example`;
    const mailbox = await dovecot.mailbox(user);
    await mailbox.append('INBOX', plainMessage(1));
    await mailbox.close();
    const seen: string[] = [];
    page.on('console', (message) => seen.push(message.text()));
    await holdPages(app);
    // What the first window greets with goes when it is left.
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await page.setViewportSize({ width: 1280, height: 800 });
    await go(page, '/sources/new');

    await page.getByLabel('E-mail address').fill(user);
    await page.keyboard.press('Enter');
    await page.getByText('In the browser', { exact: true }).click();
    await page.getByLabel('Address of the sign-in server').fill(oauth.origin);
    await page.getByLabel('Client ID').fill(oauth.clientId);
    await page.getByLabel('Scopes').fill('mail offline_access');
    await page.getByLabel('Server', { exact: true }).fill('127.0.0.1');
    await page.getByLabel('Port', { exact: true }).fill(String(dovecot.imapsPort));
    await pictures(page, 'wizard');

    await page.getByLabel('Client ID').focus();
    await page.keyboard.press('Enter');
    await expect(page.getByText('Waiting for you in the browser')).toBeVisible();
    await pictures(page, 'waiting');
    await page.getByRole('button', { name: 'Break off' }).press('Enter');
    await expect(page.getByText('Waiting for you in the browser')).toBeHidden();
    const given = await heldPages(app);
    expect(given).toHaveLength(1);
    await expect(browse(oauth, given[0] ?? '')).rejects.toThrow();

    await page.getByLabel('Client ID').focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => heldPages(app)).toHaveLength(2);
    const address = (await heldPages(app))[1] ?? '';
    expect(new URL(address).protocol).toBe('https:');
    expect((await browse(oauth, address)).text).toContain('This page can be closed.');
    // The mailbox's own certificate is one that nobody vouches for.
    await page.getByRole('button', { name: 'Trust this certificate' }).click();
    await expect(page.getByText('Signed in', { exact: true })).toBeVisible();
    await pictures(page, 'signed-in');
    await page.getByRole('button', { name: 'Continue' }).press('Enter');
    await page.getByRole('button', { name: 'Continue' }).press('Enter');
    await expect(page.locator('pre')).toContainText(`--sign-in oauth --issuer ${oauth.origin}`);
    await page.getByRole('button', { name: 'Add a source' }).press('Enter');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(user);

    oauth.revokeAll();
    const [source] = await callFromPage(page, 'source.list', {});
    const tested = await callFromPage(page, 'source.test', {
      ...{ id: source?.id ?? null, settings: source!.settings, secret: null },
    });
    expect(tested.failure?.code).toBe('source.sign-in-expired');
    await expect(page.getByText('The sign-in has ended')).toBeVisible();
    await pictures(page, 'ended');
    await go(page, '/sources');
    await expect(page.getByRole('listitem').getByText('sign in again', { exact: true })).toBeVisible();
    await pictures(page, 'list');
    await page.getByRole('link', { name: user }).click();
    await page.getByRole('button', { name: 'Sign in in the browser' }).press('Enter');
    await expect.poll(() => heldPages(app)).toHaveLength(3);
    await browse(oauth, (await heldPages(app))[2] ?? '');
    await expect(page.getByText('The sign-in has ended')).toBeHidden();
    await page.getByRole('button', { name: 'Test' }).click();
    await expect(page.getByText('It works')).toBeVisible();

    await go(page, '/settings');
    const inPage = await page.evaluate(
      () => document.body.innerText + location.href + JSON.stringify({ ...localStorage, ...sessionStorage }),
    );
    for (const secret of oauth.secrets) expect(inPage + seen.join('\n')).not.toContain(secret);
    expect(filesThatHold(oauth.secrets, [profile])).toEqual([]);
  });
});

/** The person's browser is the test: what would be opened in it is held. */
const holdPages = (app: ElectronApplication): Promise<void> =>
  app.evaluate(({ shell }) => {
    const held: string[] = [];
    Object.assign(globalThis, { heldPages: held });
    shell.openExternal = (address) => {
      held.push(address);
      return Promise.resolve();
    };
  });
const heldPages = (app: ElectronApplication): Promise<string[]> =>
  app.evaluate(() => [...(globalThis as unknown as { heldPages: string[] }).heldPages]);

const go = (page: Page, route: string): Promise<void> =>
  page.evaluate((hash) => {
    location.hash = hash;
  }, `#${route}`);

/** In both schemes and sizes; nothing is barred to anybody in any of them. */
async function pictures(page: Page, name: string): Promise<void> {
  for (const [width, height] of [
    [1280, 800],
    [1024, 680],
  ] as const) {
    await page.setViewportSize({ width, height });
    for (const scheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme: scheme });
      await page.waitForTimeout(250); // what moved in has settled
      await page.screenshot({ path: test.info().outputPath(`${name}-${width}-${scheme}.png`) });
      const { violations } = await new AxeBuilder({ page })
        .setLegacyMode(true)
        .withTags(['wcag2a', 'wcag2aa', 'wcag22aa'])
        .analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
    }
  }
}
