import fs from 'node:fs';
import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { ElectronApplication, Page } from '@playwright/test';
import { Dovecot, dovecotIsMissing } from '../kit/dovecot/dovecot.ts';
import type { TestMailbox } from '../kit/dovecot/mailbox.ts';
import { plainMessage } from '../kit/test-messages.ts';
import { enginePid, expect, test } from './app.ts';

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

  test('is saved, loses messages, is saved again, and gets them back with bytes and flags', async ({ app, page, profile }) => {
    test.setTimeout(300_000);
    const storage = path.join(profile, '..', `${path.basename(profile)}-storage`);
    const before = await mailbox.messages('INBOX');
    await page.setViewportSize({ width: 1360, height: 860 });
    await look(page, 'start');
    await makeStorage(app, page, storage, path.join(profile, 'sheet.txt'));
    expect(before).toHaveLength(40);
    expect(await enginePid(app)).toBeDefined();
    await look(page, 'job-what');
  });
});
