import fs from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { Strata } from '../kit/command-line/strata.ts';
import { pdfSaying } from '../kit/pdf.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';

interface Hit {
  readonly title: string;
  readonly extract: { readonly before: string; readonly hit: string; readonly after: string } | null;
}

const letter = (subject: string, body: string): string =>
  `From: Bob <bob@example.org>\r\nTo: anna@example.org\r\nSubject: ${subject}\r\nDate: Sun, 1 Mar 2026 10:00:00 +0100\r\n\r\n${body}\r\n`;

it('what mail and text files say is found once a person wants that, after each backup by itself, and is gone when he does not', {
  timeout: 180_000,
}, async () => {
  const root = temporaryFolder();
  const [mail, docs, profile] = ['mail', 'docs', 'profile'].map((name) => path.join(root, name)) as [string, string, string];
  for (const folder of ['cur', 'new', 'tmp']) fs.mkdirSync(path.join(mail, folder), { recursive: true });
  fs.mkdirSync(docs);
  const put = (name: string, text: string): void => fs.writeFileSync(path.join(mail, 'cur', `${name}:2,S`), text);
  put('1.a', letter('Offer', 'We would repaint the lighthouse in the spring.'));
  put('2.b', letter('Lunch', 'Soup, as always.'));
  fs.writeFileSync(path.join(docs, 'notes.md'), '# Notes\nAsk about the lighthouse keeper\n');
  fs.writeFileSync(path.join(docs, 'plan.pdf'), pdfSaying(['The lighthouse has a cellar']));
  fs.writeFileSync(path.join(docs, 'picture.bin'), 'lighthouse');
  const strata = new Strata(profile);
  await strata.ok('storage', 'create', path.join(root, 'storage'), '--name', 'S', '--recovery-key', path.join(root, 'key'));
  await strata.ok('source', 'add', 'maildir', 'Mail', '--path', mail);
  await strata.ok('source', 'add', 'files', 'Docs', '--path', docs);
  await strata.ok('job', 'create', 'J', '--source', 'Mail', '--source', 'Docs', '--storage', 'S');
  await strata.ok('job', 'run', 'J');

  const find = async (text: string): Promise<Hit[]> => (await strata.ok('find', 'S', text, '--json')).json();
  expect(await find('lighthouse')).toEqual([]);
  expect((await strata.ok('find', 'S', 'body:lighthouse')).err).toContain('--search-bodies on');
  const index = (): string[] => fs.readdirSync(path.join(profile, 'catalogs')).filter((name) => name.includes('.texts.'));
  expect(index()).toEqual([]);

  expect((await strata.ok('storage', 'settings', 'S', '--search-bodies', 'on')).out).toMatch(/search-bodies\s+on/);
  const hits = await find('lighthouse');
  expect(hits.map(({ title }) => title).sort()).toEqual(['Offer', 'notes.md', 'plan.pdf']);
  expect(hits.find(({ title }) => title === 'Offer')?.extract).toEqual({
    before: 'We would repaint the ',
    hit: 'lighthouse',
    after: ' in the spring.',
  });
  expect((await strata.ok('find', 'S', 'from:bob lighth')).out).toContain('repaint the [lighthouse] in');
  expect(await find('body:offer')).toEqual([]);

  // Nothing of it lies in the clear.
  for (const name of index()) expect(fs.readFileSync(path.join(profile, 'catalogs', name)).includes('lighthouse')).toBe(false);

  put('3.c', letter('Storm', 'The lightning hit a weathercock.'));
  await strata.ok('job', 'run', 'J');
  expect((await find('weathercock')).map(({ title }) => title)).toEqual(['Storm']);
  const { done, total } = (await strata.ok('storage', 'index-texts', 'S', '--json')).json<{ done: number; total: number }>();
  expect(done).toBe(total);

  await strata.ok('storage', 'settings', 'S', '--search-bodies', 'off');
  expect(index()).toEqual([]);
  expect(await find('weathercock')).toEqual([]);

  await strata.ok('storage', 'settings', 'S', '--search-bodies', 'on');
  expect(index()).not.toEqual([]);
  await strata.ok('job', 'remove', 'J', '--yes');
  await strata.ok('storage', 'detach', 'S');
  expect(index()).toEqual([]);
  expect((await strata.run(['storage', 'settings', 'S', '--search-bodies', 'perhaps'])).code).toBe(2);
});
