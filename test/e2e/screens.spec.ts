import { inbox, moments, rowOf } from '../kit/renderer/sample-mail.ts';
import { ids } from '../kit/renderer/sample-base.ts';
import { look } from './look.ts';
import { expect, shellCalls, test } from './window.ts';

const item = rowOf(inbox, 3).item;
const inboxRoute = `/browse?storage=${ids.nas}&folder=${inbox.item}`;
const address = (page: { url(): string }): string => decodeURIComponent(page.url().split('#')[1] ?? '');

test('Home says first what needs a person, and leads there', async ({ open }) => {
  const page = await open('/');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('3 things need you.');
  await page.getByRole('link', { name: 'See why' }).click();
  expect(address(page)).toBe(`/runs/${ids.failed}`);
  await expect(page.getByRole('alert')).toContainText('/media/anna/Backup disk/strata does not exist');
});

for (const [width, height, scheme, locale] of [
  [1280, 800, 'light', 'en'],
  [1024, 680, 'dark', 'de'],
] as const) {
  test(`a certificate that runs out is said on Home and on its source’s page: ${locale}, ${scheme}`, async ({ open }) => {
    const page = await open('/', { width, height, scheme, locale, live: false });
    const main = page.getByRole('main');
    await expect(main).toContainText('imap.nord.example');
    await look(page, `home-ends-${locale}`);
    await page.getByRole('link', { name: locale === 'en' ? 'Show source' : 'Quelle zeigen' }).press('Enter');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('office@nord.example');
    await expect(main).toContainText(locale === 'en' ? 'that you approved ends in 11 days' : 'gilt noch 11 Tage');
    await look(page, `source-ends-${locale}`);
  });
}

for (const [width, height, scheme, locale] of [
  [1280, 800, 'light', 'en'],
  [1024, 680, 'dark', 'de'],
] as const) {
  test(`a job that saves to several storages names each and how far it is saved there: ${locale}, ${scheme}`, async ({
    open,
  }) => {
    const page = await open(`/jobs/${ids.mailToNas}`, { width, height, scheme, locale, live: false });
    await expect(page.getByRole('main')).toContainText(
      locale === 'en' ? /Office server\s*saved until/ : /Office server\s*gesichert bis/,
    );
    await look(page, `job-several-${locale}`);
  });
}

test('a run that goes on is told by percent, items and speed, and can be stopped', async ({ open }) => {
  const page = await open('/');
  await expect(page.getByText(/of 13,390 items/)).toBeVisible();
  await expect(page.getByText(/MB\/s/).first()).toBeVisible({ timeout: 10_000 });
  await expect(page.getByText(/min left/).first()).toBeVisible();
  await page.getByRole('button', { name: 'Stop after this item' }).click();
  await expect(page.getByText('Stopping …')).toBeVisible();
});

test('a day of the year leads to its runs, by keyboard', async ({ open }) => {
  const page = await open('/');
  const year = page.getByRole('grid', { name: /each day of the last year/ });
  await year.getByRole('gridcell').and(page.locator('[tabindex="0"]')).focus();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Runs');
  await expect(page.getByRole('button', { name: 'Only yesterday' })).toBeVisible();
});

test('Browse goes from item to item by keyboard, and hands what was chosen to the restore wizard', async ({ open }) => {
  const page = await open(inboxRoute);
  const grid = page.getByRole('grid');
  await expect(grid).toHaveAttribute('aria-rowcount', '2185');
  await grid.focus();
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('x');
  await expect(page.getByText('2 selected')).toBeVisible();
  await expect(page.getByRole('heading', { level: 2, name: 'Permit HA-2231: conditions and deadlines' })).toBeVisible();
  await page.keyboard.press('r');
  await expect.poll(() => address(page)).toContain('/restore');
});

test('the end of a list of thousands is one key away', async ({ open }) => {
  const page = await open(inboxRoute);
  await page.getByRole('grid').focus();
  await page.keyboard.press('j');
  await page.keyboard.press('End');
  await expect(page.locator('[role=row][aria-rowindex="2185"]')).toBeVisible();
  await expect(page.locator('[role=row][aria-rowindex="2185"] [role=gridcell]').nth(2)).not.toBeEmpty();
  expect(await page.locator('[role=row]').count()).toBeLessThan(80);
});

test('a step back in time keeps folder, item and selection; a point brings now', async ({ open }) => {
  const page = await open(inboxRoute);
  const grid = page.getByRole('grid');
  await grid.focus();
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  const before = address(page);
  await page.keyboard.press('[');
  await expect.poll(() => address(page)).toContain('at=');
  await expect(page.getByRole('button', { name: /As of \w+ \d+ Nov 2026/ })).toBeVisible();
  expect(address(page)).toContain(inbox.item);
  await expect(page.getByText('1 selected')).toBeVisible();
  await page.keyboard.press('.');
  await expect.poll(() => address(page)).toBe(before);
});

test('the slider walks through moments and tells each in words', async ({ open }) => {
  const page = await open(inboxRoute);
  const slider = page.getByRole('slider', { name: 'Moment' });
  await expect(slider).toHaveAttribute('aria-valuetext', 'now');
  await slider.focus();
  await page.keyboard.press('ArrowLeft');
  await expect(slider).toHaveAttribute('aria-valuetext', /2026, \d\d:\d\d$/);
  await page.keyboard.press('Home');
  await expect(slider).toHaveAttribute('aria-valuenow', '0');
  await page.keyboard.press('End');
  await expect(slider).toHaveAttribute('aria-valuetext', 'now');
});

test('a date before the first copy says so and leads to it', async ({ open }) => {
  const page = await open(`${inboxRoute}&at=${(moments.at(-1)?.atMs ?? 0) - 86_400_000 * 30}`);
  await expect(page.getByText(/The first copy is from/)).toBeVisible();
  await page.getByRole('button', { name: 'Go there' }).click();
  await expect(page.getByText(/The first copy is from/)).toBeHidden();
});

test('a hostile mail runs nothing, loads nothing and names no frame of ours', async ({ open }) => {
  const page = await open(`${inboxRoute}&item=${item}`);
  const requests: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  const frame = page.locator('iframe[title="The message"]');
  await expect(frame).toBeVisible();
  await expect(frame).toHaveAttribute('sandbox', '');
  await expect(page.frameLocator('iframe[title="The message"]').getByText('offer for the harbour office')).toBeVisible();
  await expect(page.getByText(/1 picture from the network is not loaded/)).toBeVisible();
  expect(await page.title()).not.toBe('owned');
  expect(requests.filter((url) => url.includes('tracker'))).toEqual([]);
  const handed = (await shellCalls(page))
    .filter(({ name }) => name === 'shell.previewDocument')
    .map(({ input }) => JSON.stringify(input));
  expect(handed.join()).not.toMatch(/<script|tracker\.example|onerror/i);
});

test('an item’s life is told version by version, and two versions field by field', async ({ open }) => {
  const page = await open(`${inboxRoute}&item=${item}&tab=versions`);
  const life = page.getByRole('list', { name: 'Versions, newest first' });
  await expect(life.getByRole('button')).toHaveCount(6);
  await expect(life).toContainText('Moved to Clients/Northshore');
  await life.getByRole('button', { name: /First seen in INBOX/ }).click();
  await expect.poll(() => address(page)).toContain('version=1');
  await expect(page.getByRole('region', { name: 'What differs' })).toContainText('Clients/Northshore');
  await page.getByRole('button', { name: /Restore v1/ }).click();
  await expect.poll(() => address(page)).toContain('/restore');
});

test('a copy of an item is saved under its subject', async ({ open }) => {
  const page = await open(`${inboxRoute}&item=${item}`);
  await page.getByRole('button', { name: 'Save a copy …' }).click();
  await expect(page.getByText('A copy was saved')).toBeVisible();
  const saved = (await shellCalls(page)).find(({ name }) => name === 'shell.saveBytes');
  expect(saved?.input).toMatchObject({ fileName: 'Offer harbour office.eml' });
});

test('an attachment is read and saved by itself, also at a message that hangs at a message, all by keyboard', async ({
  open,
}) => {
  const page = await open(`${inboxRoute}&item=${item}&tab=attachments`);
  const shown = page.getByRole('button', { name: 'Show A message' });
  await shown.press('Enter');
  await expect(page.getByText('Forwarded: the keys are with Carla.')).toBeVisible();
  const back = page.getByRole('button', { name: 'Attachments: back to the list' });
  await expect(back).toBeFocused();
  await expect(page.getByText('A program: who opens it runs it')).toBeVisible();
  await expect(page.getByText('The name hides its real ending')).toBeVisible();
  await page.getByRole('button', { name: 'Show keys.txt' }).press('Enter');
  await expect(page.getByText('Front door, harbour side: 7')).toBeVisible();
  await page.getByRole('button', { name: 'Save keys.txt …' }).press('Enter');
  await expect(page.getByText('A copy was saved')).toBeVisible();
  const saved = (await shellCalls(page)).find(({ name }) => name === 'shell.saveBytes');
  expect(saved?.input).toMatchObject({ fileName: 'keys.txt' });
  await back.press('Enter');
  await expect(page.getByRole('button', { name: 'Show keys.txt' })).toBeFocused();
  await back.press('Enter');
  await expect(shown).toBeFocused();
  await page.getByRole('button', { name: 'Show plan.dwg' }).press('Enter');
  await expect(page.getByText(/There is no preview for this kind of file/)).toBeVisible();
});

test('the palette finds screens, commands and items, and opens them', async ({ open }) => {
  const page = await open('/');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.keyboard.press('Control+k');
  const field = page.getByRole('combobox', { name: 'Search and commands' });
  await expect(field).toBeFocused();
  await field.fill('harbour off');
  await expect(page.getByRole('option', { name: /Bob Halloran: Offer harbour office/ }).first()).toBeVisible();
  await page.keyboard.press('Enter');
  await expect.poll(() => address(page)).toContain(`/browse`);
  await expect(page.getByRole('heading', { level: 2, name: 'Offer harbour office' })).toBeVisible();
  await page.keyboard.press('Control+k');
  await field.fill('settings');
  await page.keyboard.press('Enter');
  await expect.poll(() => address(page)).toBe('/settings');
});

test('the six screens have a key each, and the way back has one', async ({ open }) => {
  const page = await open('/');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  for (const [key, name] of [
    ['3', 'Jobs'],
    ['4', 'Runs'],
    ['5', 'Storages'],
    ['6', 'Sources'],
  ] as const) {
    await page.keyboard.press(`Control+${key}`);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(name);
  }
  await page.keyboard.press('Alt+ArrowLeft');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Storages');
  await page.keyboard.press('Alt+ArrowRight');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Sources');
});

test('an engine that dies is told, and everything comes back with the next one', async ({ open }) => {
  const page = await open('/jobs');
  await expect(page.getByRole('link', { name: /Mail to NAS/ }).first()).toBeVisible();
  await page.evaluate(() => (window as unknown as { strataTest: { loseEngine(): void } }).strataTest.loseEngine());
  await expect(page.getByText(/stopped and is being started again/)).toBeVisible();
  await page.evaluate(() => (window as unknown as { strataTest: { restartEngine(): void } }).strataTest.restartEngine());
  await expect(page.getByText(/stopped and is being started again/)).toBeHidden();
  await expect(page.getByText(/of 13,390 items|Running now/).first()).toBeVisible();
});

test('an engine that cannot start says why, and can be asked to try again', async ({ open }) => {
  const page = await open('/jobs');
  await page.evaluate(() => (window as unknown as { strataTest: { failEngine(): void } }).strataTest.failEngine());
  await expect(page.getByRole('alert')).toContainText('The backup engine does not run.');
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('alert')).toBeHidden();
});

test('nothing is removed before its name was typed', async ({ open }) => {
  const page = await open(`/jobs/${ids.mailToNas}`);
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Remove job …' }).click();
  const remove = page.getByRole('button', { name: 'Remove job', exact: true });
  await expect(remove).toBeDisabled();
  await page.getByLabel(/Type “Mail” to confirm/).fill('mail');
  await expect(remove).toBeDisabled();
  await page.getByLabel(/Type “Mail” to confirm/).fill('Mail');
  await remove.click();
  await expect.poll(() => address(page)).toBe('/jobs');
});

test('a storage that a job uses is not detached, and says why', async ({ open }) => {
  const page = await open(`/storages/${ids.nas}`);
  await page.getByRole('button', { name: 'Detach …' }).click();
  await page.getByLabel(/Type “NAS” to confirm/).fill('NAS');
  await page.getByRole('button', { name: 'Detach', exact: true }).click();
  await expect(page.getByRole('region', { name: 'Messages' })).toContainText('is used by the job “Mail”');
});

test('what was changed on a job is named before it is saved', async ({ open }) => {
  const page = await open(`/jobs/${ids.mailToNas}`);
  await page.getByText('By hand').click();
  await page.getByLabel('Name').fill('Post');
  const bar = page.getByRole('region', { name: '2 unsaved changes' });
  await expect(bar).toContainText('name and schedule');
  await bar.getByRole('button', { name: 'Discard' }).click();
  await expect(bar).toBeHidden();
});

test('a locked storage tells a wrong password from a right one', async ({ open }) => {
  const page = await open(`/storages/${ids.office}`);
  await page.getByLabel('Password', { exact: true }).last().fill('wrong');
  await page.keyboard.press('Enter');
  await expect(page.getByText('This is not the password of the storage.')).toBeVisible();
  await page.getByLabel('Password', { exact: true }).last().fill('right');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Office server is unlocked')).toBeVisible();
});

test('problems are told by cause and open to their items', async ({ open }) => {
  const page = await open(`/runs/${ids.running}`);
  await expect(page.getByText('2 causes, 4')).toBeVisible();
  await page.getByRole('button', { name: 'Details', exact: true }).first().click();
  await expect(page.getByRole('cell', { name: 'Plans, second round' })).toBeVisible();
});

test('speaks German throughout, with its numbers and dates', async ({ open }) => {
  for (const route of [
    '/',
    inboxRoute,
    '/jobs',
    '/runs',
    `/runs/${ids.running}`,
    `/storages/${ids.nas}`,
    `/sources/${ids.anna}`,
  ]) {
    const page = await open(route, { locale: 'de-DE', live: false });
    await expect(page.getByRole('link', { name: 'Übersicht' })).toBeVisible();
    await expect(page.locator('h1').first()).toBeVisible();
    const text = await page.locator('body').innerText();
    expect(text).not.toMatch(/\{\{|\b(parts|frame|home|browse|runs|jobs|storages|sources)\.[a-z]/);
    expect(text).not.toMatch(/\b(Storages|Settings|Back up|Last saved|by you)\b/);
  }
});

test('loses no content at the smallest size, nor with text of twice the size', async ({ open }) => {
  for (const route of [
    '/',
    inboxRoute,
    '/jobs',
    '/runs',
    `/runs/${ids.running}`,
    `/storages/${ids.nas}`,
    `/sources/${ids.anna}`,
  ]) {
    const page = await open(route, { width: 1024, height: 680, live: false });
    await expect(page.locator('h1').first()).toBeVisible();
    const wide = () =>
      page.evaluate(() =>
        [...document.querySelectorAll('main, main > *, main > * > *')]
          // What is only spoken has no room of its own.
          .filter((node) => !node.classList.contains('st-hidden'))
          .filter((node) => node.scrollWidth > node.clientWidth + 1 && getComputedStyle(node).overflowX === 'hidden')
          .map((node) => node.className),
      );
    expect([route, await wide()]).toEqual([route, []]);
    await page.evaluate(() => document.documentElement.style.setProperty('font-size', '200%'));
    await expect(page.locator('h1').first()).toBeVisible();
  }
});

test('under 1180 px the preview comes over the list when it is asked for, and goes with Escape', async ({ open }) => {
  const page = await open(inboxRoute, { width: 1024, height: 680 });
  await page.getByRole('grid').focus();
  await page.keyboard.press('j');
  await expect(page.getByRole('dialog')).toBeHidden();
  await page.keyboard.press(' ');
  await expect(page.getByRole('dialog', { name: 'The chosen item' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
});

test('the first start stands alone', async ({ open }) => {
  const page = await open('/', { world: 'empty' });
  await expect.poll(() => address(page)).toBe('/start');
  await expect(page.getByRole('navigation', { name: 'Main' })).toBeHidden();
});

test('a job says loudly that nothing is backed up by itself, as soon as both of its switches are off', async ({ open }) => {
  const page = await open(`/jobs/${ids.mailToNas}`);
  await expect(page.getByText(/Watching since .*Last change/)).toBeVisible();
  await expect(page.getByText(/caught up/)).toBeVisible();
  const alarm = page.getByRole('alert').filter({ hasText: 'Nothing of this job is backed up by itself.' });
  await page.getByRole('radiogroup', { name: 'Scan' }).getByRole('radio', { name: 'On' }).focus();
  for (const key of ['ArrowRight', 'ArrowRight']) await page.keyboard.press(key);
  await expect(page.getByText('What capture does not see is then saved only when you run the job.')).toBeVisible();
  await expect(alarm).toBeHidden();
  await page.getByRole('radiogroup', { name: 'Capture' }).getByRole('radio', { name: 'On' }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(alarm).toBeVisible();
  await expect(page.getByRole('button', { name: /Save/ })).toBeEnabled();
});
