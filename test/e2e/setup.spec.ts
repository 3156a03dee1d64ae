import { look } from './look.ts';
import { expect, test } from './window.ts';

const places = [
  ['light-en-wide', { width: 1280, height: 800, scheme: 'light', locale: 'en-GB', live: false }],
  ['dark-de-narrow', { width: 1024, height: 680, scheme: 'dark', locale: 'de-DE', live: false }],
] as const;

for (const [name, place] of places) {
  test(`A file of all that is set up says what it would do, asks for secrets, and shows each new key until it is kept: ${name}`, async ({
    open,
  }) => {
    const page = await open('/settings', place);
    const isGerman = name.startsWith('dark');
    const choose = page.getByRole('button', { name: isGerman ? 'Eine Datei anwenden …' : 'Apply a file …' });
    await choose.scrollIntoViewIfNeeded();
    const chooser = page.waitForEvent('filechooser');
    await choose.press('Enter');
    await (await chooser).setFiles({ name: 'setup.yaml', mimeType: 'text/yaml', buffer: Buffer.from('strata: 1\n') });
    const dialog = page.getByRole('dialog');
    await expect(dialog).toContainText('Attic');
    await expect(dialog).toContainText('env:ANNA_PASSWORD');
    const apply = dialog.getByRole('button', { name: isGerman ? 'Anwenden' : 'Apply' });
    await expect(apply).toBeDisabled();
    await look(page, `setup-plan-${name}`);
    for (const field of await dialog.locator('input[type=password]').all()) await field.fill('correct horse battery');
    await apply.press('Enter');
    await expect(dialog).toContainText('abandon ability able');
    await page.keyboard.press('Escape');
    await expect(dialog).toContainText('abandon ability able');
    await look(page, `setup-keys-${name}`);
    const words = dialog.locator('pre');
    expect(await words.evaluate((pre) => pre.scrollWidth - pre.clientWidth), 'the whole key can be read').toBe(0);
    await expect(dialog.getByRole('button', { name: isGerman ? 'Ich habe sie' : 'I have them' })).toBeInViewport({ ratio: 1 });
    await dialog.getByRole('button', { name: isGerman ? 'Ich habe sie' : 'I have them' }).press('Enter');
    await expect(dialog).toBeHidden();
  });
}
