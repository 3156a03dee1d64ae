import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { NodeFileSystem } from '../../src/engine/kernel/node-file-system.ts';
import { pocketDestination } from '../../src/engine/sources/disk/destination-pocket.ts';
import { madeItem } from '../../src/engine/sources/testing/capture.ts';
import { testRun } from '../../src/engine/sources/testing/test-run.ts';
import { hostileMails } from '../kit/renderer/hostile-mail.ts';
import { ids } from '../kit/renderer/sample-base.ts';
import { inbox } from '../kit/renderer/sample-mail.ts';
import { openBrowser } from '../kit/renderer/window.ts';
import { HttpSink } from '../kit/sinks/http-sink.ts';
import { look } from './look.ts';
import { expect, test } from './window.ts';

const ending = '</script><script>owned = 1</script><img src=x onerror="owned = 1">';

/** Each hostile mail twice: as HTML, and with the same in its subject and its text. */
async function archiveOf(root: string, url: string): Promise<void> {
  const items = hostileMails.flatMap(({ danger, html, kept }, index) => {
    const aimed = html.replaceAll(/(https?:)?\/\/tracker\.example/g, url);
    const body = (type: string): Buffer =>
      Buffer.from(`Subject: x\r\nContent-Type: ${type}; charset=utf-8\r\n\r\n${aimed} ${kept}\r\n`);
    const made = { kind: 'message', folderPath: ['Drafts'], name: `1:${index}` } as const;
    const summary = { from: `Mallory <m${index}@x.example>`, timeMs: Date.UTC(2026, 0, 1 + index) };
    return [
      madeItem({ ...made, n: index, summary: { ...summary, title: danger }, bytes: body('text/html') }),
      madeItem({ ...made, n: 500 + index, summary: { ...summary, title: `${ending}${aimed}` }, bytes: body('text/plain') }),
    ];
  });
  const letter = madeItem({
    n: 900,
    name: 'Über die Brücke.txt',
    folderPath: ['"><img src=x onerror=owned=1>', 'Letters'],
    bytes: Buffer.from('Dear reader, the façade is finished.'),
  });
  const page = madeItem({ n: 901, name: 'evil.html', bytes: Buffer.from('<script>owned = 1</script>') });
  const run = testRun();
  const session = await pocketDestination({ files: new NodeFileSystem(), path: root }).open(run);
  for (const item of [...items, letter, page]) await session.write(item, 'create', run);
  await session.finish(run);
  await session.close();
}

test('A pocket archive opens from a disk, finds and shows what it holds, and lets none of it run or reach the network', async () => {
  test.setTimeout(120_000);
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'strata-pocket-'));
  const sink = await HttpSink.start();
  const app = await openBrowser();
  try {
    await archiveOf(root, sink.url);
    const page = await app.firstWindow();
    // What is to be seen is that nothing comes: so first that something would.
    await page.setContent(`<img src="${sink.url}/control.png">`);
    await expect.poll(() => sink.heard.length).toBe(1);
    sink.heard.length = 0;

    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.setViewportSize({ width: 1280, height: 800 });
    const address = pathToFileURL(path.join(root, 'index.html')).href;
    await page.goto(address);
    const rows = page.getByRole('listitem').getByRole('button');
    const article = page.getByRole('article');
    await expect(page.getByRole('status')).toContainText(`${hostileMails.length * 2 + 2} of ${hostileMails.length * 2 + 2}`);
    await look(page, 'pocket-light-en-wide');
    for (let at = 0; at < hostileMails.length * 2; at += 1) {
      await rows.nth(at).press('Enter');
      await expect(article.locator('pre')).not.toBeEmpty();
    }
    for (const { danger, kept } of hostileMails) {
      await page.getByRole('searchbox').fill(danger);
      await rows
        .filter({ has: page.getByText(danger, { exact: true }) })
        .first()
        .press('Enter');
      await expect(article.getByRole('heading')).toHaveText(danger);
      await expect(article.locator('pre')).toContainText(kept);
    }

    await page.getByRole('searchbox').fill('facade FINISHED');
    await expect(rows).toHaveText([/Über die Brücke/]);
    await rows.press('Enter');
    await expect(article.getByRole('heading')).toHaveText('Über die Brücke.txt');
    await look(page, 'pocket-light-en-wide-item');
    const link = await article.getByRole('link').evaluate((element) => (element as HTMLAnchorElement).href);
    expect(fs.readFileSync(new URL(link), 'utf8')).toBe('Dear reader, the façade is finished.');
    await page.getByRole('searchbox').fill('evil.html');
    await expect(rows).toHaveText([/evil/]);
    await rows.press('Enter');
    await expect(article.getByText('The file is items/evil.html')).toBeVisible();
    await expect(article.getByRole('link')).toHaveCount(0);
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.setViewportSize({ width: 600, height: 680 });
    await look(page, 'pocket-dark-en-narrow');

    expect(await page.evaluate(() => 'owned' in window)).toBe(false);
    expect(asked.filter((url) => url !== address)).toEqual([]);
    expect(sink.heard).toEqual([]);
    expect(await page.evaluate(() => document.scripts.length)).toBe(2);
  } finally {
    await app.close();
    await sink.stop();
    fs.rmSync(root, { recursive: true });
  }
});

for (const [name, world] of [
  ['light-en-wide', { width: 1280, height: 800, live: false }],
  ['dark-de-narrow', { width: 1024, height: 680, scheme: 'dark', locale: 'de-DE', live: false }],
] as const) {
  test(`What is chosen in Browse becomes a pocket archive, by keyboard: ${name}`, async ({ open }) => {
    const page = await open(`/browse?storage=${ids.nas}&folder=${inbox.item}`, world);
    const isGerman = name.startsWith('dark');
    await expect(page.getByRole('button', { name: isGerman ? 'Taschenarchiv…' : 'Pocket archive…' })).toBeEnabled();
    await look(page, `pocket-browse-${name}`);
    await page.getByRole('button', { name: isGerman ? 'Taschenarchiv…' : 'Pocket archive…' }).press('Enter');
    const goOn = () => page.locator('footer button[type=submit]').press('Enter');
    await goOn();
    await goOn();
    await expect(page.getByRole('radio', { name: isGerman ? /^Ein Taschenarchiv/ : /^A pocket archive/ })).toBeChecked();
    await page.getByLabel(isGerman ? 'Ordner' : 'Folder', { exact: true }).fill('/home/anna/archive');
    await look(page, `pocket-where-${name}`);
    await goOn();
    await goOn();
    await expect(page.getByText('pocket:/home/anna/archive').first()).toBeAttached();
  });
}
