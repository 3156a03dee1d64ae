import type { Page } from '@playwright/test';
import { removalRuns } from '../kit/renderer/sample-removal-runs.ts';
import { ids } from '../kit/renderer/sample-base.ts';
import { progressAfter } from '../kit/renderer/world.ts';
import { announce, expect, test } from './window.ts';

const nas = `/storages/${ids.nas}`;
const address = (page: { url(): string }): string => decodeURIComponent(page.url().split('#')[1] ?? '');

test('a storage tells how full it is, how it grew, when it will be full, and the same as a table', async ({ open }) => {
  const page = await open(nas);
  await expect(page.getByText(/1\.24.GB a day, by the last 90 days/)).toBeVisible();
  await expect(page.getByRole('img', { name: /How the storage grew; 1\.\d+ TB today/ })).toBeVisible();
  await page.getByRole('button', { name: 'As a table' }).click();
  await expect(page.getByRole('columnheader', { name: 'Stored' })).toBeVisible();
});

test('what the rules would take is named with its numbers before anything goes, and starts a run that can be followed', async ({
  open,
}) => {
  const page = await open(nas);
  const plan = page.locator('section', { has: page.getByRole('heading', { name: 'What would go' }) });
  await expect(plan).toContainText(/8,431 versions, 41\.2.GB\./);
  await expect(plan).toContainText('The present state of each item always stays.');
  await expect(plan).toContainText('2 holds keep more than the rules do.');
  await plan.getByRole('button', { name: 'Remove …' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('214 moments');
  await dialog.getByRole('button', { name: 'Remove' }).click();
  await expect.poll(() => address(page)).toBe(`/runs/${ids.purge}`);
});

test('a source that looks wrong asks what to do, and says that nothing of it goes until somebody answers', async ({ open }) => {
  const page = await open(nas);
  await expect(page.getByText('office@nord.example looks wrong')).toBeVisible();
  await expect(page.getByText(/nothing of it is removed, and mirrors are told nothing/)).toBeVisible();
  await page.getByRole('button', { name: 'Keep everything' }).click();
  await expect(page.getByText('office@nord.example stays as it is; nothing of it will be removed')).toBeVisible();
});

test('what waits in the trash is told with its days, and comes back', async ({ open }) => {
  const page = await open(nas);
  const trash = page.locator('section', { has: page.getByRole('heading', { name: 'Trash' }) });
  await expect(trash).toContainText('stays here for 30 days and can come back');
  await expect(trash.getByRole('listitem').first()).toContainText('until 17 Dec');
  await expect(trash.getByRole('listitem').last()).toContainText('due since 19 Nov');
  await trash.getByRole('button', { name: 'Bring back' }).first().click();
  await expect(page.getByText(/3\.63.GB are back/)).toBeVisible();
});

test('a hold is set on a source with a reason, and released, by keyboard', async ({ open }) => {
  const page = await open(nas);
  const kept = page.locator('section', { has: page.getByRole('heading', { name: 'Kept for ever' }) });
  await expect(kept).toContainText('anna@nord.example/Clients/Quay 7');
  await kept.getByRole('button', { name: 'Hold a source …' }).focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('combobox', { name: 'Source' })).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('option').first()).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('combobox', { name: 'Source' })).not.toHaveValue('');
  await dialog.getByRole('textbox', { name: /Why/ }).fill('The court asked');
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await kept.getByRole('button', { name: 'Release anna@nord.example/Clients/Quay 7' }).click();
  await expect(page.getByText('anna@nord.example/Clients/Quay 7 is under the rules again')).toBeVisible();
});

test('a job says in words how long it keeps, for a choice and for numbers of one’s own', async ({ open }) => {
  const page = await open(`/jobs/${ids.mailToNas}`);
  const keep = page.locator('section', { has: page.getByRole('heading', { name: 'How long' }) });
  await expect(keep).toContainText('What exists at the source stays, always.');
  await keep.getByRole('combobox', { name: 'Keep' }).click();
  await page.getByRole('option', { name: 'Critical data: 30 days and 52 weeks' }).click();
  await expect(keep).toContainText('the last of each of 30 days');
  await keep.getByRole('textbox', { name: 'Years' }).fill('7');
  await expect(keep).toContainText('of 7 years');
  await expect(page.getByText('how long', { exact: true })).toBeVisible();
});

test('the ways in are listed, and the password is tried without changing anything', async ({ open }) => {
  const page = await open(nas);
  const keys = page.locator('section', { has: page.getByRole('heading', { name: 'Keys' }) });
  await expect(keys).toContainText(/\d ways in/);
  await keys.getByRole('button', { name: 'Can you still unlock?' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Password of the storage').fill('wrong');
  await page.keyboard.press('Enter');
  await expect(dialog.getByText(/password/i).last()).toBeVisible();
  await expect(dialog).toBeVisible();
  await dialog.getByLabel('Password of the storage').fill('right');
  await page.keyboard.press('Enter');
  await expect(page.getByText('The password is right')).toBeVisible();
});

test('a change of a password that broke off is told, and ended with the newer one', async ({ open }) => {
  const page = await open(nas, { world: 'halfway' });
  const keys = page.locator('section', { has: page.getByRole('heading', { name: 'Keys' }) });
  await expect(keys.getByRole('listitem').first()).toContainText(/^Password\s*older, 17 Sept 2025$/);
  await expect(keys).toContainText('the old one and the new one both open the storage');
  await keys.getByRole('button', { name: 'Remove the older password' }).focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Remove the older password' });
  await expect(dialog.getByLabel('The newer password')).toBeFocused();
  await page.keyboard.type('right');
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await expect(page.getByText('Password opens the storage no more')).toBeVisible();
});

test('the recovery sheet is shown only for the password, and a new one has to exist on paper before the dialog closes', async ({
  open,
}) => {
  const page = await open(nas);
  const keys = page.locator('section', { has: page.getByRole('heading', { name: 'Keys' }) });
  await keys.getByRole('button', { name: 'Change keys' }).click();
  await page.getByRole('menuitem', { name: 'Make a new recovery sheet …' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('The old sheet opens nothing any more.');
  await dialog.getByLabel('Password of the storage').fill('right');
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('article', { name: /Recovery/ })).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Done' })).toBeDisabled();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeVisible();
});

const mirrorsOf = (page: Page) => page.locator('section', { has: page.getByRole('heading', { name: 'Copies and mirrors' }) });

test('the mirrors of a storage tell what they lack, and how many copies there are on how many disks and where', async ({
  open,
}) => {
  const page = await open(nas);
  const mirrors = mirrorsOf(page);
  await expect(mirrors).toContainText('4 copies with the originals, on 3 disks, none at another place');
  await expect(mirrors).toContainText('Another place is missing: a fire or a thief gets all copies.');
  const [drawer, cabin] = [mirrors.getByRole('listitem').nth(0), mirrors.getByRole('listitem').nth(1)];
  await expect(drawer).toContainText(/Has everything; last caught up .*12:40/);
  await expect(drawer.getByRole('button', { name: 'Catch up now' })).toBeDisabled();
  await expect(cabin).toContainText('Behind by 18 moments');
  await expect(cabin).toContainText('keeps by rules of its own');
  await cabin.getByRole('button', { name: 'Catch up now' }).click();
  await expect(page.getByText('Disk in the cabin is catching up')).toBeVisible();
});

test('a mirror is added after it was tried, and what is against it or to think of is said before, by keyboard', async ({
  open,
}) => {
  const page = await open(nas, { world: 'spare' });
  await mirrorsOf(page).getByRole('button', { name: 'Add a mirror …' }).focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('combobox', { name: 'Where to' })).toBeFocused();
  await expect(dialog.getByRole('button', { name: 'Add the mirror' })).toBeDisabled();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(dialog).toContainText('It can be the mirror');
  await expect(dialog).toContainText('It is on the same disk.');
  await dialog.getByRole('checkbox', { name: 'It is kept at another place' }).focus();
  await page.keyboard.press('Space');
  await dialog.getByRole('button', { name: 'Add the mirror' }).focus();
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await expect(page.getByText('New disk mirrors NAS from now on')).toBeVisible();
});

test('a storage that was made to be a mirror is asked about at once, and one that cannot be is refused with the reason', async ({
  open,
}) => {
  const page = await open(`${nas}?mirror=${ids.office}`);
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('It cannot be the mirror');
  await expect(dialog).toContainText('A mirror or an archive needs a storage of its own that is new.');
  await expect(dialog.getByRole('button', { name: 'Add the mirror' })).toBeDisabled();
  await dialog.getByRole('link', { name: 'Make a new storage for it …' }).click();
  await expect.poll(() => address(page)).toContain(`mirrorOf=${ids.nas}`);
});

test('a mirror keeps by rules of its own, and is given up without losing what it holds', async ({ open }) => {
  const page = await open(nas);
  const mirrors = mirrorsOf(page);
  await mirrors.getByRole('button', { name: 'More for Disk in the drawer' }).click();
  await page.getByRole('menuitem', { name: 'How long it keeps …' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('While the storage looks wrong or is away, nothing goes from here at all.');
  await dialog.getByRole('combobox', { name: 'Keep' }).click();
  await page.getByRole('option', { name: 'Critical data: 30 days and 52 weeks' }).click();
  await expect(dialog).toContainText('the last of each of 30 days');
  await dialog.getByRole('button', { name: 'Keep so' }).click();
  await expect(dialog).toBeHidden();
  await mirrors.getByRole('button', { name: 'More for Disk in the drawer' }).click();
  await page.getByRole('menuitem', { name: 'Mirror no more …' }).click();
  await expect(dialog).toContainText('What it holds stays, and it is a storage like any other.');
  await dialog.getByRole('button', { name: 'Mirror no more' }).click();
  await expect(page.getByText('Disk in the drawer mirrors NAS no more')).toBeVisible();
});

test('what was read back is told: how much, within which days, since when all of it, what was found and what comes next', async ({
  open,
}) => {
  const page = await open(nas);
  const check = page.locator('section', { has: page.getByRole('heading', { name: 'Check', exact: true }) });
  await expect(check).toContainText('No damage found');
  await expect(check).toContainText('read 25% of all packs');
  await expect(check.getByRole('img', { name: /97% was read back within the last 30 days/ })).toBeVisible();
  await expect(check).toContainText('94,210 of 96,400');
  await expect(check).toContainText('0 problems');
  await expect(check).toContainText(/Next: .*03:00/);
});

test('a storage is verified as deep as a person wants, by keyboard, and the run is shown', async ({ open }) => {
  const page = await open(nas);
  const check = page.locator('section', { has: page.getByRole('heading', { name: 'Check', exact: true }) });
  await check.getByRole('button', { name: 'Verify now' }).focus();
  await page.keyboard.press('Enter');
  const depth = page.getByRole('dialog', { name: 'Verify now' });
  await expect(depth.getByRole('radio', { name: /^Structure/ })).toBeChecked();
  await depth.getByRole('radio', { name: /^Structure/ }).focus();
  await page.keyboard.press('ArrowDown');
  await expect(depth.getByRole('radio', { name: /^A part of it/ })).toBeChecked();
  await depth.getByRole('textbox', { name: 'Share in percent' }).fill('25');
  await page.keyboard.press('Enter');
  await expect.poll(() => address(page)).toBe(`/runs/${ids.check}`);
  await expect(page.getByText('packs read whole')).toBeVisible();
});

test('how often everything is read again is a setting, and can be turned off', async ({ open }) => {
  const page = await open(nas);
  const days = page.getByRole('textbox', { name: 'Days until everything was read again' });
  await expect(days).toHaveValue('30');
  await days.fill('14');
  await days.blur();
  await expect(days).toHaveValue('14');
  await days.fill('');
  await days.blur();
  await expect(days).toHaveValue('');
});

test('damage is told with what it concerns, and a repair shows what it would do before it does it, by keyboard', async ({
  open,
}) => {
  const page = await open(nas, { world: 'damaged' });
  await expect(page.getByText('2 problems found in NAS')).toBeVisible();
  await expect(page.getByText('They concern 7 items:')).toBeVisible();
  await expect(page.getByRole('listitem').filter({ hasText: 'anna@nord.example/INBOX/Invoice 2026-0442' })).toBeVisible();
  await expect(page.getByText('and 2 more')).toBeVisible();
  await page.getByRole('button', { name: 'Repair …' }).focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Repair NAS' });
  await expect(dialog.getByRole('radio', { name: /Its mirrors Disk in the drawer and Disk in the cabin/ })).toBeChecked();
  await dialog.getByRole('radio', { name: /Its mirrors/ }).focus();
  await page.keyboard.press('ArrowDown');
  await expect(dialog.getByRole('button', { name: 'Show what would be done' })).toBeDisabled();
  await dialog.getByRole('button', { name: 'Choose …' }).press('Enter');
  await expect(dialog.getByRole('textbox', { name: 'Folder of the copy' })).toHaveValue('/home/anna/Backup');
  await dialog.getByRole('button', { name: 'Show what would be done' }).press('Enter');
  await expect(dialog.getByText('Most comes back, but not all')).toBeVisible();
  await expect(dialog.getByText('12 pieces of content come from Disk in the drawer.')).toBeVisible();
  await expect(dialog.getByText('3 pieces of content are nowhere any more.')).toBeVisible();
  const lost = dialog.getByRole('list', { name: 'Versions that lack something' });
  await expect(lost).toContainText('Version 1, from Mon 12 Oct 2026, 09:12 until Mon 9 Nov 2026, 17:03');
  await expect(lost).toContainText('Version 2, since Wed 18 Nov 2026, 08:40');
  await dialog.getByRole('button', { name: 'Repair now' }).press('Enter');
  await expect.poll(() => address(page)).toBe(`/runs/${ids.repair}`);
  await expect(page.getByText('Pieces lost')).toBeVisible();
});

test('how far the reading before a repair is can be seen, and it can be stopped', async ({ open }) => {
  const page = await open(`${nas}?repair=true`, { world: 'damaged' });
  const dialog = page.getByRole('dialog', { name: 'Repair NAS' });
  await expect(dialog).toBeVisible();
  const [plan] = removalRuns.filter(({ id }) => id === ids.repairPlan) as [(typeof removalRuns)[number]];
  await announce(page, 'run.started', { run: { ...plan, status: 'running', endedAtMs: null, repair: null } });
  await dialog.getByRole('button', { name: 'Show what would be done' }).click();
  await announce(page, 'run.progress', { id: plan.id, progress: { ...progressAfter(0), phase: 'checking' } });
  await expect(dialog.getByRole('progressbar', { name: 'Everything is read. Nothing is changed.' })).toBeVisible();
  await expect(dialog.getByText(/^62%/)).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Stop' })).toBeVisible();
  await announce(page, 'run.ended', { run: plan });
  await expect(dialog.getByRole('button', { name: 'Repair now' })).toBeVisible();
  await dialog.getByRole('button', { name: 'Back' }).click();
  await expect(dialog.getByRole('button', { name: 'Show what would be done' })).toBeVisible();
});

test('what a repair could not bring back is told until a check says otherwise, and what is well is not called damaged', async ({
  open,
}) => {
  const page = await open(nas, { world: 'repaired' });
  await expect(page.getByText('NAS was repaired today, 13:20, and something is still missing')).toBeVisible();
  await expect(page.getByText('2 problems found')).toBeHidden();
  await expect(page.getByText('3 pieces missing')).toBeVisible();
  await page.getByRole('link', { name: 'Show the report' }).click();
  await expect.poll(() => address(page)).toBe(`/runs/${ids.repair}`);
});

test('a check that found damage leads to the repair', async ({ open }) => {
  const page = await open(`/runs/${ids.damagedCheck}`, { world: 'damaged' });
  await page.getByRole('link', { name: 'Repair …' }).click();
  await expect(page.getByRole('dialog', { name: 'Repair NAS' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  expect(address(page)).toBe(nas);
});

test('files that were wrong at first only are told as a sign of bad hardware, not as damage', async ({ open }) => {
  const page = await open(nas, { world: 'flickered' });
  const card = page.locator('section', { has: page.getByRole('heading', { name: 'Check', exact: true }) });
  await expect(card).toContainText('No damage found');
  await expect(card).toContainText('2 files were wrong at first and right the second time: test memory and cable.');
  await expect(page.getByRole('button', { name: 'Repair …' })).toBeHidden();
});
