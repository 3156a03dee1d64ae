import fs from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { Strata } from '../kit/command-line/strata.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';

it('strata restore --to pocket: files and mail of two sources as they were, with one page that lists both', {
  timeout: 120_000,
}, async () => {
  const root = temporaryFolder();
  const docs = path.join(root, 'docs');
  const maildir = path.join(root, 'maildir');
  for (const name of ['cur', 'new', 'tmp']) fs.mkdirSync(path.join(maildir, name), { recursive: true });
  fs.mkdirSync(docs);
  fs.writeFileSync(path.join(docs, 'plan.txt'), 'the plan\n');
  const message =
    'Subject: The bridge\r\nFrom: Bob <bob@x.example>\r\nDate: Mon, 2 Mar 2026 10:00:00 +0000\r\n\r\nIt stands.\r\n';
  fs.writeFileSync(path.join(maildir, 'cur', '1700000000.M1P1.host:2,S'), message);
  const strata = new Strata(path.join(root, 'profile'));
  await strata.ok('storage', 'create', path.join(root, 'storage'), '--name', 'S', '--recovery-key', path.join(root, 'key'));
  await strata.ok('source', 'add', 'files', 'Docs', '--path', docs);
  await strata.ok('source', 'add', 'maildir', 'Mail', '--path', maildir);
  await strata.ok('job', 'create', 'J', '--source', 'Docs', 'Mail', '--storage', 'S');
  await strata.ok('job', 'run', 'J');

  const both = ['--source', 'Docs', 'Mail'];
  const archive = path.join(root, 'archive');
  await strata.ok('restore', 'S', ...both, '--to', `pocket:${archive}`, '--dry-run');
  // Nothing read back would look like nothing found.
  const verified = await strata.run(['restore', 'S', ...both, '--to', `pocket:${archive}`, '--verify']);
  expect(verified.err).toContain('[restore.no-reading-back]');
  expect(fs.existsSync(archive)).toBe(false);
  await strata.ok('restore', 'S', ...both, '--to', `pocket:${archive}`);
  expect(fs.readdirSync(archive).sort()).toEqual(['index.html', 'items']);
  expect(fs.readdirSync(path.join(archive, 'items')).sort()).toEqual(['Docs', 'Mail']);
  const files = fs.readdirSync(archive, { recursive: true, encoding: 'utf8' });
  const bytesOf = (ending: string): string =>
    fs.readFileSync(path.join(archive, files.find((one) => one.endsWith(ending)) ?? ''), 'utf8');
  expect(bytesOf('plan.txt')).toBe('the plan\n');
  expect(bytesOf('.eml')).toBe(message);
  const page = bytesOf('index.html');
  for (const text of ['plan.txt', 'the plan', 'The bridge', 'It stands.', 'bob@x.example']) expect(page).toContain(text);

  // The same by its other name, of one folder, and as files alone.
  const other = path.join(root, 'other');
  await strata.ok('export', 'S', '--folder', 'Mail/INBOX', '--to', other);
  expect(fs.readdirSync(other).sort()).toEqual(['index.html', 'items']);
  await strata.ok('export', 'S', '--source', 'Docs', '--as', 'files', '--to', path.join(root, 'plain'));
  expect(
    fs.readdirSync(path.join(root, 'plain'), { recursive: true, encoding: 'utf8' }).some((one) => one.endsWith('plan.txt')),
  ).toBe(true);
  expect((await strata.run(['export', 'S', '--as', 'pdf', '--to', other])).code).toBe(2);

  // Once more changes nothing, and the page is made again where it was lost.
  fs.rmSync(path.join(archive, 'index.html'));
  await strata.ok('restore', 'S', ...both, '--to', `pocket:${archive}`);
  expect(bytesOf('index.html')).toBe(page);
  fs.writeFileSync(path.join(archive, 'index.html'), 'my own');
  expect((await strata.run(['restore', 'S', ...both, '--to', `pocket:${archive}`])).err).toContain('index.html');
  expect(bytesOf('index.html')).toBe('my own');
});
