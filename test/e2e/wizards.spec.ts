import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { ids } from '../kit/renderer/sample-base.ts';
import { expect, shellCalls, test } from './window.ts';

const goOn = (page: Page): Promise<void> => page.locator('footer button[type=submit]').click();

/** The smallest window, in the longer language, in the dark: where things break first. */
const narrow = { width: 1024, height: 680, scheme: 'dark', locale: 'de-DE', live: false } as const;

/** The focus is in the wizard, so that it is heard and a key leads on; the step fits into the window, and breaks no rule. */
async function look(page: Page): Promise<void> {
  await page.waitForTimeout(300); // a step that moved in has settled
  const focused = await page.evaluate(() => document.activeElement?.closest('form') !== null);
  expect(focused, 'the focus is in the wizard').toBe(true);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(wide, 'nothing is wider than the window').toBe(0);
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode()
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html.slice(0, 160))])).toEqual([]);
}

test('A job needs three answers, and each step of it can be read', async ({ open }) => {
  const page = await open('/jobs/new', narrow);
  await page.getByLabel('E-Mail-Adresse').fill('anna@gmail.com');
  await look(page);
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('Server', { exact: true })).toHaveValue('imap.gmail.com');
  await expect(page.getByText('App-Passwort').first()).toBeVisible();
  await page.getByLabel(/^Passwort von/).fill('nobody-may-see-this');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Angemeldet')).toBeVisible();
  await look(page);
  await goOn(page);
  await page.getByRole('radio').first().click();
  await look(page);
  await goOn(page);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Das ist der Auftrag');
  await expect(page.getByLabel('Name')).toBeFocused();
  await look(page);
  const text = await page.evaluate(() => document.body.innerText + location.href + JSON.stringify({ ...localStorage }));
  expect(text).not.toContain('nobody-may-see-this');
  await goOn(page);
  await expect(page).toHaveURL(/#\/runs\//);
});

test('A job that was begun is gone on with, but for its password, until it is let go', async ({ open }) => {
  const page = await open('/jobs/new', narrow);
  const begun = page.getByText('Das hatten Sie schon begonnen');
  const address = page.getByLabel('E-Mail-Adresse');
  await address.fill('anna@gmail.com');
  await page.keyboard.press('Enter');
  await page.getByLabel(/^Passwort von/).fill('nobody-may-see-this');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Angemeldet')).toBeVisible();
  await goOn(page);
  await page.reload();
  await expect(begun).toBeVisible();
  await expect(page.getByLabel('Server', { exact: true })).toHaveValue('imap.gmail.com');
  await expect(page.getByLabel(/^Passwort von/)).toHaveValue('');
  expect(await page.evaluate(() => JSON.stringify({ ...localStorage }))).not.toContain('nobody-may-see-this');
  await look(page);
  await page.getByRole('button', { name: 'Neu beginnen' }).click();
  await expect(address).toHaveValue('');
  await address.fill('berta@gmail.com');
  await page.reload();
  await expect(address).toHaveValue('berta@gmail.com');
  await page.getByRole('button', { name: 'Abbrechen' }).click();
  await page.reload();
  await page.getByRole('link', { name: 'Auftrag anlegen' }).click();
  await expect(address).toHaveValue('');
  await expect(begun).toHaveCount(0);
});

test('A provider that takes no passwords is signed in to in the browser, or with a code', async ({ open }) => {
  const page = await open('/jobs/new', narrow);
  await page.getByLabel('E-Mail-Adresse').fill('anna@outlook.com');
  await goOn(page);
  await expect(page.getByRole('radio', { name: 'Im Browser' })).toBeChecked();
  await expect(page.locator('footer button[type=submit]')).toBeDisabled();
  await look(page);
  await page.getByRole('button', { name: 'Seite dafür öffnen' }).press('Enter');
  await page.getByLabel('Client-ID').fill('1b6e-of-anna');
  await page.getByLabel('Client-Geheimnis').fill('nobody-may-see-this');
  await page.getByRole('button', { name: /Mit einem Code/ }).press('Enter');
  await expect(page.getByText('QUAY-1000')).toBeVisible();
  await page.getByRole('button', { name: 'Code kopieren' }).focus();
  await look(page);
  await page.screenshot({ path: test.info().outputPath('code-de-dark.png') });
  await page.getByRole('button', { name: 'Abbrechen' }).first().press('Enter');
  await expect(page.getByText('QUAY-1000')).toBeHidden();
  await page.getByLabel('Client-ID').press('Enter');
  await expect(page.getByText('Angemeldet', { exact: true })).toBeVisible();
  await look(page);
  const opened = (await shellCalls(page)).filter(({ name }) => name === 'shell.openPage').map(({ input }) => input);
  expect(opened).toEqual([
    { address: expect.stringContaining('https://entra.microsoft.com/') },
    { address: 'https://sign-in.nord.example/authorize' },
  ]);
  await goOn(page);
  await page.getByRole('radio').first().click();
  await goOn(page);
  await expect(page.locator('pre')).toContainText('--sign-in oauth --client-id 1b6e-of-anna');
  expect(await page.evaluate(() => document.body.innerText)).not.toContain('nobody-may-see-this');
});

test('The mail server of an address is looked for when its button is pressed, and says who named it', async ({ open }) => {
  const page = await open('/jobs/new', narrow);
  const server = page.getByLabel('Server', { exact: true });
  const startFor = async (address: string): Promise<void> => {
    const back = page.getByRole('main').getByRole('button', { name: 'Zurück' });
    if (await back.isVisible()) await back.click();
    await page.getByLabel('E-Mail-Adresse').fill(address);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Anmelden');
  };
  const find = (name = 'Server suchen'): Promise<void> => page.getByRole('button', { name }).press('Enter');
  const picture = async (name: string): Promise<void> => {
    await look(page);
    await page.screenshot({ path: test.info().outputPath(`${name}-de-dark.png`) });
  };

  await startFor('anna@nord.example');
  await expect(page.getByText('Der Server unten ist geraten')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Server suchen' })).toBeInViewport();
  await picture('unasked');
  await find();
  await expect(page.getByRole('radio', { name: /^imap\.nord\.example \(TLS/ })).toBeChecked();
  await expect(page.getByText('Die Nameserver der Domain (DNS) nennen ihn.')).toBeVisible();
  await picture('several');
  await page.getByRole('radio', { name: /^mx7\.hoster\.example/ }).press('Space');
  await expect(server).toHaveValue('mx7.hoster.example');
  await expect(page.getByLabel('Port')).toHaveValue('143');
  await expect(page.getByText('Dieser Server gehört nicht zur Domain Ihrer Adresse')).toBeVisible();
  await picture('foreign');

  await startFor('anna@nobody.example');
  await find();
  await expect(page.getByText('Niemand sagt, wo der Server von anna@nobody.example ist')).toBeVisible();
  await expect(server).toHaveValue('imap.nobody.example');
  await picture('nothing');
  await find('Verzeichnis fragen');
  await expect(page.getByText('Thunderbirds Verzeichnis der Anbieter nennt ihn.')).toBeVisible();
  await expect(server).toHaveValue('mx7.hoster.example');
  await expect(page.getByRole('button', { name: 'Verzeichnis fragen' })).toBeHidden();

  await startFor('anna@usual.example');
  await find();
  await expect(page.getByText(/^Niemand nennt ihn/)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Verzeichnis fragen' })).toBeVisible();
  await picture('usual');

  await startFor('anna@offline.example');
  await find();
  await expect(page.getByText('Niemand ließ sich fragen')).toBeVisible();
  await expect(page.getByText(/^Niemand sagt, wo/)).toBeHidden();
  await picture('offline');
});

test('A known provider is filled in without asking anybody, with what it wants and where that is made', async ({ open }) => {
  const page = await open('/jobs/new', { width: 1280, height: 800, live: false });
  await page.getByLabel('E-mail address').fill('anna@gmail.com');
  await goOn(page);
  await expect(page.getByText('Strata knows the server of Gmail. Nobody was asked.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Find the server' })).toBeHidden();
  await page.getByRole('button', { name: 'Make one there' }).press('Enter');
  await look(page);
  await page.screenshot({ path: test.info().outputPath('provider-en-light.png') });
  await page.getByRole('combobox', { name: 'Provider' }).click();
  await page.getByRole('option', { name: /^GMX \(imap\.gmx\.net\)/ }).click();
  await expect(page.getByLabel('Server', { exact: true })).toHaveValue('imap.gmx.net');
  await expect(page.getByText('At GMX, access for mail programs (IMAP) may have to be switched on first.')).toBeVisible();
  await page.screenshot({ path: test.info().outputPath('preset-en-light.png') });
  const opened = (await shellCalls(page)).filter(({ name }) => name === 'shell.openPage').map(({ input }) => input);
  expect(opened).toEqual([{ address: 'https://myaccount.google.com/apppasswords' }]);
});

test('A certificate that nobody vouches for is shown, and used only after it was approved', async ({ open }) => {
  const page = await open('/jobs/new', narrow);
  await page.getByLabel('E-Mail-Adresse').fill('anna@self-signed.example');
  await goOn(page);
  await page.getByLabel(/^Passwort von/).fill('secret');
  await goOn(page);
  await expect(page.getByText('3F:9A:3F:9A')).toBeVisible();
  await expect(page.getByText('Angemeldet')).toBeHidden();
  await page.waitForTimeout(300);
  await page.getByRole('button', { name: 'Diesem Zertifikat vertrauen' }).click();
  await expect(page.getByText('Angemeldet')).toBeVisible();
  await look(page);
});

test('Mail over JMAP is looked for by an address, with a password or with a token', async ({ open }) => {
  const page = await open('/jobs/new', narrow);
  await page.getByRole('radio', { name: /über JMAP/ }).click();
  await page.getByLabel('E-Mail-Adresse oder Adresse des Servers').fill('anna@nobody.example');
  await look(page);
  await page.screenshot({ path: test.info().outputPath('what-de.png') });
  await goOn(page);
  await expect(page.getByText(/oft unter „JMAP“/)).toBeVisible();
  await page.getByRole('main').getByRole('button', { name: 'Zurück' }).click();
  await page.getByLabel('E-Mail-Adresse oder Adresse des Servers').fill('anna@nord.example');
  await goOn(page);
  await expect(page.getByLabel('Adresse des Servers')).toHaveValue('https://mail.nord.example/.well-known/jmap');
  await page.getByRole('checkbox', { name: /Token für Programme/ }).press('Space');
  await page.getByLabel('Token', { exact: true }).fill('nobody-may-see-this');
  await look(page);
  await page.screenshot({ path: test.info().outputPath('token-de.png') });
  await goOn(page);
  await expect(page.getByText('Angemeldet')).toBeVisible();
  await look(page);
  await page.screenshot({ path: test.info().outputPath('signed-in-de.png') });
  await goOn(page);
  await page.getByRole('radio').first().click();
  await goOn(page);
  await expect(page.locator('pre')).toContainText(
    '--url https://mail.nord.example/.well-known/jmap --user anna@nord.example --token',
  );
  await look(page);
});

test('Calendars and contacts are looked for by an address, and nothing is hidden about where they are', async ({ open }) => {
  const page = await open('/jobs/new', narrow);
  await page.getByRole('radio', { name: /Kalender und Aufgaben/ }).click();
  await page.getByLabel('E-Mail-Adresse oder Adresse des Servers').fill('anna@nobody.example');
  await look(page);
  await goOn(page);
  await expect(page.getByText('Niemand sagt, wo der Server von anna@nobody.example ist')).toBeVisible();
  await page.getByLabel(/^Passwort von/).fill('secret');
  await expect(page.locator('footer button[type=submit]')).toBeDisabled();
  await look(page);
  await page.getByRole('main').getByRole('button', { name: 'Zurück' }).click();
  await page.getByRole('radio', { name: /^Kontakte/ }).click();
  await page.getByLabel('E-Mail-Adresse oder Adresse des Servers').fill('anna@nord.example');
  await goOn(page);
  await expect(page.getByLabel('Adresse des Servers')).toHaveValue('https://cards.hoster.example/');
  await expect(page.getByText('Dieser Server gehört nicht zur Domain Ihrer Adresse')).toBeVisible();
  await look(page);
  await page.getByRole('radio', { name: /dav\.nord\.example/ }).click();
  await expect(page.getByText('Dieser Server gehört nicht zur Domain Ihrer Adresse')).toBeHidden();
  await goOn(page);
  await expect(page.getByText('Angemeldet')).toBeVisible();
  await look(page);
});

test('What was passed by with its default can be opened and changed', async ({ open }) => {
  const page = await open('/jobs/new', narrow);
  await page.getByRole('radio', { name: /Ordner auf diesem Computer/ }).click();
  await page.getByRole('button', { name: 'Ordner hinzufügen…' }).click();
  await expect(page.getByText('/home/anna/Backup')).toBeVisible();
  await goOn(page);
  await page.getByRole('radio').first().click();
  await goOn(page);
  await page.getByRole('button', { name: /Auswählen/ }).click();
  await page.getByLabel('Zwischenspeicher', { exact: true }).uncheck();
  await look(page);
  await page.getByRole('button', { name: /Wann/ }).click();
  await page.getByLabel('Ruhezeit').fill('0');
  await expect(page.locator('footer button[type=submit]')).toBeDisabled();
  await page.getByLabel('Ruhezeit').fill('15');
  await page.locator('label', { hasText: 'Minuten' }).click();
  await look(page);
  await goOn(page);
  const command = page.locator('pre');
  await expect(command).toContainText('--mode continuous --idle 00:15:00');
  await expect(command).toContainText('--preset temporary dependencies trash --exclude-if-present');
});

test('A restore shows what it would write before it writes', async ({ open }) => {
  const page = await open('/restore', narrow);
  await page.getByRole('combobox').first().click();
  await page.getByRole('option').first().click();
  await look(page);
  await goOn(page);
  await page.getByRole('radio', { name: /Zu einer Zeit/ }).click();
  await look(page);
  await goOn(page);
  await page.getByRole('radio', { name: /Ein Baum von/ }).click();
  await expect(page.locator('footer button[type=submit]')).toBeDisabled();
  await page.getByRole('button', { name: 'Ordner wählen…' }).click();
  await look(page);
  await goOn(page);
  await look(page);
  await goOn(page);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('145 von 152 Einträgen würden geschrieben');
  await look(page);
  await page.getByRole('button', { name: '145 Einträge wiederherstellen' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('141 Einträge wurden wiederhergestellt');
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  await look(page);
  await page.getByRole('button', { name: 'Ordner öffnen' }).click();
  expect((await shellCalls(page)).map(({ name }) => name)).toContain('shell.showDirectory');
});

test('Theme and language hold at once', async ({ open }) => {
  const page = await open('/settings', { locale: 'en-GB', live: false });
  await page.locator('label', { hasText: 'Deutsch' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Einstellungen');
  await page.locator('label', { hasText: 'Dunkel' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark');
});

test('A storage is not done before its recovery sheet is confirmed', async ({ open }) => {
  const page = await open('/storages/new', narrow);
  await page.getByLabel('Ordner', { exact: true }).fill('/mnt/new');
  await page.keyboard.press('Enter');
  await expect(page.getByText('400 GB')).toBeVisible();
  await look(page);
  await goOn(page);
  await look(page);
  await page.getByLabel('Name', { exact: true }).fill('Neu');
  await goOn(page);
  await look(page);
  await goOn(page);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Bewahren Sie das Wiederherstellungsblatt auf');
  await look(page);
  await expect(page.locator('footer button[type=submit]')).toBeDisabled();
});

test('A storage may keep everything, whatever the settings say of new jobs', async ({ open }) => {
  const page = await open('/storages/new', narrow);
  await page.getByLabel('Ordner', { exact: true }).fill('/mnt/new');
  await page.keyboard.press('Enter');
  await expect(page.getByText('400 GB')).toBeVisible();
  await goOn(page);
  await page.getByLabel('Name', { exact: true }).fill('Neu');
  await page.getByRole('checkbox', { name: 'Neue Aufträge beginnen hier mit eigenen Regeln' }).press('Space');
  const keep = page.getByRole('combobox', { name: 'Behalten' });
  await keep.click();
  await page.getByRole('option', { name: 'Alles, für immer' }).click();
  await look(page);
  await goOn(page);
  await goOn(page);
  await page.getByRole('textbox', { name: 'PinInput' }).first().click();
  await page.keyboard.type('K7PQ');
  await goOn(page);
  await expect(page).toHaveURL(/#\/jobs\/new\?storage=/);
  const made = new URL(page.url()).hash;
  const goTo = (hash: string): Promise<void> => page.evaluate((to) => void (location.hash = to), hash);
  await goTo('#/jobs');
  await expect(page.getByRole('link', { name: 'Auftrag anlegen' })).toBeVisible();
  await goTo(`${made}&source=${ids.anna}`);
  await goOn(page);
  await expect(page.getByText('nach den Regeln, die der Speicher neuen Aufträgen gibt: Alles, für immer')).toBeVisible();
});
