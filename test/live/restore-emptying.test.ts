import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { newest, savedBy, type SourceWords } from '../kit/command-line/saved-source.ts';
import type { Strata } from '../kit/command-line/strata.ts';
import { TestAccount } from '../kit/dav/account.ts';
import { event } from '../kit/dav/objects.ts';
import type { TestMailbox } from '../kit/dovecot/mailbox.ts';
import { withDovecot } from '../kit/dovecot/use-dovecot.ts';
import { withRadicale } from '../kit/radicale/use-radicale.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';
import { plainMessage } from '../kit/test-messages.ts';

interface Restored {
  readonly run: string;
  readonly created: number;
  readonly emptied: Readonly<Record<string, number | string>>;
}
const restore = async (strata: Strata, ...words: string[]): Promise<Restored> =>
  (await strata.run(['restore', 'S', '--to', 'original', '--conflict', 'empty-first', '--json', ...words])).json();
const problemsOf = async (strata: Strata, run: string): Promise<string[]> =>
  (await strata.ok('run', 'show', run, '--json'))
    .json<{ problems: { code: string }[] }>()
    .problems.map(({ code }) => code)
    .sort();
const undo = async (strata: Strata, run: string): Promise<{ readonly undo: Readonly<Record<string, number>> }> =>
  (await strata.run(['restore', 'undo', run, '--yes', '--json'])).json();

withDovecot('a restore that empties the folder first', (dovecot) => {
  const server = (user: string): SourceWords => [
    ...(['imap', '--host', '127.0.0.1', '--port', String(dovecot().imapPort), '--tls', 'none'] as const),
    ...['--user', user],
  ];
  const messages = async (mailbox: TestMailbox, folder: string): Promise<string[]> =>
    (await mailbox.messages(folder))
      .map(({ bytes, date, flags }) => `${date} ${flags.join(' ')} ${Buffer.from(bytes).toString()}`)
      .sort();

  it('leaves exactly what was there at the moment, and an undo what was there before', { timeout: 180_000 }, async () => {
    const user = dovecot().newUser();
    const mailbox = await dovecot().mailbox(user);
    for (let n = 1; n <= 4; n++) await mailbox.append('INBOX', plainMessage(n), ['\\Seen'], new Date(2020, n, 1));
    await mailbox.create('Work');
    await mailbox.append('Work', plainMessage(9));
    const wanted = [await messages(mailbox, 'INBOX'), await messages(mailbox, 'Work')];
    const strata = await savedBy(dovecot().password, ...server(user));
    const first = await newest(strata, 'backup');
    await mailbox.expunge('INBOX', '2:3');
    await mailbox.flag('INBOX', '4', ['\\Flagged', 'later']);
    for (const n of [5, 6]) await mailbox.append('INBOX', plainMessage(n), ['todo'], new Date(2021, n, 1));
    await mailbox.append('Work', plainMessage(10));
    await strata.ok('job', 'run', 'J');
    const before = [await messages(mailbox, 'INBOX'), await messages(mailbox, 'Work')];

    const onlyInbox = ['--run', first, '--folder', 'Source/INBOX'];
    expect((await restore(strata, ...onlyInbox, '--dry-run')).emptied).toMatchObject({
      name: 'INBOX',
      removed: 3,
      same: 1,
      stayed: 0,
    });
    const refused = await strata.run(['restore', 'S', '--to', 'original', '--conflict', 'empty-first', ...onlyInbox]);
    expect(refused.err).toMatch(/restore\.empty-unconfirmed/);
    expect(await messages(mailbox, 'INBOX')).toEqual(before[0]);
    await restore(strata, ...onlyInbox, '--confirm', 'INBOX');
    expect([await messages(mailbox, 'INBOX'), await messages(mailbox, 'Work')]).toEqual([wanted[0], before[1]]);
    await undo(strata, await newest(strata, 'restore'));
    expect(await messages(mailbox, 'INBOX')).toEqual(before[0]);

    await strata.ok('job', 'run', 'J');
    const { run, emptied } = await restore(strata, '--run', first, '--confirm', 'Source');
    expect(emptied).toMatchObject({ name: 'Source', removed: 4, stayed: 0 });
    expect([await messages(mailbox, 'INBOX'), await messages(mailbox, 'Work')]).toEqual(wanted);
    expect((await undo(strata, run)).undo).toMatchObject({ putBack: 4, stayed: 0 });
    expect([await messages(mailbox, 'INBOX'), await messages(mailbox, 'Work')]).toEqual(before);
    await mailbox.close();
  });

  it('never removes what came or was marked since the backup', { timeout: 180_000 }, async () => {
    const user = dovecot().newUser();
    const mailbox = await dovecot().mailbox(user);
    await mailbox.append('INBOX', plainMessage(1));
    const strata = await savedBy(dovecot().password, ...server(user));
    const first = await newest(strata, 'backup');
    for (const n of [2, 3]) await mailbox.append('INBOX', plainMessage(n));
    await strata.ok('job', 'run', 'J');
    await mailbox.append('INBOX', plainMessage(4, 'not saved\r\n'));
    await mailbox.flag('INBOX', '2', ['\\Answered']);
    const { run, emptied } = await restore(strata, '--run', first, '--confirm', 'Source');
    expect(emptied).toMatchObject({ removed: 1, same: 1, stayed: 2 });
    expect(await problemsOf(strata, run)).toEqual(['restore.stays-changed', 'restore.stays-not-saved']);
    expect((await messages(mailbox, 'INBOX')).join()).toMatch(/not saved/);
    expect((await mailbox.messages('INBOX')).map(({ uid }) => uid)).toEqual([1, 2, 4]);
    await mailbox.close();
  });

  it('ends equal where it was killed at any time and is begun again', { timeout: 300_000 }, async () => {
    const user = dovecot().newUser();
    const mailbox = await dovecot().mailbox(user);
    for (let n = 0; n < 150; n++) await mailbox.append('INBOX', plainMessage(n), ['\\Seen']);
    const wanted = await messages(mailbox, 'INBOX');
    const strata = await savedBy(dovecot().password, ...server(user));
    const first = await newest(strata, 'backup');
    await mailbox.expunge('INBOX', '1:140');
    for (let n = 200; n < 350; n++) await mailbox.append('INBOX', plainMessage(n));
    // So many that vanish are an alarm, and saved all the same.
    await strata.run(['job', 'run', 'J']);
    await mailbox.append('INBOX', plainMessage(999, 'mine\r\n'));
    const mine = (await messages(mailbox, 'INBOX')).filter((text) => text.includes('mine'));
    const again = ['restore', 'S', '--to', 'original', '--conflict', 'empty-first', '--run', first, '--confirm', 'Source'];
    const killedWhen = async (isSoFar: (now: number) => boolean): Promise<number> => {
      const going = strata.start(again);
      const answered = going.answer.then(() => true);
      while (!isSoFar((await mailbox.messages('INBOX')).length) && !(await Promise.race([answered, wait(1, false)])));
      going.kill('SIGKILL');
      return (await going.answer).code === null ? 1 : 0;
    };
    let killed = await killedWhen((now) => now < 150);
    expect(await messages(mailbox, 'INBOX')).toEqual(expect.arrayContaining(mine));
    killed += await killedWhen((now) => now < 60);
    killed += await killedWhen((now) => now > 40 && now < 150);
    expect(killed).toBeGreaterThanOrEqual(2);
    await strata.run(again);
    expect(await messages(mailbox, 'INBOX')).toEqual([...wanted, ...mine].sort());
    await mailbox.close();
  });
});

withRadicale('a restore that empties a calendar first', (radicale) => {
  it('leaves exactly what was there at the moment, but for what is not saved', { timeout: 180_000 }, async () => {
    const user = radicale().newUser();
    const account = new TestAccount(radicale(), 'caldav', user, `/${user}/`);
    await account.make('work', 'Work');
    await account.make('trips', 'Trips');
    for (let n = 1; n <= 4; n++) await account.put('work', `${n}.ics`, event(n));
    await account.put('trips', '9.ics', event(9));
    const wanted = await account.everything();
    const strata = await savedBy(radicale().password, 'caldav', '--url', radicale().url, '--user', user);
    const first = await newest(strata, 'backup');
    await account.put('work', '1.ics', event(1, 'another title'));
    await account.remove('work', '2.ics');
    await account.put('work', '5.ics', event(5));
    await account.put('trips', '8.ics', event(8));
    await strata.ok('job', 'run', 'J');
    const before = await account.everything();
    const { run, emptied } = await restore(strata, '--run', first, '--confirm', 'Source');
    expect(emptied).toMatchObject({ removed: 3, same: 3, stayed: 0 });
    expect([...(await account.everything()).keys()].sort()).toEqual([...wanted.keys()].sort());
    expect(Buffer.from((await account.everything()).get('work/1.ics') ?? '').toString()).not.toContain('another title');
    expect((await undo(strata, run)).undo).toMatchObject({ putBack: 3, stayed: 0 });
    expect(await account.everything()).toEqual(before);

    await account.put('work', '5.ics', event(5, 'not saved'));
    await account.put('work', '6.ics', event(6));
    const some = await restore(strata, '--run', first, '--folder', 'Source/Work', '--confirm', 'Work');
    expect(some.emptied['stayed']).toBeGreaterThanOrEqual(2);
    const after = await account.everything();
    expect(Buffer.from(after.get('work/5.ics') ?? '').toString()).toContain('not saved');
    expect([...after.keys()]).toEqual(expect.arrayContaining(['work/6.ics', 'trips/8.ics', 'work/2.ics']));
  });
});

it('a Maildir is emptied first as well, be it one folder that something else goes to', { timeout: 180_000 }, async () => {
  const root = path.join(temporaryFolder(), 'mail');
  const deliver = (folder: string, name: string): void => {
    for (const part of ['cur', 'new', 'tmp']) fs.mkdirSync(path.join(root, folder, part), { recursive: true });
    fs.writeFileSync(path.join(root, folder, 'cur', `${name}:2,S`), `Subject: ${name}\r\n\r\n${name}\r\n`);
  };
  const there = (folder: string): string[] => fs.readdirSync(path.join(root, folder, 'cur')).sort();
  for (const name of ['1.a', '2.a']) deliver('', name);
  for (const name of ['8.a', '9.a']) deliver('.Archive', name);
  const strata = await savedBy('', 'maildir', '--path', root);
  const first = await newest(strata, 'backup');
  fs.rmSync(path.join(root, 'cur', '1.a:2,S'));
  deliver('', '3.a');
  await strata.ok('job', 'run', 'J');
  deliver('', '4.a');
  deliver('.Archive', '7.a');
  const { run, emptied } = await restore(strata, '--run', first, '--confirm', 'Source');
  expect(emptied).toMatchObject({ removed: 1, same: 3, stayed: 2 });
  expect([there(''), there('.Archive')]).toEqual([
    ['1.a:2,S', '2.a:2,S', '4.a:2,S'],
    ['7.a:2,S', '8.a:2,S', '9.a:2,S'],
  ]);
  expect((await undo(strata, run)).undo).toMatchObject({ removed: 1, putBack: 1, stayed: 0 });
  expect(there('')).toEqual(['2.a:2,S', '3.a:2,S', '4.a:2,S']);
  const elsewhere = ['--to', 'source:Source/Archive', '--folder', 'Source/INBOX', '--run', first];
  expect((await restore(strata, ...elsewhere, '--confirm', 'Archive')).emptied).toMatchObject({
    name: 'Archive',
    removed: 2,
    stayed: 1,
  });
  expect(there('.Archive')).toEqual(['1.a:2,S', '2.a:2,S', '7.a:2,S']);
  expect(there('')).toEqual(['2.a:2,S', '3.a:2,S', '4.a:2,S']);
});
