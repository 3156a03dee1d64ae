import fs from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { Strata } from '../kit/command-line/strata.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';

const picture = Buffer.from([0, 1, 2, 3, 250, 13, 10, 26]);
const inner = ['Subject: the keys', 'Content-Type: multipart/mixed; boundary=in', '', '--in', '', 'with Carla', '--in'];
const lines = [
  ...['From: bob@nord.example', 'Subject: plans', 'Content-Type: multipart/mixed; boundary=out', ''],
  ...['--out', '', 'see below', '--out', 'Content-Type: image/vnd.dwg; name="pl\u202ean.dwg"'],
  ...['Content-Disposition: attachment', 'Content-Transfer-Encoding: base64', '', picture.toString('base64')],
  ...['--out', 'Content-Type: message/rfc822', '', ...inner],
  ...[
    'Content-Type: text/plain; name=doors.txt',
    'Content-Disposition: attachment',
    '',
    'harbour side: 7',
    '--in--',
    '--out--',
    '',
  ],
];

it('an attachment is listed and taken out of its message by itself, as it was attached, also out of a message that hangs at one', async () => {
  const root = temporaryFolder();
  for (const part of ['cur', 'new', 'tmp']) fs.mkdirSync(path.join(root, 'mail', part), { recursive: true });
  fs.writeFileSync(path.join(root, 'mail/cur/1.a.b:2,S'), lines.join('\r\n'));
  const strata = new Strata(path.join(root, 'profile'));
  await strata.ok('storage', 'create', path.join(root, 'storage'), '--name', 'S', '--recovery-key', path.join(root, 'key'));
  await strata.ok('source', 'add', 'maildir', 'Mail', '--path', path.join(root, 'mail'));
  await strata.ok('job', 'create', 'J', '--source', 'Mail', '--storage', 'S');
  await strata.ok('job', 'run', 'J');
  const [{ item } = { item: '' }] = (await strata.ok('find', 'S', 'plans', '--json')).json<{ item: string }[]>();

  const list = (await strata.ok('show', 'S', item, '--attachments', '--json')).json<{ number: string; name: string }[]>();
  expect(list.map(({ number }) => number)).toEqual(['1', '2']);
  const within = (await strata.ok('show', 'S', item, '--attachment', '2', '--attachments', '--json')).json<unknown[]>();
  expect(within).toEqual([{ number: '2.1', name: 'doors.txt', type: 'text/plain', sizeBytes: 'harbour side: 7\n'.length }]);
  expect((await strata.ok('show', 'S', item, '--attachments')).out, 'nothing turns the writing around').not.toContain('\u202e');

  const raw = await strata.ok('show', 'S', item, '--attachment', '1', '--raw');
  expect(raw.bytes).toEqual(picture);
  expect((await strata.ok('show', 'S', item, '--attachment', '2')).out.trim()).toBe('with Carla');
  expect((await strata.ok('show', 'S', item, '--attachment', '2.1')).out.trim()).toBe('harbour side: 7');

  const none = await strata.run(['show', 'S', item, '--attachment', '3', '--raw']);
  expect([none.code, none.out]).toEqual([1, '']);
  expect(none.err).toContain('name.unknown');
  expect((await strata.run(['show', 'S', item, '--attachment', '0'])).err).toContain('usage.invalid');
});
