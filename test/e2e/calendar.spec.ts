import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import type { Client } from '../../src/shared/contract/client.ts';
import { TestAccount } from '../kit/dav/account.ts';
import { Radicale, radicaleIsMissing } from '../kit/radicale/radicale.ts';
import { expect, test } from './app.ts';
import { connect } from './client.ts';

const lines = (...all: readonly string[]): Buffer => Buffer.from(`${all.join('\r\n')}\r\n`);
const meeting = lines(
  'BEGIN:VCALENDAR',
  'VERSION:2.0',
  'PRODID:-//Example//Test//EN',
  'BEGIN:VEVENT',
  'UID:meeting@example.org',
  'DTSTAMP:20260101T000000Z',
  'DTSTART;TZID=Europe/Oslo:20260304T100000',
  'DTEND;TZID=Europe/Oslo:20260304T113000',
  'RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE;COUNT=12',
  'SUMMARY:Site meeting',
  'LOCATION:Quay 7',
  'ORGANIZER;CN=Ines Duarte:mailto:ines@nord.example',
  'ATTENDEE;CN=Anna Lindqvist;PARTSTAT=ACCEPTED:mailto:anna@nord.example',
  'ATTENDEE;PARTSTAT=DECLINED:mailto:bob@halloran.example',
  'DESCRIPTION:<b>Bring</b> the drawings.\\nAnd boots.',
  'END:VEVENT',
  'END:VCALENDAR',
);
const task = lines(
  'BEGIN:VCALENDAR',
  'VERSION:2.0',
  'PRODID:-//Example//Test//EN',
  'BEGIN:VTODO',
  'UID:task@example.org',
  'DTSTAMP:20260101T000000Z',
  'DUE;VALUE=DATE:20260401',
  'PERCENT-COMPLETE:40',
  'STATUS:IN-PROCESS',
  'SUMMARY:Order the doors',
  'END:VTODO',
  'END:VCALENDAR',
);
const person = lines(
  'BEGIN:VCARD',
  'VERSION:3.0',
  'UID:ines@example.org',
  'FN:Ines Duarte',
  'N:Duarte;Ines;;;',
  'ORG:Nord Architects',
  'EMAIL;TYPE=WORK:ines@nord.example',
  'TEL;TYPE=CELL:+47 555 0142',
  'ADR;TYPE=WORK:;;Kaivegen 7;Bergen;;5003;Norway',
  'BDAY:1984-05-17',
  'NOTE:Prefers to be called in the morning.',
  'END:VCARD',
);

test.describe('calendars and contacts, in the window', () => {
  let radicale: Radicale;
  test.skip(radicaleIsMissing() !== undefined, radicaleIsMissing() ?? '');
  test.beforeAll(async () => {
    radicale = await Radicale.start();
  });
  test.afterAll(() => radicale.stop());

  test('are shown as people read them, in both schemes, and barred to nobody', async ({ page, profile }) => {
    test.setTimeout(240_000);
    const user = radicale.newUser();
    const calendars = new TestAccount(radicale, 'caldav', user, `/${user}/`);
    await calendars.make('work', 'Work');
    await calendars.put('work', 'meeting.ics', meeting);
    await calendars.put('work', 'task.ics', task);
    const contacts = new TestAccount(radicale, 'carddav', user, `/${user}/`);
    await contacts.make('people', 'People');
    await contacts.put('people', 'ines.vcf', person);
    const client = await connect(profile);
    await client.call('storage.create', {
      ...{ name: 'Disk', path: `${profile}/disk`, password: 'granite otter ferry cobalt', keepInKeychain: false },
    });
    await backUpByHand(page, client, /^Calendars and tasks/, 'Work', user);
    await backUpByHand(page, client, /^Contacts/, 'People', user);

    // What the first window greets with is for those who have nothing yet.
    await page.reload();
    await page.setViewportSize({ width: 1360, height: 860 });
    for (const scheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme: scheme });
      const preview = await show(page, 'Work', 'Site meeting');
      for (const text of ['Quay 7', 'Ines Duarte', 'Anna Lindqvist', 'bob@halloran.example', '<b>Bring</b> the drawings.'])
        await expect(preview.getByText(text).last()).toBeVisible();
      await expect(page.getByRole('columnheader', { name: 'Organiser' })).toBeVisible();
      await look(page, `calendar-event-${scheme}`);
      const due = await show(page, 'Work', 'Order the doors');
      for (const text of [/^Wed Apr 1/, /^40/]) await expect(due.getByText(text).last()).toBeVisible();
      await look(page, `calendar-task-${scheme}`);
      const card = await show(page, 'People', 'Ines Duarte');
      for (const text of ['Nord Architects', 'ines@nord.example', '+47 555 0142', 'Kaivegen 7', 'in the morning'])
        await expect(card.getByText(text).last()).toBeVisible();
      await look(page, `contact-${scheme}`);
    }
    await go(page, '/sources');
    await page.getByRole('link', { name: `Calendars of ${user}`, exact: true }).click();
    await expect(page.getByText(radicale.url)).toBeVisible();
    await look(page, 'source-calendars');
  });

  /** A job, as a person makes one in the wizard. */
  async function backUpByHand(page: Page, client: Client, what: RegExp, collection: string, user: string): Promise<void> {
    await page.reload();
    await page.setViewportSize({ width: 1360, height: 860 });
    await go(page, '/jobs/new');
    await page.getByRole('radio', { name: what }).click();
    await page.getByLabel('E-mail address, or address of the server').fill(radicale.url);
    await page.keyboard.press('Enter');
    await page.getByLabel('User name').fill(user);
    await page
      .getByLabel(/^Password/)
      .first()
      .fill('wrong');
    await page.keyboard.press('Enter');
    await expect(page.getByText('Signing in did not work')).toBeVisible();
    await page.getByLabel(`Password of ${user}`).fill(radicale.password);
    await page.keyboard.press('Enter');
    await expect(page.getByText('Signed in')).toBeVisible();
    await expect(page.getByRole('listitem').filter({ hasText: collection })).toHaveText(/[12]$/);
    await look(page, `wizard-${collection}`);
    await page.emulateMedia({ colorScheme: 'dark' });
    await look(page, `wizard-${collection}-dark`);
    await page.emulateMedia({ colorScheme: 'light' });
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('radio', { name: /^Disk/ }).click();
    await page.getByRole('button', { name: 'Continue' }).click();
    await expect(page.locator('pre')).toContainText(`--url ${radicale.url} --user ${user}`);
    await look(page, `wizard-${collection}-review`);
    const succeeded = async (): Promise<number> =>
      (await client.call('run.list', { job: null, storage: null, kind: null, limit: 9 })).filter(
        ({ status }) => status === 'success',
      ).length;
    const before = await succeeded();
    await page.getByRole('button', { name: 'Save and start' }).click();
    await expect.poll(succeeded, { timeout: 60_000 }).toBe(before + 1);
  }
});

const go = (page: Page, route: string): Promise<void> =>
  page.evaluate((hash) => {
    location.hash = hash;
  }, `#${route}`);

/** Opens an item in Browse. */
async function show(page: Page, folder: string, title: string): Promise<Page> {
  await go(page, '/browse');
  await page.getByRole('treeitem', { name: folder }).click();
  await page.getByText(title, { exact: true }).first().click();
  return page;
}

async function look(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: test.info().outputPath(`${name}.png`) });
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).withTags(['wcag2a', 'wcag2aa', 'wcag22aa']).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
}
