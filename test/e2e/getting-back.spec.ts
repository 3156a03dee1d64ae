import fs from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { Strata } from '../kit/command-line/strata.ts';
import { Dovecot, dovecotIsMissing } from '../kit/dovecot/dovecot.ts';
import { plainMessage } from '../kit/test-messages.ts';
import { expect, test } from './app.ts';
import { look } from './look.ts';

const goOn = (page: Page, name: string | RegExp): Promise<void> =>
  page.locator('footer').getByRole('button', { name }).press('Enter');

test.describe('after the loss of a computer', () => {
  let dovecot: Dovecot;
  test.skip(dovecotIsMissing() !== undefined, dovecotIsMissing() ?? '');
  test.beforeAll(async () => {
    dovecot = await Dovecot.start();
  });
  test.afterAll(() => dovecot.stop());

  /** A mailbox and a folder of files, saved by a computer that is gone; so are the messages and the files. */
  async function lose(root: string) {
    const user = dovecot.newUser();
    const mailbox = await dovecot.mailbox(user);
    for (let index = 1; index <= 12; index += 1) await mailbox.append('INBOX', plainMessage(index), ['\\Seen']);
    await mailbox.create('Letters');
    await mailbox.append('Letters', plainMessage(13), ['\\Flagged']);
    const files = path.join(root, 'files');
    fs.mkdirSync(files);
    fs.writeFileSync(path.join(files, 'plan.txt'), 'the plan\n');
    const old = new Strata(path.join(root, 'old'), { STRATA_SECRET: dovecot.password });
    const key = path.join(root, 'key');
    await old.ok('storage', 'create', path.join(root, 'storage'), '--name', 'Disk', '--recovery-key', key);
    const server = ['--host', '127.0.0.1', '--port', String(dovecot.imapPort), '--tls', 'none', '--user', user];
    await old.ok('source', 'add', 'imap', 'Mail', ...server);
    await old.ok('source', 'add', 'files', 'Files', '--path', files);
    await old.ok('job', 'create', 'J', '--source', 'Mail', 'Files', '--storage', 'Disk');
    await old.ok('job', 'run', 'J');
    const before = { inbox: await mailbox.messages('INBOX'), letters: await mailbox.messages('Letters') };
    await mailbox.expunge('INBOX', '1:*');
    await mailbox.expunge('Letters', '1:*');
    fs.rmSync(files, { recursive: true });
    fs.rmSync(path.join(root, 'old'), { recursive: true });
    const words = /(?:\b[a-z]+\b\s+){23}\b[a-z]+\b/.exec(fs.readFileSync(key, 'utf8'))?.[0] ?? '';
    return { user, mailbox, before, words, files };
  }

  test('the storage and the recovery sheet bring an account and its files back, by keyboard, from the first start', async ({
    start,
    profile,
  }) => {
    test.setTimeout(240_000);
    const root = `${profile}-lost`;
    fs.mkdirSync(root);
    const { user, mailbox, before, words, files } = await lose(root);
    const page = await (await start()).page();
    await page.setViewportSize({ width: 1280, height: 800 });

    await page.getByRole('link', { name: 'Open a storage' }).press('Enter');
    await page.getByLabel('Folder', { exact: true }).fill(path.join(root, 'storage'));
    await page.getByRole('button', { name: 'Check this folder' }).press('Enter');
    await expect(page.getByText('Found the storage “Disk”')).toBeVisible();
    await look(page, 'back-1-place');
    await goOn(page, 'Continue');
    await page.getByRole('radio', { name: 'Recovery key' }).press('Space');
    await page.getByLabel('The 24 words').fill(words);
    await look(page, 'back-2-unlock');
    await goOn(page, 'Attach storage');
    const readOnly = page.getByRole('radio', { name: /Only look and restore/ });
    await readOnly.press('Space');
    await look(page, 'back-3-taking');
    await goOn(page, 'Attach storage');

    await page.getByRole('radio', { name: /Some sources/ }).press('Space');
    for (const name of ['Mail', 'Files']) await page.getByRole('checkbox', { name }).press('Space');
    await expect(page.getByText(/13 items|14 items/).first()).toBeVisible();
    await look(page, 'back-4-what');
    await goOn(page, 'Continue');
    await goOn(page, 'Continue');
    await page.getByRole('radio', { name: /Where it came from/ }).press('Space');
    // Nothing can go on before somebody let it in.
    await expect(page.locator('footer').getByRole('button', { name: 'Continue' })).toBeDisabled();
    const secret = page.getByLabel(`Password of ${user}`);
    await secret.fill('not the password');
    await secret.press('Enter');
    await expect(page.getByRole('alert')).toBeVisible({ timeout: 20_000 });
    await look(page, 'back-5-where');
    await secret.fill(dovecot.password);
    await secret.press('Enter');
    await expect(secret).toBeHidden({ timeout: 20_000 });
    await look(page, 'back-6-let-in');
    await goOn(page, 'Continue');
    await goOn(page, 'Continue');
    await expect(page.getByText(/14 of 14 items would be written/)).toBeVisible({ timeout: 30_000 });
    await look(page, 'back-7-dry-run');
    await goOn(page, 'Restore 14 items');
    await expect(page.getByText('14 items were restored')).toBeVisible({ timeout: 30_000 });
    await look(page, 'back-8-done');

    const facts = (messages: typeof before.inbox): string[] =>
      messages.map(({ bytes, flags, date }) => `${date} ${flags.join(' ')} ${Buffer.from(bytes).toString('base64')}`).sort();
    expect(facts(await mailbox.messages('INBOX'))).toEqual(facts(before.inbox));
    expect(facts(await mailbox.messages('Letters'))).toEqual(facts(before.letters));
    expect(fs.readFileSync(path.join(files, 'plan.txt'), 'utf8')).toBe('the plan\n');
    await mailbox.close();
    fs.rmSync(root, { recursive: true });
  });
});
