import fs from 'node:fs';
import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { ElectronApplication, Page } from '@playwright/test';
import { Dovecot, dovecotIsMissing } from '../kit/dovecot/dovecot.ts';
import type { TestMailbox } from '../kit/dovecot/mailbox.ts';
import { plainMessage } from '../kit/test-messages.ts';
import { atDesk } from '../../scripts/suite/desk.ts';
import { callFromPage, enginePid, exitCodeOf, expect, test } from './app.ts';

const pictures = path.resolve(import.meta.dirname, '../../.cache/pictures');
let number = 0;

/** A picture of the screen in light and dark, and no serious finding of axe in either. */
async function look(page: Page, name: string): Promise<void> {
  number += 1;
  fs.mkdirSync(pictures, { recursive: true });
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    await page.waitForTimeout(150);
    await page.screenshot({ path: path.join(pictures, `${String(number).padStart(2, '0')}-${name}-${scheme}.png`) });
    const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).disableRules(['color-contrast-enhanced']).analyze();
    const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
    expect(
      serious.map(({ id, nodes }) => `${name} ${scheme} ${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`),
    ).toEqual([]);
  }
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
}

/** Dialogs of the system cannot be driven: the file that a person would choose is put in their hands. */
async function answerSaveDialog(app: ElectronApplication, file: string): Promise<void> {
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, file);
}

const continueWith = (page: Page, name: string | RegExp): Promise<void> =>
  page.locator('footer').getByRole('button', { name }).click();

async function makeStorage(app: ElectronApplication, page: Page, folder: string, sheet: string): Promise<void> {
  await page.evaluate(() => {
    location.hash = '#/storages/new';
  });
  await page.getByLabel('Folder', { exact: true }).fill(folder);
  await page.getByRole('button', { name: 'Check this folder' }).click();
  await expect(page.getByText('It will be made.')).toBeVisible();
  await look(page, 'storage-place');
  await continueWith(page, 'Continue');
  await page.getByLabel('Name', { exact: true }).fill('Disk');
  await continueWith(page, 'Continue');
  await look(page, 'storage-protect');
  await continueWith(page, 'Create storage');
  await expect(page.getByRole('heading', { name: 'Keep the recovery sheet' })).toBeVisible({ timeout: 30_000 });
  await look(page, 'storage-sheet');
  await answerSaveDialog(app, sheet);
  await page.getByRole('button', { name: 'Save as a file…' }).click();
  await expect.poll(() => fs.existsSync(sheet)).toBe(true);
  const characters = /Check characters: (\w{4})/.exec(fs.readFileSync(sheet, 'utf8'))?.[1] ?? '';
  await expect(page.locator('footer').getByRole('button', { name: 'Finish and add a job' })).toBeDisabled();
  await page.locator('input[inputmode]').first().click();
  await page.keyboard.type(characters);
  await continueWith(page, 'Finish and add a job');
}

test.describe('a mailbox, from the window', () => {
  let dovecot: Dovecot;
  let user: string;
  let mailbox: TestMailbox;
  test.skip(dovecotIsMissing() !== undefined, dovecotIsMissing() ?? '');
  test.beforeAll(async () => {
    dovecot = await Dovecot.start();
    user = dovecot.newUser();
    mailbox = await dovecot.mailbox(user);
    for (let index = 1; index <= 40; index += 1) {
      await mailbox.append(
        'INBOX',
        plainMessage(index),
        index % 2 === 0 ? ['\\Seen'] : ['\\Flagged'],
        new Date(Date.UTC(2026, 1, index % 28, 9, index)),
      );
    }
  });
  test.afterAll(async () => {
    await mailbox.close();
    await dovecot.stop();
  });

  test('is saved, loses messages, is saved again, and gets them back with bytes and flags', async ({ start, profile }) => {
    test.setTimeout(420_000);
    const environment = { ...process.env };
    try {
      // A bus and a keychain of this test alone, whoever runs it.
      await atDesk(async () => {
        process.env['STRATA_KEYCHAIN'] = 'on';
        const { app, page: firstPage } = await start();
        const page = await firstPage();
        await page.setViewportSize({ width: 1360, height: 860 });
        await tell(app, page, profile);
        const ended = exitCodeOf(app.process());
        app.process().kill('SIGTERM');
        await ended;
      });
    } finally {
      for (const name of Object.keys(process.env)) delete process.env[name];
      Object.assign(process.env, environment);
    }
  });

  async function tell(app: ElectronApplication, page: Page, profile: string): Promise<void> {
    const storage = path.join(profile, '..', `${path.basename(profile)}-storage`);
    const before = await mailbox.messages('INBOX');
    expect(before).toHaveLength(40);
    await expect(page.getByRole('heading').first()).toBeVisible();
    await look(page, 'start');
    await makeStorage(app, page, storage, path.join(profile, 'sheet.txt'));
    await makeJob(page, dovecot, user);
    await expect(page.getByRole('main')).toContainText('40', { timeout: 30_000 });
    await expect.poll(() => lastStatus(page), { timeout: 30_000 }).toBe('success');
    await look(page, 'run');

    await mailbox.expunge(
      'INBOX',
      before
        .slice(0, 5)
        .map(({ uid }) => uid)
        .join(','),
    );
    const left = await mailbox.messages('INBOX');
    expect(left).toHaveLength(35);
    process.kill((await enginePid(app)) ?? 0, 'SIGKILL');
    await expect.poll(async () => (await callFromPage(page, 'storage.list', {}))[0]?.state, { timeout: 30_000 }).toBe('open');

    await go(page, '/jobs');
    await look(page, 'jobs');
    await page.getByRole('button', { name: 'Back up now' }).first().click();
    await page.waitForTimeout(3000); // a port of the test's own would end the page's call
    await expect
      .poll(
        async () =>
          (await callFromPage(page, 'run.list', { job: null, storage: null, kind: 'backup', limit: 10 })).map(
            ({ status }) => status,
          ),
        { timeout: 30_000 },
      )
      .toEqual(['success', 'success']);
    // The test's own calls took the page's port away in between: what was asked just then would have been lost.
    await page.reload();
    await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible();
    await go(page, '/');
    await look(page, 'home');
    await go(page, '/browse');
    await page.getByRole('treeitem', { name: /Inbox/ }).click();
    await page.getByText('Message 12', { exact: true }).first().click();
    await page.waitForTimeout(800);
    await look(page, 'browse');
    for (const screen of ['runs', 'storages', 'sources', 'settings']) {
      await go(page, `/${screen}`);
      await look(page, screen);
    }
    await restoreVanished(page);
    await expect.poll(async () => (await mailbox.messages('INBOX')).length, { timeout: 30_000 }).toBe(40);
    const facts = (messages: typeof before): string[] =>
      messages.map(({ bytes, flags, date }) => `${date} ${flags.join(' ')} ${Buffer.from(bytes).toString('base64')}`).sort();
    expect(facts(await mailbox.messages('INBOX'))).toEqual(facts(before));
  }
});

const go = async (page: Page, route: string): Promise<void> => {
  await page.evaluate((hash) => {
    location.hash = hash;
  }, `#${route}`);
  await page.waitForTimeout(700);
};

const lastStatus = async (page: Page): Promise<string | undefined> =>
  (await callFromPage(page, 'run.list', { job: null, storage: null, kind: null, limit: 1 }))[0]?.status;

async function makeJob(page: Page, dovecot: Dovecot, user: string): Promise<void> {
  await page.getByLabel('E-mail address').fill(`${user}@nord.example`);
  await look(page, 'job-what');
  await continueWith(page, 'Continue');
  await page.getByLabel('Server', { exact: true }).fill('127.0.0.1');
  await page.getByRole('combobox', { name: 'Encryption' }).click();
  await page.getByRole('option', { name: 'none' }).click();
  await page.getByLabel('Port').fill(String(dovecot.imapPort));
  await page.getByLabel('User name').fill(user);
  await page.getByLabel(/^Password of/).fill(dovecot.password);
  await look(page, 'job-sign-in');
  await continueWith(page, 'Sign in');
  await expect(page.getByText('Signed in')).toBeVisible({ timeout: 20_000 });
  await look(page, 'job-signed-in');
  await page.getByRole('button', { name: 'Choose folders' }).click();
  await look(page, 'job-choose');
  await continueWith(page, 'Continue');
  await look(page, 'job-when');
  await continueWith(page, 'Continue');
  await look(page, 'job-review');
  await continueWith(page, 'Save and start');
}

/** The first moment, back to where it came from: what is there still is left alone. */
async function restoreVanished(page: Page): Promise<void> {
  await go(page, '/restore');
  await look(page, 'restore-what');
  await continueWith(page, 'Continue');
  await page.getByRole('radio', { name: /A moment of a run/ }).click();
  await page.getByRole('combobox', { name: 'Moment' }).click();
  await page.getByRole('option').last().click();
  await look(page, 'restore-as-of');
  await continueWith(page, 'Continue');
  await page.getByRole('radio', { name: /Where it came from/ }).click();
  await page.getByRole('checkbox', { name: /Below a folder of its own/ }).uncheck();
  await look(page, 'restore-where');
  await continueWith(page, 'Continue');
  await look(page, 'restore-how');
  await continueWith(page, 'Continue');
  await expect(page.getByText('5 of 40 items would be written')).toBeVisible({ timeout: 30_000 });
  await look(page, 'restore-dry-run');
  await continueWith(page, 'Restore 5 items');
  await expect(page.getByText('5 items were restored')).toBeVisible({ timeout: 30_000 });
  await look(page, 'restore-done');
}
